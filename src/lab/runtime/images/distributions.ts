import type { FileTree } from '../fs/inode.ts';
import { addBase, addProgram, addPrograms, addText, mergeUsr, osRelease } from './rootFiles.ts';

/** What coreutils, findutils, grep, sed, tar, gzip and diffutils bring. */
export const coreTools = [
  '[',
  'base64',
  'basename',
  'cat',
  'chmod',
  'chown',
  'comm',
  'cp',
  'cut',
  'date',
  'dd',
  'df',
  'diff',
  'dirname',
  'du',
  'echo',
  'env',
  'expand',
  'expr',
  'false',
  'find',
  'fold',
  'grep',
  'egrep',
  'fgrep',
  'gunzip',
  'gzip',
  'head',
  'hostname',
  'id',
  'join',
  'kill',
  'ln',
  'ls',
  'md5sum',
  'mkdir',
  'mktemp',
  'mv',
  'nl',
  'nohup',
  'nproc',
  'od',
  'paste',
  'printenv',
  'printf',
  'pwd',
  'readlink',
  'realpath',
  'rm',
  'rmdir',
  'sed',
  'seq',
  'sha1sum',
  'sha256sum',
  'sleep',
  'sort',
  'split',
  'stat',
  'stty',
  'sync',
  'tac',
  'tail',
  'tar',
  'tee',
  'test',
  'timeout',
  'touch',
  'tr',
  'true',
  'tty',
  'uname',
  'unexpand',
  'uniq',
  'wc',
  'which',
  'whoami',
  'xargs',
  'yes',
  'zcat',
  'awk',
  'clear',
  'mount',
] as const;

const debianUsers = [
  'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin',
  '_apt:x:42:65534::/nonexistent:/usr/sbin/nologin',
];

/** Debian and Ubuntu: bash, dash as sh, perl-base, apt, glibc's getent. `kill` is only a builtin there. */
export function debian(tree: FileTree, options: { ubuntu?: boolean; users?: readonly string[] } = {}): void {
  const ubuntu = options.ubuntu === true;
  const users = ubuntu ? ['ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash'] : [];
  addBase(tree, [...debianUsers, ...users, ...(options.users ?? [])]);
  mergeUsr(tree);
  addPrograms(
    tree,
    '/usr/bin',
    coreTools.filter((name) => name !== 'kill' || ubuntu),
  );
  addPrograms(tree, '/usr/bin', [
    'bash',
    'perl',
    'getent',
    'apt',
    'apt-get',
    'apt-cache',
    'dpkg',
    ...(ubuntu ? ['ps'] : []),
  ]);
  addProgram(tree, '/usr/bin/sh', 'dash');
  addProgram(tree, '/usr/bin/dash', 'dash');
  addText(tree, '/etc/debian_version', ubuntu ? 'trixie/sid\n' : '12.11\n');
  if (ubuntu) {
    osRelease(tree, {
      PRETTY_NAME: 'Ubuntu 24.04.2 LTS',
      NAME: 'Ubuntu',
      VERSION_ID: '24.04',
      VERSION: '24.04.2 LTS (Noble Numbat)',
      VERSION_CODENAME: 'noble',
      ID: 'ubuntu',
      ID_LIKE: 'debian',
    });
  } else {
    osRelease(tree, {
      PRETTY_NAME: 'Debian GNU/Linux 12 (bookworm)',
      NAME: 'Debian GNU/Linux',
      VERSION_ID: '12',
      VERSION: '12 (bookworm)',
      VERSION_CODENAME: 'bookworm',
      ID: 'debian',
    });
  }
}

/** The lines of a distribution of the Red Hat family in its release files. */
export interface RedHat {
  readonly name: string;
  readonly id: string;
  readonly version: string;
  readonly managers: readonly string[];
}

/** The Red Hat family: bash, dnf or its smaller sibling, and curl, which rpm itself needs. */
export function redHat(tree: FileTree, { name, id, version, managers }: RedHat): void {
  addBase(tree, []);
  mergeUsr(tree);
  addPrograms(tree, '/usr/bin', [...coreTools, 'bash', 'curl', 'getent', 'rpm', 'ps', ...managers]);
  addProgram(tree, '/usr/bin/sh', 'bash');
  addText(tree, '/etc/redhat-release', `${name} release ${version}\n`);
  osRelease(tree, {
    NAME: name,
    VERSION: version,
    ID: id,
    ...(id !== 'fedora' && { ID_LIKE: 'rhel fedora' }),
    VERSION_ID: version,
    PRETTY_NAME: `${name} ${version}`,
  });
}

/** The applets of busybox that the lab has besides the core tools, with the programs behind them. */
const busyboxApplets: Readonly<Record<string, string>> = {
  sh: 'ash',
  ash: 'ash',
  wget: 'busybox-wget',
  nc: 'busybox-nc',
  nslookup: 'busybox-nslookup',
  ping: 'busybox-ping',
  ps: 'busybox-ps',
  netstat: 'netstat',
  ifconfig: 'ifconfig',
  ip: 'ip',
  route: 'route',
  traceroute: 'traceroute',
  vi: 'vi',
  kill: 'kill',
  pgrep: 'pgrep',
  free: 'free',
  uptime: 'uptime',
  cmp: 'cmp',
};

/** busybox: one binary under many names. Alpine's has no telnet and no httpd, the busybox image has both. */
export function busybox(tree: FileTree, users: readonly string[] = []): void {
  addBase(tree, users);
  addProgram(tree, '/bin/busybox', 'busybox');
  for (const name of coreTools) addProgram(tree, `/bin/${name}`, name);
  for (const [name, program] of Object.entries(busyboxApplets)) addProgram(tree, `/bin/${name}`, program);
  for (const directory of ['/usr/bin', '/usr/sbin', '/sbin', '/lib']) tree.place(directory, tree.directory());
}

/** Alpine: busybox with apk and musl. */
export function alpine(tree: FileTree, users: readonly string[] = []): void {
  busybox(tree, users);
  addPrograms(tree, '/sbin', ['apk']);
  addPrograms(tree, '/usr/bin', ['getent']);
  addText(tree, '/etc/alpine-release', '3.22.1\n');
  osRelease(tree, {
    NAME: 'Alpine Linux',
    ID: 'alpine',
    VERSION_ID: '3.22.1',
    PRETTY_NAME: 'Alpine Linux v3.22',
  });
}

/** No shell, no tools: users, certificates' place, /tmp. */
export function distroless(tree: FileTree): void {
  addBase(tree, ['nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin']);
  osRelease(tree, {
    PRETTY_NAME: 'Distroless',
    NAME: 'Debian GNU/Linux',
    ID: 'debian',
    VERSION_ID: '12',
    VERSION: 'Debian GNU/Linux 12 (bookworm)',
  });
}
