import { SystemError } from './errors.ts';

/** What a file descriptor refers to: a file at a position, an end of a pipe, a terminal, a socket, a device. */
export interface OpenFile {
  readonly kind: 'pipe' | 'file' | 'terminal' | 'socket' | 'device';
  /** At least one byte, or none at the end of the input. */
  read(most: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Gives bytes back that were read too far; the next `read` returns them first. */
  unread(bytes: Uint8Array): void;
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  /** Called when the last descriptor is closed. */
  close(): void;
  /** Opens the same thing anew by its name under /dev/fd; without it, the name is a duplicate. */
  reopen?(writing: boolean): OpenFile;
}

/** A shared reference to an open file: `dup` and `fork` share it, the last `release` closes the file. */
export class Descriptor {
  readonly file: OpenFile;
  private references = 1;

  constructor(file: OpenFile) {
    this.file = file;
  }

  share(): this {
    this.references++;
    return this;
  }

  release(): void {
    this.references--;
    if (this.references === 0) this.file.close();
  }
}

/** The numbered descriptors of one process. */
export class DescriptorTable {
  private readonly entries = new Map<number, Descriptor>();

  /** A table of open files by number. */
  static of(...files: readonly OpenFile[]): DescriptorTable {
    const table = new DescriptorTable();
    files.forEach((file, number) => table.set(number, new Descriptor(file)));
    return table;
  }

  /** @throws SystemError EBADF when nothing is open under the number. */
  get(number: number): Descriptor {
    const descriptor = this.entries.get(number);
    if (descriptor === undefined) throw new SystemError('EBADF');
    return descriptor;
  }

  has(number: number): boolean {
    return this.entries.has(number);
  }

  numbers(): number[] {
    return [...this.entries.keys()];
  }

  /** Puts a descriptor under a number; what was there is released. The table owns the reference. */
  set(number: number, descriptor: Descriptor): void {
    const before = this.entries.get(number);
    this.entries.set(number, descriptor);
    before?.release();
  }

  close(number: number): void {
    this.entries.get(number)?.release();
    this.entries.delete(number);
  }

  copy(): DescriptorTable {
    const table = new DescriptorTable();
    for (const [number, descriptor] of this.entries) table.set(number, descriptor.share());
    return table;
  }

  closeAll(): void {
    for (const number of this.numbers()) this.close(number);
  }
}
