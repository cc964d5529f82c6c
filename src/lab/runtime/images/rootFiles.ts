import type { FileTree } from '../fs/inode.ts';
import { executable } from '../system/executable.ts';

/** Puts executables into a tree: `path` to program name, or a list of names into one folder. */
export function addPrograms(tree: FileTree, folder: string, names: readonly string[]): void {
  for (const name of names) addProgram(tree, `${folder}/${name}`, name);
}

export function addProgram(tree: FileTree, path: string, program: string): void {
  tree.place(path, tree.file(executable(program), { mode: 0o755 }));
}

/** Files of every container: devices, users, an empty /tmp. */
export function addBase(tree: FileTree, passwd: readonly string[]): void {
  for (const directory of [
    '/dev',
    '/etc',
    '/home',
    '/mnt',
    '/opt',
    '/proc',
    '/root',
    '/run',
    '/srv',
    '/sys',
    '/var/log',
    '/var/lib',
    '/var/tmp',
    '/usr/share',
    '/usr/lib',
  ]) {
    tree.place(directory, tree.directory());
  }
  tree.place('/tmp', tree.directory({ mode: 0o1777 }));
  tree.place('/root', tree.directory({ mode: 0o700 }));
  for (const device of ['null', 'zero', 'full', 'random', 'tty'] as const)
    tree.place(`/dev/${device}`, tree.device(device));
  tree.place('/dev/urandom', tree.device('random'));
  tree.place('/dev/shm', tree.directory({ mode: 0o1777 }));
  for (const stream of ['stdin', 'stdout', 'stderr'] as const)
    tree.place(`/dev/${stream}`, tree.device(stream));
  const users = [
    'root:x:0:0:root:/root:/bin/sh',
    'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
    ...passwd,
    'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  ];
  tree.place('/etc/passwd', tree.file(`${users.join('\n')}\n`));
  const groups = users.map((user) => user.split(':')).map(([name = '', , , gid = '']) => `${name}:x:${gid}:`);
  tree.place('/etc/group', tree.file(`${groups.join('\n')}\n`));
  tree.place(
    '/etc/nsswitch.conf',
    tree.file('passwd:         files\ngroup:          files\nhosts:          files dns\n'),
  );
}

/** `/bin` and its like as links into /usr, as merged-usr distributions have them. */
export function mergeUsr(tree: FileTree): void {
  for (const name of ['bin', 'sbin']) tree.place(`/${name}`, tree.link(`usr/${name}`));
  tree.place('/lib', tree.link('usr/lib'));
}

export function addText(tree: FileTree, path: string, text: string, mode = 0o644): void {
  tree.place(path, tree.file(text, { mode }));
}

export function osRelease(tree: FileTree, fields: Readonly<Record<string, string>>): void {
  const lines = Object.entries(fields).map(
    ([key, value]) => `${key}=${/^[\w.-]+$/.test(value) ? value : `"${value}"`}`,
  );
  addText(tree, '/etc/os-release', `${lines.join('\n')}\n`);
}
