import type { FileSystem } from '../fs/fileSystem.ts';
import type { NetworkStack } from '../network/stack.ts';
import type { CpuShare } from './cpuShare.ts';
import type { Process } from './process.ts';

/** A program's code. Its result is the exit code; a rejection with `Killed` ends it by a signal. */
export type Program = (process: Process) => Promise<number>;

/** Which flavour of user land an image has; tools differ in options and texts. */
export type Userland = 'debian' | 'redhat' | 'alpine' | 'busybox' | 'none';

/** What the processes of one container share. */
export interface Kernel {
  /** The container's files, seen by root. */
  readonly files: FileSystem;
  readonly network: NetworkStack;
  readonly hostname: string;
  readonly userland: Userland;
  /** Programs by the name that executable files carry. */
  readonly programs: ReadonlyMap<string, Program>;
  readonly processes: Map<number, Process>;
  readonly cpu: CpuShare;
  nextPid(): number;
  /** The name that /etc/passwd has for a user, or the number. */
  userName(uid: number): string;
}
