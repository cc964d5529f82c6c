import { errorText, type SystemError } from '../system/errors.ts';

/** What the shells of the images differ in: texts, and what bash alone can do. */
export interface Flavour {
  readonly name: 'bash' | 'dash' | 'busybox';
  /** How a message begins. */
  prefix(shell: string, line: number, interactive: boolean): string;
  notFound(command: string): string;
  cannotOpen(path: string, error: SystemError, writing: boolean): string;
  /** `/dev/tcp`, arrays, `[[`. */
  readonly bashisms: boolean;
  readonly cd: (path: string, error: SystemError) => string;
  cannotRun(path: string, error: SystemError, directory: boolean): string;
}

/** bash 5.2. */
export const bash: Flavour = {
  name: 'bash',
  prefix: (shell, line, interactive) => (interactive ? `${shell}: ` : `${shell}: line ${line}: `),
  notFound: (command) => `${command}: command not found`,
  cannotOpen: (path, error) => `${path}: ${error.text}`,
  bashisms: true,
  cd: (path, error) => `cd: ${path}: ${error.text}`,
  cannotRun: (path, error, directory) => `${path}: ${directory ? errorText('EISDIR') : error.text}`,
};

/** dash 0.5.12, Debian's sh. */
export const dash: Flavour = {
  name: 'dash',
  prefix: (shell, line) => `${shell}: ${line}: `,
  notFound: (command) => `${command}: not found`,
  cannotOpen: (path, error, writing) =>
    writing
      ? `cannot create ${path}: ${error.code === 'ENOENT' ? 'Directory nonexistent' : error.text}`
      : `cannot open ${path}: ${error.code === 'ENOENT' ? 'No such file' : error.text}`,
  bashisms: false,
  cd: (path) => `cd: can't cd to ${path}`,
  cannotRun: (path, error) => `${path}: ${error.code === 'ENOENT' ? 'not found' : error.text}`,
};

/** busybox' ash, Alpine's sh. */
export const busybox: Flavour = {
  name: 'busybox',
  prefix: (shell, line, interactive) =>
    interactive || line <= 1 ? `${shell}: ` : `${shell}: line ${line}: `,
  notFound: (command) => `${command}: not found`,
  cannotOpen: (path, error, writing) =>
    writing
      ? `can't create ${path}: ${error.code === 'ENOENT' ? 'nonexistent directory' : error.text}`
      : `can't open ${path}: ${error.code === 'ENOENT' ? 'no such file' : error.text}`,
  bashisms: false,
  cd: (path, error) => `cd: can't cd to ${path}: ${error.text}`,
  cannotRun: (path, error) => `${path}: ${error.code === 'ENOENT' ? 'not found' : error.text}`,
};
