import { SystemError } from '../system/errors.ts';
import { releaseIfUnused, type DirectoryNode, type FileNode, type FileTree, type Inode } from './inode.ts';

/** Who asks: permission bits are checked as the kernel does; uid 0 may everything. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
}

/** A volume, or one of its files, laid over a path. */
export interface Mount {
  readonly path: string;
  readonly tree: FileTree;
  readonly node: Inode;
  readonly readOnly: boolean;
}

/** Where a path leads: its node, if there is one, and the directory that holds or would hold it. */
interface Place {
  readonly path: string;
  readonly mount: Mount;
  readonly name: string;
  readonly parent: DirectoryNode | undefined;
  readonly node: Inode | undefined;
}

interface Step {
  readonly path: string;
  readonly mount: Mount;
  readonly node: Inode;
}

const most = { links: 40 };
const read = 4;
const write = 2;
const enter = 1;

/** Joins and tidies a path without looking at the file system. */
export function absolute(cwd: string, path: string): string {
  const names: string[] = [];
  for (const name of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

/** What one container sees: its root with volumes mounted into it. Operations are synchronous, all is memory. */
export class FileSystem {
  private readonly mounts: Map<string, Mount>;
  private readonly who: Credentials;

  constructor(
    root: FileTree,
    mounts: readonly Mount[],
    readOnlyRoot = false,
    who: Credentials = { uid: 0, gid: 0 },
  ) {
    this.mounts = new Map(mounts.map((mount) => [mount.path, mount]));
    this.mounts.set('/', { path: '/', tree: root, node: root.root, readOnly: readOnlyRoot });
    this.who = who;
  }

  /** The same files for somebody else. */
  as(who: Credentials): FileSystem {
    const other = new FileSystem(
      this.rootMount().tree,
      [...this.mounts.values()],
      this.rootMount().readOnly,
      who,
    );
    return other;
  }

  mountList(): readonly Mount[] {
    return [...this.mounts.values()];
  }

  /** The node at a path, or undefined; anything but a missing name throws. */
  find(path: string, followLast = true): Inode | undefined {
    try {
      return this.walk(path, followLast).node;
    } catch (error) {
      if (error instanceof SystemError && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
        return undefined;
      throw error;
    }
  }

  stat(path: string): Inode {
    return this.existing(path, true).node;
  }

  lstat(path: string): Inode {
    return this.existing(path, false).node;
  }

  realpath(path: string): string {
    return this.existing(path, true).path;
  }

  /** A file to read from. Directories and missing files throw. */
  fileToRead(path: string): FileNode {
    const { node } = this.existing(path, true);
    if (node.type !== 'file') throw new SystemError(node.type === 'directory' ? 'EISDIR' : 'EINVAL', path);
    this.demand(node, read, path);
    return node;
  }

  readFile(path: string): Uint8Array {
    return this.fileToRead(path).content.read(0, Number.MAX_SAFE_INTEGER);
  }

  /** A file to write to, created when it is missing. */
  fileToWrite(path: string, options: { truncate: boolean; exclusive?: boolean }): FileNode {
    const place = this.walk(path, true);
    if (place.node === undefined) return this.create(place, path);
    if (options.exclusive === true) throw new SystemError('EEXIST', path);
    if (place.node.type !== 'file')
      throw new SystemError(place.node.type === 'directory' ? 'EISDIR' : 'EINVAL', path);
    this.demandWritable(place.mount, path);
    this.demand(place.node, write, path);
    if (options.truncate) {
      place.node.content.truncate(0);
      place.node.mtime = new Date();
    }
    return place.node;
  }

  writeFile(path: string, bytes: string | Uint8Array, options = { truncate: true }): void {
    const node = this.fileToWrite(path, options);
    node.content.write(node.content.size, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    node.mtime = new Date();
  }

  /** Names in a directory, sorted as bytes; mounted names are always there. */
  list(path: string): string[] {
    const { node } = this.existing(path, true);
    if (node.type !== 'directory') throw new SystemError('ENOTDIR', path);
    this.demand(node, read, path);
    return [...node.entries.keys()].sort();
  }

  makeDirectory(path: string, recursive = false): void {
    if (recursive) {
      const names = path.split('/').filter((name) => name !== '');
      for (let count = 1; count <= names.length; count++) {
        const part = `/${names.slice(0, count).join('/')}`;
        const node = this.find(part);
        if (node === undefined) this.makeDirectory(part);
        else if (node.type !== 'directory')
          throw new SystemError(count === names.length ? 'EEXIST' : 'ENOTDIR', path);
      }
      return;
    }
    const place = this.walk(path, true);
    if (place.node !== undefined) throw new SystemError('EEXIST', path);
    this.insert(place, place.mount.tree.directory({ ...this.who }), path);
  }

  makeLink(target: string, path: string): void {
    const place = this.walk(path, false);
    if (place.node !== undefined) throw new SystemError('EEXIST', path);
    this.insert(place, place.mount.tree.link(target), path);
  }

  hardLink(existing: string, path: string): void {
    const source = this.existing(existing, false);
    if (source.node.type === 'directory') throw new SystemError('EPERM', existing);
    const place = this.walk(path, false);
    if (place.node !== undefined) throw new SystemError('EEXIST', path);
    if (place.mount.tree !== source.mount.tree) throw new SystemError('EXDEV', path);
    this.insert(place, source.node, path);
  }

  /** Removes one file, link or empty directory. */
  remove(path: string): void {
    const place = this.existing(path, false);
    if (this.mounts.has(place.path)) throw new SystemError('EPERM', path);
    if (place.node.type === 'directory' && place.node.entries.size > 0)
      throw new SystemError('ENOTEMPTY', path);
    this.demandChange(place, path);
    place.parent?.entries.delete(place.name);
    if (place.parent) place.parent.mtime = new Date();
    place.node.links--;
    releaseIfUnused(place.node);
  }

  removeTree(path: string): void {
    const node = this.lstat(path);
    if (node.type === 'directory') for (const name of this.list(path)) this.removeTree(`${path}/${name}`);
    this.remove(path);
  }

  rename(from: string, to: string): void {
    const source = this.existing(from, false);
    const target = this.walk(to, false);
    if (this.mounts.has(source.path) || source.mount.tree !== target.mount.tree)
      throw new SystemError('EXDEV', to);
    if (target.node === source.node) return;
    if (target.node?.type === 'directory' && source.node.type !== 'directory')
      throw new SystemError('EISDIR', to);
    this.demandChange(source, from);
    if (target.node !== undefined) this.remove(to);
    this.insert(target, source.node, to);
    source.parent?.entries.delete(source.name);
    source.node.links--;
  }

  changeMode(path: string, mode: number): void {
    this.owned(path).mode = mode & 0o7777;
  }

  changeOwner(path: string, uid: number, gid: number): void {
    if (this.who.uid !== 0) throw new SystemError('EPERM', path);
    Object.assign(this.owned(path), { uid, gid });
  }

  changeTime(path: string, mtime: Date): void {
    this.owned(path).mtime = mtime;
  }

  /** Whether the asker may read, write or run what is at the path. */
  permits(path: string, want: 'read' | 'write' | 'execute'): boolean {
    const node = this.find(path);
    if (node === undefined) return false;
    if (want === 'write' && this.walk(path, true).mount.readOnly) return false;
    return this.allowed(node, want === 'read' ? read : want === 'write' ? write : enter);
  }

  private rootMount(): Mount {
    const mount = this.mounts.get('/');
    if (mount === undefined) throw new SystemError('EIO', '/');
    return mount;
  }

  private existing(path: string, followLast: boolean): Place & { node: Inode } {
    const place = this.walk(path, followLast);
    if (place.node === undefined) throw new SystemError('ENOENT', path);
    return { ...place, node: place.node };
  }

  private owned(path: string): Inode {
    const { node, mount } = this.existing(path, true);
    this.demandWritable(mount, path);
    if (this.who.uid !== 0 && this.who.uid !== node.uid) throw new SystemError('EPERM', path);
    return node;
  }

  private create(place: Place, path: string): FileNode {
    if (path.endsWith('/')) throw new SystemError('EISDIR', path);
    const node = place.mount.tree.file('', { ...this.who });
    this.insert(place, node, path);
    return node;
  }

  private insert(place: Place, node: Inode, path: string): void {
    this.demandChange(place, path);
    if (place.parent === undefined) throw new SystemError('EEXIST', path);
    place.parent.entries.set(place.name, node);
    node.links++;
    place.parent.mtime = new Date();
  }

  private demandChange(place: Place, path: string): void {
    this.demandWritable(place.mount, path);
    if (place.parent) this.demand(place.parent, write | enter, path);
  }

  private demandWritable(mount: Mount, path: string): void {
    if (mount.readOnly) throw new SystemError('EROFS', path);
  }

  private demand(node: Inode, bits: number, path: string): void {
    if (!this.allowed(node, bits)) throw new SystemError('EACCES', path);
  }

  private allowed(node: Inode, bits: number): boolean {
    if (this.who.uid === 0) return bits !== enter || node.type === 'directory' || (node.mode & 0o111) !== 0;
    const shift = this.who.uid === node.uid ? 6 : this.who.gid === node.gid ? 3 : 0;
    return ((node.mode >> shift) & bits) === bits;
  }

  private walk(path: string, followLast: boolean): Place {
    const root = this.rootMount();
    const steps: Step[] = [{ path: '', mount: root, node: root.node }];
    const names = path.split('/').filter((name) => name !== '' && name !== '.');
    for (let links = 0; names.length > 0;) {
      const name = names.shift() ?? '';
      const here = steps.at(-1);
      if (here?.node.type !== 'directory') throw new SystemError('ENOTDIR', path);
      if (name === '..') {
        if (steps.length > 1) steps.pop();
        continue;
      }
      this.demand(here.node, enter, path);
      const childPath = `${here.path}/${name}`;
      const mount = this.mounts.get(childPath) ?? here.mount;
      const node = mount.path === childPath ? mount.node : here.node.entries.get(name);
      if (node?.type === 'symlink' && (names.length > 0 || followLast)) {
        if (++links > most.links) throw new SystemError('ELOOP', path);
        if (node.target.startsWith('/')) steps.length = 1;
        names.unshift(...node.target.split('/').filter((part) => part !== '' && part !== '.'));
        continue;
      }
      if (node === undefined) {
        if (names.length > 0) throw new SystemError('ENOENT', path);
        return { path: childPath, mount, name, parent: here.node, node };
      }
      steps.push({ path: childPath, mount, node });
    }
    const last = steps.at(-1);
    const parent = steps.at(-2)?.node;
    if (last === undefined) throw new SystemError('ENOENT', path);
    return {
      path: last.path === '' ? '/' : last.path,
      mount: last.mount,
      name: last.path.slice(last.path.lastIndexOf('/') + 1),
      parent: parent?.type === 'directory' ? parent : undefined,
      node: last.node,
    };
  }
}
