import type { OpenFile } from './descriptors.ts';
import { SystemError } from './errors.ts';
import { Changes } from './wait.ts';

/** As in Linux: a writer waits when this much has not been read. */
const capacity = 65_536;

/** Bytes from one end to the other, with back-pressure. */
export class Pipe {
  private readonly chunks: Uint8Array[] = [];
  private size = 0;
  private writers = 1;
  private readerClosed = false;
  private readonly changes = new Changes();

  /** The end that programs read from. */
  readonly output: OpenFile = {
    kind: 'pipe',
    read: (most, signal) => this.read(most, signal),
    unread: (bytes) => this.unread(bytes),
    write: () => Promise.reject(new SystemError('EBADF')),
    close: () => this.closeReader(),
    reopen: (writing) => this.reopen(writing),
  };

  /** The end that programs write to. */
  readonly input: OpenFile = {
    kind: 'pipe',
    read: () => Promise.reject(new SystemError('EBADF')),
    unread: () => undefined,
    write: (bytes, signal) => this.write(bytes, signal),
    close: () => this.closeWriter(),
  };

  async read(most: number, signal: AbortSignal): Promise<Uint8Array> {
    for (;;) {
      const first = this.chunks.shift();
      if (first !== undefined) {
        const taken = first.subarray(0, most);
        if (taken.length < first.length) this.chunks.unshift(first.subarray(most));
        this.size -= taken.length;
        this.changes.notify();
        return taken;
      }
      if (this.writers === 0) return new Uint8Array(0);
      await this.changes.next(signal);
    }
  }

  /** Whether a read would return at once. */
  get readable(): boolean {
    return this.chunks.length > 0 || this.writers === 0;
  }

  unread(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.chunks.unshift(bytes);
    this.size += bytes.length;
    this.changes.notify();
  }

  async write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    if (bytes.length === 0) return;
    while (this.size >= capacity && !this.readerClosed) await this.changes.next(signal);
    signal.throwIfAborted();
    this.push(bytes);
  }

  /** How many bytes wait to be read. */
  get waiting(): number {
    return this.size;
  }

  /** Writes without waiting; what nobody will read is dropped. */
  pushUnlessClosed(bytes: Uint8Array): void {
    if (!this.readerClosed) this.push(bytes);
  }

  /** Writes without waiting, for input that is bounded elsewhere. @throws SystemError EPIPE */
  push(bytes: Uint8Array): void {
    if (this.readerClosed) throw new SystemError('EPIPE');
    if (bytes.length === 0) return;
    this.chunks.push(bytes);
    this.size += bytes.length;
    this.changes.notify();
  }

  closeWriter(): void {
    this.writers = Math.max(0, this.writers - 1);
    this.changes.notify();
  }

  /** The pipe opened once more by its name under /dev/fd. Open for writing too, it has no end. */
  private reopen(writing: boolean): OpenFile {
    if (writing) this.writers++;
    return {
      ...this.output,
      write: (bytes, signal) =>
        writing ? this.write(bytes, signal) : Promise.reject(new SystemError('EBADF')),
      close: () => {
        if (writing) this.closeWriter();
      },
    };
  }

  closeReader(): void {
    this.readerClosed = true;
    this.chunks.length = 0;
    this.size = 0;
    this.changes.notify();
  }
}

/** What is written to a pipe, as it comes. The reader's pace holds the writer back. */
export async function* bytesOf(pipe: Pipe): AsyncGenerator<Uint8Array> {
  const never = new AbortController().signal;
  try {
    for (;;) {
      const bytes = await pipe.read(32_768, never);
      if (bytes.length === 0) return;
      yield bytes;
    }
  } finally {
    pipe.closeReader();
  }
}
