import { SystemError } from '../system/errors.ts';

export interface Attributes {
  mode: number;
  uid: number;
  gid: number;
  mtime: Date;
}

interface Node extends Attributes {
  readonly ino: number;
  /** Under how many names the tree holds it. */
  links: number;
}

export interface FileNode extends Node {
  readonly type: 'file';
  readonly content: Content;
  /** How many open descriptors and mounts hold it beside its names. */
  holders: number;
}

/** Gives a file's bytes back once it has neither a name nor a holder. */
export function releaseIfUnused(node: Inode): void {
  if (node.type === 'file' && node.links <= 0 && node.holders <= 0 && !isGenerated(node))
    node.content.truncate(0);
}

export interface DirectoryNode extends Node {
  readonly type: 'directory';
  readonly entries: Map<string, Inode>;
}

export interface LinkNode extends Node {
  readonly type: 'symlink';
  readonly target: string;
}

export type DeviceName = 'null' | 'zero' | 'full' | 'random' | 'tty' | 'stdin' | 'stdout' | 'stderr';

export interface DeviceNode extends Node {
  readonly type: 'device';
  readonly device: DeviceName;
}

export type Inode = FileNode | DirectoryNode | LinkNode | DeviceNode;

/** The bytes behind a file. */
export interface Content {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
  write(offset: number, bytes: Uint8Array): void;
  truncate(size: number): void;
}

/** How many bytes a file system may hold; an endless `>>` ends in ENOSPC, not in the lab's memory. */
export class Quota {
  private used = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Takes bytes, or gives them back when negative. */
  charge(bytes: number): void {
    if (this.used + bytes > this.limit) throw new SystemError('ENOSPC');
    this.used += bytes;
  }
}

const smallestCapacity = 64;

class MemoryContent implements Content {
  private bytes: Uint8Array = new Uint8Array(0);
  private readonly quota: Quota;
  size = 0;

  constructor(quota: Quota) {
    this.quota = quota;
  }

  read(offset: number, length: number): Uint8Array {
    return this.bytes.slice(offset, Math.min(this.size, offset + length));
  }

  write(offset: number, bytes: Uint8Array): void {
    this.reserve(offset + bytes.length);
    this.bytes.set(bytes, offset);
    this.size = Math.max(this.size, offset + bytes.length);
  }

  truncate(size: number): void {
    if (size > this.size) this.reserve(size);
    else this.bytes.fill(0, size);
    this.size = size;
    if (size > 0) return;
    this.quota.charge(-this.bytes.length);
    this.bytes = new Uint8Array(0);
  }

  private reserve(size: number): void {
    if (size <= this.bytes.length) return;
    const capacity = Math.max(smallestCapacity, size, Math.min(size * 2, size + 8_388_608));
    this.quota.charge(capacity - this.bytes.length);
    const grown = new Uint8Array(capacity);
    grown.set(this.bytes.subarray(0, this.size));
    this.bytes = grown;
  }
}

/** A file whose bytes are made when it is read, as those of /proc. */
class GeneratedContent implements Content {
  private readonly generate: () => string;

  constructor(generate: () => string) {
    this.generate = generate;
  }

  /** As in the kernel, such a file seems empty until it is read. */
  readonly size = 0;

  read(offset: number, length: number): Uint8Array {
    return Buffer.from(this.generate()).subarray(offset, offset + length);
  }

  write(): void {
    throw new SystemError('EACCES');
  }

  truncate(): void {
    throw new SystemError('EACCES');
  }
}

/** Whether a file's bytes are made at reading. */
export function isGenerated(node: FileNode): boolean {
  return node.content instanceof GeneratedContent;
}

const rootOwned = { uid: 0, gid: 0 };

/** One file system: an image's layer, an emptyDir, a host's disk. Inodes are shared by whoever mounts it. */
export class FileTree {
  readonly root: DirectoryNode;
  private readonly quota: Quota;
  private nextInode = 2;

  constructor(limitBytes: number, mode = 0o755) {
    this.quota = new Quota(limitBytes);
    this.root = this.directory({ mode });
  }

  directory(attributes: Partial<Attributes> = {}): DirectoryNode {
    return { type: 'directory', entries: new Map(), ...this.node(0o755, attributes) };
  }

  file(content: string | Uint8Array = '', attributes: Partial<Attributes> = {}): FileNode {
    const memory = new MemoryContent(this.quota);
    if (content.length > 0) memory.write(0, typeof content === 'string' ? Buffer.from(content) : content);
    return { type: 'file', holders: 0, content: memory, ...this.node(0o644, attributes) };
  }

  generated(generate: () => string): FileNode {
    return { type: 'file', holders: 0, content: new GeneratedContent(generate), ...this.node(0o444, {}) };
  }

  link(target: string): LinkNode {
    return { type: 'symlink', target, ...this.node(0o777, {}) };
  }

  device(device: DeviceName): DeviceNode {
    return { type: 'device', device, ...this.node(0o666, {}) };
  }

  /** Puts a node at a path below the root and makes the directories on the way. */
  place(path: string, node: Inode): void {
    const names = path.split('/').filter((name) => name !== '');
    const last = names.pop();
    if (last === undefined) throw new SystemError('EINVAL', path);
    let directory = this.root;
    for (const name of names) {
      let next = directory.entries.get(name);
      if (next === undefined) {
        next = this.directory();
        directory.entries.set(name, next);
      }
      if (next.type !== 'directory') throw new SystemError('ENOTDIR', path);
      directory = next;
    }
    directory.entries.set(last, node);
    node.links++;
  }

  private node(mode: number, attributes: Partial<Attributes>): Node {
    return { ino: this.nextInode++, links: 0, mode, ...rootOwned, mtime: new Date(), ...attributes };
  }
}
