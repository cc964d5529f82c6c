import { randomBytes } from 'node:crypto';
import type { DeviceName, FileNode } from '../fs/inode.ts';
import { isGenerated, releaseIfUnused } from '../fs/inode.ts';
import type { OpenFile } from './descriptors.ts';
import { SystemError } from './errors.ts';

export interface OpenMode {
  read: boolean;
  write: boolean;
  append: boolean;
}

const nothing = new Uint8Array(0);

/** A file at a position that all who share the descriptor move. */
export function openNode(node: FileNode, mode: OpenMode): OpenFile {
  let position = 0;
  node.holders++;
  // What /proc shows belongs to one moment, even when it is read in pieces.
  const snapshot = mode.read && isGenerated(node) ? node.content.read(0, Number.MAX_SAFE_INTEGER) : undefined;
  return {
    kind: 'file',
    read: (most) => {
      if (!mode.read) return Promise.reject(new SystemError('EBADF'));
      const bytes = snapshot
        ? snapshot.subarray(position, position + most)
        : node.content.read(position, most);
      position += bytes.length;
      return Promise.resolve(bytes);
    },
    unread: (bytes) => {
      position -= bytes.length;
    },
    write: (bytes, signal) => {
      signal.throwIfAborted();
      if (!mode.write) return Promise.reject(new SystemError('EBADF'));
      if (mode.append) position = node.content.size;
      node.content.write(position, bytes);
      position += bytes.length;
      node.mtime = new Date();
      return Promise.resolve();
    },
    close: () => {
      node.holders--;
      releaseIfUnused(node);
    },
  };
}

/** A device of /dev that no process state is needed for. */
export function openDevice(device: Exclude<DeviceName, 'tty' | 'stdin' | 'stdout' | 'stderr'>): OpenFile {
  return {
    kind: 'device',
    read: (most, signal) => {
      signal.throwIfAborted();
      if (device === 'null') return Promise.resolve(nothing);
      const length = Math.min(most, 65_536);
      return Promise.resolve(device === 'random' ? randomBytes(length) : new Uint8Array(length));
    },
    unread: () => undefined,
    write: () => (device === 'full' ? Promise.reject(new SystemError('ENOSPC')) : Promise.resolve()),
    close: () => undefined,
  };
}

/** Fixed input, as of a here-document. */
export function openText(text: string): OpenFile {
  let rest: Uint8Array = Buffer.from(text);
  return {
    kind: 'pipe',
    read: (most) => {
      const bytes = rest.subarray(0, most);
      rest = rest.subarray(most);
      return Promise.resolve(bytes);
    },
    unread: (bytes) => {
      rest = Buffer.concat([bytes, rest]);
    },
    write: () => Promise.reject(new SystemError('EBADF')),
    close: () => undefined,
  };
}
