import type { FileSystem } from '../fs/fileSystem.ts';
import { absolute } from '../fs/fileSystem.ts';
import { SystemError } from '../system/errors.ts';

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'application/javascript',
  json: 'application/json',
  txt: 'text/plain',
  xml: 'text/xml',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
};

export type Found =
  | {
      readonly kind: 'file';
      readonly bytes: Uint8Array;
      readonly modified: Date;
      readonly type: string;
      readonly ino: number;
    }
  | { readonly kind: 'redirect' | 'missing' | 'forbidden' };

/** Looks a request's path up below a document root, with the index file for a directory. */
export function findDocument(
  files: FileSystem,
  root: string,
  url: string,
  index: readonly string[],
  byDefault: string,
): Found {
  let path: string;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/');
  } catch {
    return { kind: 'missing' };
  }
  // `absolute` removes `..`, so nothing outside of the root is reached.
  const full = absolute(root, `.${absolute('/', path)}`);
  try {
    const node = files.stat(full);
    if (node.type === 'file') {
      const extension = /\.(\w+)$/.exec(full)?.[1] ?? '';
      return {
        kind: 'file',
        bytes: files.readFile(full),
        modified: node.mtime,
        type: types[extension] ?? byDefault,
        ino: node.ino,
      };
    }
    if (node.type !== 'directory') return { kind: 'forbidden' };
    if (!path.endsWith('/')) return { kind: 'redirect' };
    const first = index.find((name) => files.find(absolute(full, name))?.type === 'file');
    return first === undefined
      ? { kind: 'forbidden' }
      : findDocument(files, root, `${path}${first}`, index, byDefault);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return { kind: error.code === 'EACCES' ? 'forbidden' : 'missing' };
  }
}
