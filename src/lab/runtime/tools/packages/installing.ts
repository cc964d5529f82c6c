import { resolveHost } from '../../network/resolver.ts';
import { SystemError } from '../../system/errors.ts';
import { executable } from '../../system/executable.ts';
import type { Process } from '../../system/process.ts';
import { delay } from '../../system/wait.ts';
import type { PackageContent } from './lists.ts';

export const simulated = '(practice lab: packages are simulated, nothing is downloaded)\n';
const installedFile = '/var/lib/practice-lab-packages';
/** Package managers wait half a minute and more for a silent server; a learner need not. */
const givesUpAfterMs = 3_000;

export type PackageList = Readonly<Record<string, PackageContent>>;

/** The packages of a list that were installed in this container, or whose programs came with its image. */
export function installed(process: Process, list: PackageList): readonly string[] {
  const { files } = process.kernel;
  const shipped = Object.entries(list).filter(([, { programs }]) => {
    const paths = Object.keys(programs);
    return paths.length > 0 && paths.every((path) => files.find(path) !== undefined);
  });
  const added =
    files.find(installedFile) === undefined
      ? []
      : Buffer.from(files.readFile(installedFile)).toString().split('\n').filter(Boolean);
  return [...new Set([...added, ...shipped.map(([name]) => name)])];
}

/** Puts the programs of packages into the container: they stay until it restarts. @throws SystemError */
export function install(
  process: Process,
  packages: readonly (readonly [string, PackageContent])[],
  list: PackageList,
): void {
  const { files } = process.kernel;
  const names = [...installed(process, list), ...packages.map(([name]) => name)];
  for (const [, { programs }] of packages) {
    for (const [path, program] of Object.entries(programs)) {
      files.makeDirectory(path.slice(0, path.lastIndexOf('/')), true);
      if (files.find(path, false)) files.remove(path);
      files.writeFile(path, executable(program));
      files.changeMode(path, 0o755);
    }
  }
  files.makeDirectory('/var/lib', true);
  files.writeFile(installedFile, [...new Set(names)].map((name) => `${name}\n`).join(''));
}

/** Whether the container's root takes no writing. */
export function isReadOnly(process: Process): boolean {
  const lock = '/var/lib/practice-lab-lock';
  try {
    process.kernel.files.writeFile(lock, '');
    process.kernel.files.remove(lock);
    return false;
  } catch (error) {
    if (error instanceof SystemError && error.code === 'EROFS') return true;
    throw error;
  }
}

/** The packages that a list has, and the names it does not know. A version (`curl=7.88`) is not looked at. */
export function find(
  list: PackageList,
  names: readonly string[],
): { readonly known: readonly (readonly [string, PackageContent])[]; readonly unknown: readonly string[] } {
  const known: [string, PackageContent][] = [];
  const unknown: string[] = [];
  for (const name of names) {
    const plain = name.split('=', 1)[0] ?? name;
    const found = Object.hasOwn(list, plain) ? list[plain] : undefined;
    if (found) known.push([plain, found]);
    else unknown.push(name);
  }
  return { known, unknown };
}

/** What the user answers; the end of the input is a no. */
export async function confirmed(process: Process, question: string): Promise<boolean> {
  await process.print(question);
  let line = '';
  while (!line.includes('\n')) {
    const bytes = process.descriptors.has(0)
      ? await process.file(0).read(256, process.signal)
      : new Uint8Array(0);
    if (bytes.length === 0) {
      if (line === '') return false;
      break;
    }
    line += Buffer.from(bytes).toString();
  }
  return /^\s*(y|yes)?\s*$/i.test(line);
}

export type WayOut = 'there' | 'unresolved' | 'timeout';

/**
 * Whether a package server in the internet would be reached: the container's DNS must answer, and policies let its
 * packets out. The lab has no internet; behind its edge the servers are simulated.
 */
export async function wayTo(process: Process, host: string, port: number): Promise<WayOut> {
  const resolved = await resolveHost(process, host, 4);
  if (resolved.kind !== 'found' && resolved.note === undefined) return 'unresolved';
  const { network } = process.kernel;
  if (network.uplink.letsOut(network, port)) return 'there';
  await delay(givesUpAfterMs, process.signal);
  return 'timeout';
}
