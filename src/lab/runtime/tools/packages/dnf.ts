import type { Process } from '../../system/process.ts';
import { confirmed, find, install, installed, isReadOnly, simulated, wayTo } from './installing.ts';
import { packageLists } from './lists.ts';

const list = packageLists.redhat;

/** Where each distribution's dnf asks for mirrors, and the end of its packages' versions. */
const distributions: Readonly<Record<string, { readonly host: string; readonly repository: string }>> = {
  centos: { host: 'mirrorlist.centos.org', repository: 'baseos' },
  fedora: { host: 'mirrors.fedoraproject.org', repository: 'fedora' },
  rocky: { host: 'mirrors.rockylinux.org', repository: 'baseos' },
  almalinux: { host: 'mirrors.almalinux.org', repository: 'baseos' },
  rhel: { host: 'cdn-ubi.redhat.com', repository: 'ubi-9-baseos-rpms' },
};
const unknownDistribution = { host: 'mirrorlist.centos.org', repository: 'baseos' };

function releaseOf(process: Process): { readonly id: string; readonly tag: string } {
  const text = Buffer.from(process.kernel.files.readFile('/etc/os-release')).toString();
  const field = (name: string): string => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(text)?.[1] ?? '';
  const [major = ''] = field('VERSION_ID').split('.');
  const id = field('ID');
  return { id, tag: id === 'fedora' ? `fc${major}` : `el${major}` };
}

/** `dnf`, `microdnf` and `yum`. */
export async function dnf(process: Process): Promise<number> {
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
  if (!(await fetchMetadata(process))) return 1;
  const { known, unknown } = find(list, names);
  if (unknown.length > 0) {
    for (const name of unknown) await process.print(`No match for argument: ${name}\n`);
    await process.printError(
      `Error: Unable to find a match: ${unknown.join(' ')}\npractice lab: there are only the packages ${Object.keys(list).join(', ')}.\n`,
    );
    return 1;
  }
  return dnfInstall(process, known, yes);
}

async function fetchMetadata(process: Process): Promise<boolean> {
  const { id } = releaseOf(process);
  const { host, repository } =
    (Object.hasOwn(distributions, id) ? distributions[id] : undefined) ?? unknownDistribution;
  const way = await wayTo(process, host, 443);
  if (way === 'there') {
    await process.print('Last metadata expiration check: 0:00:01 ago.\n');
    return true;
  }
  const why =
    way === 'unresolved'
      ? `Curl error (6): Couldn't resolve host name for https://${host}/ [Could not resolve host: ${host}]`
      : `Curl error (28): Timeout was reached for https://${host}/ [Connection timed out]`;
  await process.printError(
    `Error: Failed to download metadata for repo '${repository}': Cannot prepare internal mirrorlist: ${why}\n`,
  );
  return false;
}

async function dnfInstall(
  process: Process,
  known: ReturnType<typeof find>['known'],
  yes: boolean,
): Promise<number> {
  const already = installed(process, list);
  const { tag } = releaseOf(process);
  const versionOf = (version: string): string => version.replace(/el8$/, tag);
  for (const [name, { version }] of known)
    if (already.includes(name))
      await process.print(`Package ${name}-${versionOf(version)}.x86_64 is already installed.\n`);
  const added = known.filter(([name]) => !already.includes(name));
  if (added.length === 0) {
    await process.print('Dependencies resolved.\nNothing to do.\nComplete!\n');
    return 0;
  }
  await process.print(
    `Dependencies resolved.\nInstalling:\n${added.map(([name, { version }]) => ` ${name.padEnd(20)} x86_64  ${versionOf(version)}\n`).join('')}\nTransaction Summary\nInstall  ${added.length} Package${added.length > 1 ? 's' : ''}\n\n`,
  );
  if (!yes && !(await confirmed(process, 'Is this ok [y/N]: '))) {
    await process.print('Operation aborted.\n');
    return 1;
  }
  if (isReadOnly(process)) {
    await process.printError(
      "error: can't create transaction lock on /var/lib/rpm/.rpm.lock (Read-only file system)\nError: Could not run transaction.\n",
    );
    return 1;
  }
  install(process, added, list);
  await process.print(
    `Installed:\n${added.map(([name, { version }]) => `  ${name}-${versionOf(version)}.x86_64\n`).join('')}\nComplete!\n${simulated}`,
  );
  return 0;
}

export async function rpm(process: Process): Promise<number> {
  const { tag } = releaseOf(process);
  const lines = installed(process, list).map((name) => {
    const version = Object.hasOwn(list, name) ? (list[name]?.version ?? '') : '';
    return `${name}-${version.replace(/el8$/, tag)}.x86_64\n`;
  });
  await process.print(lines.join(''));
  return 0;
}
