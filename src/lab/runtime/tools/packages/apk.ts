import type { Process } from '../../system/process.ts';
import { find, install, installed, isReadOnly, simulated, wayTo } from './installing.ts';
import { packageLists } from './lists.ts';

const list = packageLists.alpine;
const host = 'dl-cdn.alpinelinux.org';
const index = `https://${host}/alpine/v3.22/main`;

/** Alpine's package manager. */
export async function apk(process: Process): Promise<number> {
  const [command, ...names] = process.argv.slice(1).filter((word) => !word.startsWith('-'));
  if (command === 'info') {
    await process.print(
      installed(process, list)
        .map((name) => `${name}\n`)
        .join(''),
    );
    return 0;
  }
  const problem =
    process.who.uid !== 0 ? 'Permission denied' : isReadOnly(process) ? 'Read-only file system' : undefined;
  if (problem !== undefined && command !== undefined) {
    await process.printError(
      `ERROR: Unable to lock database: ${problem}\nERROR: Failed to open apk database: ${problem}\n`,
    );
    return 99;
  }
  switch (command ?? '') {
    case 'update':
      return update(process);
    case 'add':
      return add(process, names);
    case 'del':
    case 'upgrade':
      await process.print('OK: 8 MiB in 15 packages\n');
      return 0;
    default:
      await process.printError('apk-tools 2.14.9 (practice lab)\n\nusage: apk add|update|info PACKAGE...\n');
      return 1;
  }
}

/** Fetches the index; says why where it cannot. */
async function fetchIndex(process: Process): Promise<boolean> {
  await process.print(`fetch ${index}/x86_64/APKINDEX.tar.gz\n`);
  const way = await wayTo(process, host, 443);
  if (way === 'there') return true;
  const why = way === 'unresolved' ? 'DNS: transient error (try again later)' : 'operation timed out';
  await process.printError(`WARNING: fetching ${index}: ${why}\n`);
  return false;
}

async function update(process: Process): Promise<number> {
  if (!(await fetchIndex(process))) {
    await process.print('1 unavailable, 0 stale; 15 distinct packages available\n');
    return 1;
  }
  await process.print(`OK: 25395 distinct packages available\n${simulated}`);
  return 0;
}

async function add(process: Process, names: readonly string[]): Promise<number> {
  const isThere = await fetchIndex(process);
  const already = installed(process, list);
  const { known, unknown } = find(list, names);
  const missing = isThere ? unknown : names.filter((name) => !already.includes(name));
  if (missing.length > 0) {
    const words = missing.map((name) => `  ${name} (no such package):\n    required by: world[${name}]\n`);
    await process.printError(`ERROR: unable to select packages:\n${words.join('')}`);
    if (isThere)
      await process.printError(
        `practice lab: there are only the packages ${Object.keys(list).join(', ')}.\n`,
      );
    return missing.length;
  }
  const added = known.filter(([name]) => !already.includes(name));
  for (const [at, [name, { version }]] of added.entries())
    await process.print(`(${at + 1}/${added.length}) Installing ${name} (${version})\n`);
  if (added.length > 0) install(process, added, list);
  await process.print(`OK: 12 MiB in ${15 + already.length + added.length} packages\n${simulated}`);
  return 0;
}
