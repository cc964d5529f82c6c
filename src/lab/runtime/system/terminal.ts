import type { OpenFile } from './descriptors.ts';
import { Pipe } from './pipe.ts';
import type { SignalName } from './signals.ts';
import { Changes } from './wait.ts';

const keys = {
  interrupt: 0x03,
  end: 0x04,
  bell: 0x07,
  backspace: 0x08,
  newline: 0x0a,
  enter: 0x0d,
  killLine: 0x15,
  killWord: 0x17,
  quit: 0x1c,
  delete: 0x7f,
};

/** A pseudoterminal with the kernel's line discipline: echo, erase, end of input, Ctrl-C, `\n` to `\r\n`. */
export class Terminal implements OpenFile {
  readonly kind = 'terminal';
  /** What the client reads. */
  readonly output = new Pipe();
  columns = 80;
  rows = 24;
  /** The process group that Ctrl-C reaches. */
  foreground: number | undefined;
  /** Bytes go to the reader as they come, without echo: line editors work like this. */
  raw = false;
  private readonly signal: (group: number, signal: SignalName) => void;
  private readonly changes = new Changes();
  private line: number[] = [];
  private ready: Uint8Array = Buffer.alloc(0);
  private endOfInput = false;
  private hungUp = false;

  /** `signal` delivers a signal to a process group. */
  constructor(signal: (group: number, name: SignalName) => void) {
    this.signal = signal;
  }

  async read(most: number, signal: AbortSignal): Promise<Uint8Array> {
    for (;;) {
      if (this.ready.length > 0) {
        const newline = this.raw ? -1 : this.ready.indexOf(keys.newline);
        const bytes = this.ready.subarray(0, Math.min(most, newline === -1 ? most : newline + 1));
        this.ready = this.ready.subarray(bytes.length);
        return bytes;
      }
      if (this.endOfInput || this.hungUp) {
        this.endOfInput = false;
        return new Uint8Array(0);
      }
      await this.changes.next(signal);
    }
  }

  unread(bytes: Uint8Array): void {
    this.ready = Buffer.concat([bytes, this.ready]);
  }

  async write(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    await this.output.write(withCarriageReturns(bytes), signal);
  }

  close(): void {
    this.output.closeWriter();
  }

  /** Bytes that the client typed. */
  type(bytes: Uint8Array): void {
    if (this.raw) this.release(bytes);
    else for (const byte of bytes) this.key(byte);
    this.changes.notify();
  }

  /** The client has gone: readers see the end of the input. */
  hangUp(): void {
    this.hungUp = true;
    this.changes.notify();
  }

  private key(byte: number): void {
    switch (byte) {
      case keys.interrupt:
      case keys.quit:
        this.echo(byte === keys.interrupt ? '^C' : '^\\');
        this.line = [];
        if (this.foreground !== undefined)
          this.signal(this.foreground, byte === keys.interrupt ? 'INT' : 'QUIT');
        return;
      case keys.end:
        if (this.line.length === 0) this.endOfInput = true;
        else this.release(Buffer.from(this.line));
        this.line = [];
        return;
      case keys.delete:
      case keys.backspace:
        if (this.line.length > 0) this.eraseCharacter();
        return;
      case keys.killLine:
        while (this.line.length > 0) this.eraseCharacter();
        return;
      case keys.killWord:
        while (this.line.at(-1) === 0x20) this.eraseCharacter();
        while (this.line.length > 0 && this.line.at(-1) !== 0x20) this.eraseCharacter();
        return;
      case keys.enter:
      case keys.newline:
        this.echo('\r\n');
        this.release(Buffer.from([...this.line, keys.newline]));
        this.line = [];
        return;
      default:
        this.line.push(byte);
        this.echo(
          byte < 0x20 && byte !== 0x09 ? `^${String.fromCharCode(byte + 0x40)}` : Buffer.from([byte]),
        );
    }
  }

  private eraseCharacter(): void {
    // A character of several bytes is one on the screen.
    let byte = this.line.pop();
    while (byte !== undefined && (byte & 0xc0) === 0x80) byte = this.line.pop();
    this.echo('\b \b');
  }

  private release(bytes: Uint8Array): void {
    this.ready = Buffer.concat([this.ready, bytes]);
  }

  private echo(text: string | Uint8Array): void {
    if (!this.hungUp) this.output.push(typeof text === 'string' ? Buffer.from(text) : text);
  }
}

function withCarriageReturns(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(keys.newline)) return bytes;
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
