import { executable } from '../system/executable.ts';
import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';
import { packageLists, type PackageContent } from './packages.ts';

/** Package managers. Installing makes tools appear in this container until it restarts, as in a real one. */
export const packageTools: Readonly<Record<string, Program>> = {
  apt,
  'apt-get': apt,
  'apt-cache': aptCache,
  apk,
  yum,
  dnf: yum,
  dpkg,
  rpm,
};

const simulated = '(practice lab: packages are simulated, nothing is downloaded)\n';
const listsFile = '/var/lib/apt/lists/practice-lab';
const installedFile = '/var/lib/practice-lab-packages';

function installed(process: Process): string[] {
  const node = process.kernel.files.find(installedFile);
  return node === undefined
    ? []
    : Buffer.from(process.kernel.files.readFile(installedFile))
        .toString()
        .split('\n')
        .filter((name) => name !== '');
}

/** Where apt would fetch from. */
function source(process: Process): string {
  const release = Buffer.from(process.kernel.files.readFile('/etc/os-release')).toString();
  return /^ID=ubuntu$/m.test(release)
    ? 'http://archive.ubuntu.com/ubuntu noble'
    : 'http://deb.debian.org/debian bookworm';
}

/** Puts the programs of packages into the container. */
function install(process: Process, packages: readonly (readonly [string, PackageContent])[]): void {
  const { files } = process.kernel;
  for (const [, { programs }] of packages) {
    for (const [path, program] of Object.entries(programs)) {
      files.makeDirectory(path.slice(0, path.lastIndexOf('/')), true);
      if (files.find(path, false)) files.remove(path);
      files.writeFile(path, executable(program));
      files.changeMode(path, 0o755);
    }
  }
  files.makeDirectory('/var/lib', true);
  files.writeFile(
    installedFile,
    [...new Set([...installed(process), ...packages.map(([name]) => name)])]
      .map((name) => `${name}\n`)
      .join(''),
  );
}

function find(
  list: Readonly<Record<string, PackageContent>>,
  names: readonly string[],
): { known: [string, PackageContent][]; unknown: string[] } {
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
async function confirmed(process: Process, question: string): Promise<boolean> {
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

async function apt(process: Process): Promise<number> {
  const args = process.argv.slice(1);
  const isApt = process.argv[0]?.endsWith('apt') === true;
  const yes = args.some((word) => /^-y$|^-yq+$|^-qq?y$|^--yes$|^--assume-yes$/.test(word));
  const quiet = args.some((word) => /^-[yq]*qq/.test(word));
  const [command, ...names] = args.filter((word) => !word.startsWith('-'));
  if (isApt && process.file(1).kind !== 'terminal')
    await process.printError(
      '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n',
    );
  if (process.who.uid !== 0) {
    const lock = command === 'update' ? '/var/lib/apt/lists/lock' : '/var/lib/dpkg/lock-frontend';
    await process.printError(
      `E: Could not open lock file ${lock} - open (13: Permission denied)\nE: Unable to lock directory ${lock.replace(/\/lock.*/, '/')}\n`,
    );
    return 100;
  }
  switch (command ?? '') {
    case 'update': {
      process.files.makeDirectory('/var/lib/apt/lists', true);
      process.files.writeFile(listsFile, 'practice lab\n');
      if (!quiet)
        await process.print(
          `Get:1 ${source(process)} InRelease [151 kB]\nGet:2 ${source(process)}/main amd64 Packages [8793 kB]\nFetched 8944 kB in 1s (8944 kB/s)\nReading package lists... Done\nBuilding dependency tree... Done\nAll packages are up to date.\n${simulated}`,
        );
      return 0;
    }
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
      await process.print(
        'Reading package lists... Done\nBuilding dependency tree... Done\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n',
      );
      return 0;
    case 'list':
    case 'search':
    case 'show':
      await process.print(
        Object.entries(packageLists.debian)
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

async function aptInstall(
  process: Process,
  names: readonly string[],
  yes: boolean,
  quiet: boolean,
): Promise<number> {
  if (!quiet)
    await process.print(
      'Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n',
    );
  const updated = process.kernel.files.find(listsFile) !== undefined;
  const { known, unknown } = find(packageLists.debian, names);
  const missing = updated ? unknown : names;
  if (missing.length > 0) {
    for (const name of missing) await process.printError(`E: Unable to locate package ${name}\n`);
    if (updated)
      await process.printError(
        `practice lab: there are only the packages ${Object.keys(packageLists.debian).join(', ')}.\n`,
      );
    return 100;
  }
  const already = installed(process);
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
  install(process, added);
  if (!quiet) {
    for (const [index, name] of all.entries())
      await process.print(`Get:${index + 1} ${source(process)}/main amd64 ${name} [312 kB]\n`);
    for (const name of all) await process.print(`Setting up ${name} ...\n`);
    await process.print(simulated);
  }
  return 0;
}

async function aptCache(process: Process): Promise<number> {
  const [, ...names] = process.argv.slice(1);
  for (const [name, { version }] of find(packageLists.debian, names).known)
    await process.print(`${name}:\n  Candidate: ${version}\n`);
  return 0;
}

async function dpkg(process: Process): Promise<number> {
  const [option, ...names] = process.argv.slice(1);
  if (option !== '-l' && option !== '--list' && option !== '-s') {
    await process.printError('dpkg: error: the practice lab only lists packages: dpkg -l\n');
    return 2;
  }
  const shown = installed(process).filter((name) => names.length === 0 || names.includes(name));
  await process.print(
    shown
      .map((name) => `ii  ${name.padEnd(20)} ${packageLists.debian[name]?.version ?? ''} amd64\n`)
      .join(''),
  );
  return shown.length === 0 && names.length > 0 ? 1 : 0;
}

async function apk(process: Process): Promise<number> {
  const [command, ...names] = process.argv.slice(1).filter((word) => !word.startsWith('-'));
  if (process.who.uid !== 0 && command !== 'info') {
    await process.printError(
      'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n',
    );
    return 99;
  }
  switch (command ?? '') {
    case 'update':
      await process.print(
        `fetch https://dl-cdn.alpinelinux.org/alpine/v3.22/main/x86_64/APKINDEX.tar.gz\nOK: 25395 distinct packages available\n${simulated}`,
      );
      return 0;
    case 'add': {
      const { known, unknown } = find(packageLists.alpine, names);
      if (unknown.length > 0) {
        await process.printError(
          `ERROR: unable to select packages:\n${unknown.map((name) => `  ${name} (no such package):\n    required by: world[${name}]\n`).join('')}practice lab: there are only the packages ${Object.keys(packageLists.alpine).join(', ')}.\n`,
        );
        return unknown.length;
      }
      await process.print('fetch https://dl-cdn.alpinelinux.org/alpine/v3.22/main/x86_64/APKINDEX.tar.gz\n');
      for (const [index, [name, { version }]] of known.entries())
        await process.print(`(${index + 1}/${known.length}) Installing ${name} (${version})\n`);
      install(process, known);
      await process.print(`OK: 12 MiB in ${15 + installed(process).length} packages\n${simulated}`);
      return 0;
    }
    case 'info':
      await process.print(
        installed(process)
          .map((name) => `${name}\n`)
          .join(''),
      );
      return 0;
    case 'del':
    case 'upgrade':
      await process.print('OK: 8 MiB in 15 packages\n');
      return 0;
    default:
      await process.printError('apk-tools 2.14.9 (practice lab)\n\nusage: apk add|update|info PACKAGE...\n');
      return 1;
  }
}

async function yum(process: Process): Promise<number> {
  const args = process.argv.slice(1);
  const [command, ...names] = args.filter((word) => !word.startsWith('-'));
  const yes = args.some((word) => /^-[a-z]*y|^--assumeyes$/.test(word));
  if (process.who.uid !== 0) {
    await process.printError(
      'Error: This command has to be run with superuser privileges (under the root user on most systems).\n',
    );
    return 1;
  }
  if (command !== 'install' && command !== 'localinstall') {
    await process.print(
      `Last metadata expiration check: 0:00:01 ago.\nDependencies resolved.\nNothing to do.\nComplete!\n`,
    );
    return 0;
  }
  const { known, unknown } = find(packageLists.redhat, names);
  await process.print('Last metadata expiration check: 0:00:01 ago.\n');
  if (unknown.length > 0) {
    for (const name of unknown) await process.print(`No match for argument: ${name}\n`);
    await process.printError(
      `Error: Unable to find a match: ${unknown.join(' ')}\npractice lab: there are only the packages ${Object.keys(packageLists.redhat).join(', ')}.\n`,
    );
    return 1;
  }
  const added = known.filter(([name]) => !installed(process).includes(name));
  if (added.length === 0) {
    await process.print('Dependencies resolved.\nNothing to do.\nComplete!\n');
    return 0;
  }
  await process.print(
    `Dependencies resolved.\nInstalling:\n${added.map(([name, { version }]) => ` ${name.padEnd(20)} x86_64  ${version}\n`).join('')}\nTransaction Summary\nInstall  ${added.length} Package${added.length > 1 ? 's' : ''}\n\n`,
  );
  if (!yes && !(await confirmed(process, 'Is this ok [y/N]: '))) {
    await process.print('Operation aborted.\n');
    return 1;
  }
  install(process, added);
  await process.print(
    `Installed:\n${added.map(([name, { version }]) => `  ${name}-${version}.x86_64\n`).join('')}\nComplete!\n${simulated}`,
  );
  return 0;
}

async function rpm(process: Process): Promise<number> {
  await process.print(
    installed(process)
      .map((name) => `${name}-${packageLists.redhat[name]?.version ?? ''}.x86_64\n`)
      .join(''),
  );
  return 0;
}
