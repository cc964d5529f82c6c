import type { OpenFile } from '../system/descriptors.ts';
import { SystemError } from '../system/errors.ts';
import { Changes } from '../system/wait.ts';
import type { LogOptions } from '../types.ts';

/** The kubelet rotates logs as well: what is older than so many bytes is forgotten. */
const mostBytes = 1_048_576;
/** Longer lines are cut, as containerd does at 16 KiB. */
const longestLine = 16_384;

interface LogLine {
  readonly at: Date;
  readonly text: string;
}

/** What one run of a container printed: a ring of lines that readers can follow. */
export class ContainerLog {
  private lines: LogLine[] = [];
  private bytes = 0;
  /** How many lines have been forgotten. */
  private dropped = 0;
  private readonly partial = { stdout: '', stderr: '' };
  private closed = false;
  private readonly changes = new Changes();
  private readonly decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };

  /** Where the container's main process writes. */
  stream(name: 'stdout' | 'stderr'): OpenFile {
    return {
      kind: 'pipe',
      read: () => Promise.reject(new SystemError('EBADF')),
      unread: () => undefined,
      write: (bytes, signal) => {
        signal.throwIfAborted();
        this.append(name, this.decoders[name].decode(bytes, { stream: true }));
        return Promise.resolve();
      },
      close: () => this.flush(name),
    };
  }

  /** The container has ended; followers finish. */
  close(): void {
    this.flush('stdout');
    this.flush('stderr');
    this.closed = true;
    this.changes.notify();
  }

  /** The lines asked for, with their line ends; with `follow` also those to come. */
  async *read(options: LogOptions, signal: AbortSignal): AsyncGenerator<string> {
    let left = options.limitBytes ?? Number.POSITIVE_INFINITY;
    const since = options.sinceTime?.getTime() ?? 0;
    const old = this.lines.filter(({ at }) => at.getTime() >= since);
    const tail =
      options.tailLines === undefined ? old : options.tailLines === 0 ? [] : old.slice(-options.tailLines);
    let next = this.dropped + this.lines.length;
    let batch: readonly LogLine[] = tail;
    for (;;) {
      for (const line of batch) {
        const text = render(line, options.timestamps).slice(0, left);
        left -= text.length;
        if (text !== '') yield text;
        if (left <= 0) return;
      }
      if (!options.follow) return;
      batch = this.lines.slice(Math.max(0, next - this.dropped));
      next = this.dropped + this.lines.length;
      if (batch.length > 0) continue;
      if (this.hasEnded()) return;
      try {
        await this.changes.next(signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
    }
  }

  private hasEnded(): boolean {
    return this.closed;
  }

  private append(name: 'stdout' | 'stderr', text: string): void {
    const parts = (this.partial[name] + text).split('\n');
    this.partial[name] = parts.pop() ?? '';
    for (const line of parts) this.add(line);
    while (this.partial[name].length > longestLine) {
      this.add(this.partial[name].slice(0, longestLine));
      this.partial[name] = this.partial[name].slice(longestLine);
    }
    this.changes.notify();
  }

  private flush(name: 'stdout' | 'stderr'): void {
    if (this.partial[name] === '') return;
    this.add(this.partial[name]);
    this.partial[name] = '';
    this.changes.notify();
  }

  private add(text: string): void {
    this.lines.push({ at: new Date(), text });
    this.bytes += text.length + 1;
    if (this.bytes <= mostBytes) return;
    let forgotten = 0;
    while (this.bytes > mostBytes / 2 && forgotten < this.lines.length) {
      this.bytes -= (this.lines[forgotten]?.text.length ?? 0) + 1;
      forgotten++;
    }
    this.lines = this.lines.slice(forgotten);
    this.dropped += forgotten;
  }
}

function render({ at, text }: LogLine, timestamps: boolean): string {
  return timestamps ? `${at.toISOString().replace('Z', '000000Z')} ${text}\n` : `${text}\n`;
}
