import type { Process } from '../../system/process.ts';
import { confirmed, find, install, installed, isReadOnly, simulated, wayTo } from './installing.ts';
import { packageLists } from './lists.ts';

const list = packageLists.debian;
const listsFile = '/var/lib/apt/lists/practice-lab';
const frontendLock = '/var/lib/dpkg/lock-frontend';

interface Archive {
  readonly host: string;
  readonly path: string;
  readonly suite: string;
}

/** Where apt would fetch from. */
function archiveOf(process: Process): Archive {
  const release = Buffer.from(process.kernel.files.readFile('/etc/os-release')).toString();
  return /^ID=ubuntu$/m.test(release)
    ? { host: 'archive.ubuntu.com', path: 'ubuntu', suite: 'noble' }
    : { host: 'deb.debian.org', path: 'debian', suite: 'bookworm' };
}

/** `apt` and `apt-get`. */
export async function apt(process: Process): Promise<number> {
  const args = process.argv.slice(1);
  const isApt = process.argv[0]?.endsWith('apt') === true;
  const yes = args.some((word) => /^-y$|^-yq+$|^-qq?y$|^--yes$|^--assume-yes$/.test(word));
  const quiet = args.some((word) => /^-[yq]*qq/.test(word));
  const [command, ...names] = args.filter((word) => !word.startsWith('-'));
  if (isApt && process.file(1).kind !== 'terminal')
    await process.printError(
      '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n',
    );
  switch (command ?? '') {
    case 'update':
      return update(process, quiet);
    case 'install':
      return aptInstall(process, names, yes, quiet);
    case 'remove':
    case 'purge':
    case 'autoremove':
    case 'clean':
    case 'upgrade':
    case 'full-upgrade':
    case 'dist-upgrade':
    case 'autoclean':
      if (process.who.uid !== 0) return notRoot(process);
      await process.print(
        'Reading package lists... Done\nBuilding dependency tree... Done\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n',
      );
      return 0;
    case 'list':
    case 'search':
    case 'show':
      await process.print(
        Object.entries(list)
          .map(([name, { version }]) => `${name}/stable ${version} amd64\n`)
          .join(''),
      );
      return 0;
    default:
      await process.print(
        'apt 2.6.1 (amd64)\nUsage: apt [options] command\n\nMost used commands: update, install, remove, list\n',
      );
      return command === undefined ? 0 : 100;
  }
}

async function notRoot(process: Process): Promise<number> {
  await process.printError(
    `E: Could not open lock file ${frontendLock} - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (${frontendLock}), are you root?\n`,
  );
  return 100;
}

async function update(process: Process, quiet: boolean): Promise<number> {
  const problem =
    process.who.uid !== 0
      ? '13: Permission denied'
      : isReadOnly(process)
        ? '30: Read-only file system'
        : undefined;
  if (problem !== undefined) {
    await process.print('Reading package lists... Done\n');
    // Images are made without package lists, so their folder is what apt misses first.
    await process.printError(
      `E: List directory /var/lib/apt/lists/partial is missing. - Acquire (${problem})\n`,
    );
    return 100;
  }
  const { host, path, suite } = archiveOf(process);
  const source = `http://${host}/${path} ${suite}`;
  const way = await wayTo(process, host, 80);
  if (way !== 'there') {
    const why =
      way === 'unresolved'
        ? `Temporary failure resolving '${host}'`
        : `Could not connect to ${host}:80, connection timed out`;
    if (!quiet) await process.print(`Err:1 ${source} InRelease\n  ${why}\nReading package lists... Done\n`);
    // apt ends with success all the same: it goes on with the lists it has.
    await process.printError(
      `W: Failed to fetch http://${host}/${path}/dists/${suite}/InRelease  ${why}\nW: Some index files failed to download. They have been ignored, or old ones used instead.\n`,
    );
    return 0;
  }
  process.files.makeDirectory('/var/lib/apt/lists', true);
  process.files.writeFile(listsFile, 'practice lab\n');
  if (!quiet)
    await process.print(
      `Get:1 ${source} InRelease [151 kB]\nGet:2 ${source}/main amd64 Packages [8793 kB]\nFetched 8944 kB in 1s (8944 kB/s)\nReading package lists... Done\nBuilding dependency tree... Done\nAll packages are up to date.\n${simulated}`,
    );
  return 0;
}

async function aptInstall(
  process: Process,
  names: readonly string[],
  yes: boolean,
  quiet: boolean,
): Promise<number> {
  if (process.who.uid !== 0) return notRoot(process);
  if (!quiet)
    await process.print(
      'Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n',
    );
  const already = installed(process, list);
  const isKnown = process.kernel.files.find(listsFile) !== undefined;
  const { known, unknown } = find(list, names);
  const missing = isKnown
    ? unknown
    : names.filter((name) => !already.includes(name.split('=', 1)[0] ?? name));
  if (missing.length > 0) {
    if (isReadOnly(process))
      await process.printError(`W: Not using locking for read only lock file ${frontendLock}\n`);
    for (const name of missing) await process.printError(`E: Unable to locate package ${name}\n`);
    if (isKnown)
      await process.printError(
        `practice lab: there are only the packages ${Object.keys(list).join(', ')}.\n`,
      );
    return 100;
  }
  const added = known.filter(([name]) => !already.includes(name));
  for (const [name, { version }] of known) {
    if (already.includes(name) && !quiet)
      await process.print(`${name} is already the newest version (${version}).\n`);
  }
  const more = [...new Set(added.flatMap(([, { dependencies }]) => dependencies))].filter(
    (name) => !already.includes(name),
  );
  const all = [...more, ...added.map(([name]) => name)].sort();
  if (!quiet) {
    if (more.length > 0)
      await process.print(`The following additional packages will be installed:\n  ${more.join(' ')}\n`);
    if (added.length > 0)
      await process.print(`The following NEW packages will be installed:\n  ${all.join(' ')}\n`);
    await process.print(`0 upgraded, ${all.length} newly installed, 0 to remove and 0 not upgraded.\n`);
  }
  if (added.length === 0) return 0;
  if (!quiet)
    await process.print(
      `Need to get ${all.length * 312} kB of archives.\nAfter this operation, ${all.length * 1024} kB of additional disk space will be used.\n`,
    );
  // apt asks only when more than what was named would be installed.
  if (!yes && more.length > 0 && !(await confirmed(process, 'Do you want to continue? [Y/n] '))) {
    await process.print('Abort.\n');
    return 1;
  }
  install(process, added, list);
  if (!quiet) {
    const { host, path, suite } = archiveOf(process);
    for (const [index, name] of all.entries())
      await process.print(`Get:${index + 1} http://${host}/${path} ${suite}/main amd64 ${name} [312 kB]\n`);
    for (const name of all) await process.print(`Setting up ${name} ...\n`);
    await process.print(simulated);
  }
  return 0;
}

export async function aptCache(process: Process): Promise<number> {
  const [, ...names] = process.argv.slice(1);
  for (const [name, { version }] of find(list, names).known)
    await process.print(`${name}:\n  Candidate: ${version}\n`);
  return 0;
}

export async function dpkg(process: Process): Promise<number> {
  const [option, ...names] = process.argv.slice(1);
  if (option !== '-l' && option !== '--list' && option !== '-s') {
    await process.printError('dpkg: error: the practice lab only lists packages: dpkg -l\n');
    return 2;
  }
  const shown = installed(process, list).filter((name) => names.length === 0 || names.includes(name));
  await process.print(
    shown
      .map(
        (name) =>
          `ii  ${name.padEnd(20)} ${Object.hasOwn(list, name) ? (list[name]?.version ?? '') : ''} amd64\n`,
      )
      .join(''),
  );
  return shown.length === 0 && names.length > 0 ? 1 : 0;
}
