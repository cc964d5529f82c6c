// Debian packages for what is missing on the machine.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { exists } from './cache.ts';
import { mustRun, run } from './process.ts';

export type Say = (line: string) => void;

/** The first of `commands` on PATH, as a full path. */
export async function findCommand(...commands: string[]): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const command of commands) {
      const file = path.join(folder, command);
      if (folder !== '' && (await exists(file))) return file;
    }
  }
  return undefined;
}

async function isDebian(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release) && (await findCommand('apt-get')) !== undefined;
}

/** The words before an apt-get command that needs root, or why there are none. */
async function asRoot(): Promise<string[] | string> {
  if (process.getuid?.() === 0) return [];
  if ((await findCommand('sudo')) === undefined) return 'this user is not root and there is no sudo';
  const allowed = await run('sudo', ['-n', 'true']);
  return allowed.code === 0 ? ['sudo', '-n'] : 'this user is not root and sudo asks for a password';
}

/**
 * Installs the packages whose command is missing.
 * @param wanted command → package
 * @throws with the line to type when they cannot be installed from here
 */
export async function ensureCommands(wanted: Record<string, string[]>, say: Say): Promise<void> {
  const missing: string[] = [];
  const packages = new Set<string>();
  for (const [command, names] of Object.entries(wanted)) {
    if ((await findCommand(command)) !== undefined) continue;
    missing.push(command);
    for (const name of names) packages.add(name);
  }
  if (missing.length === 0) return;
  const list = [...packages].join(' ');
  const byHand = `Please install it yourself${(await isDebian()) ? `: apt-get install ${list}` : ` (on Debian: ${list})`}`;
  if (!(await isDebian())) throw new Error(`Missing: ${missing.join(', ')}. ${byHand}`);
  const prefix = await asRoot();
  if (typeof prefix === 'string') throw new Error(`Missing: ${missing.join(', ')}, and ${prefix}. ${byHand}`);

  const apt = async (...args: string[]): Promise<void> => {
    const words = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    await mustRun(words[0] ?? 'apt-get', words.slice(1), { timeoutMs: 10 * 60_000 });
  };
  say(`installing Debian packages: ${list}`);
  // The lock wait lets another apt-get on the machine finish first.
  await apt('update', '-q', '-o', 'DPkg::Lock::Timeout=300');
  await apt('install', '-q', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages);
}

/** What node-gyp compiles the editor's native modules with. */
export function ensureCompiler(say: Say): Promise<void> {
  return ensureCommands({ python3: ['python3'], make: ['make'], 'g++': ['g++'] }, say);
}

/** A Chromium to show the workbench in: $CHROMIUM, one on PATH, or Debian's package. */
export async function ensureChromium(say: Say): Promise<string> {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') return named;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found = await findCommand(...names);
  if (found !== undefined) return found;
  await ensureCommands({ chromium: ['chromium', 'fonts-dejavu-core'] }, say);
  const installed = await findCommand(...names);
  if (installed === undefined) throw new Error('Chromium was installed, but there is no chromium on PATH.');
  return installed;
}
