import type { Process } from '../system/process.ts';
import type { Terminal } from '../system/terminal.ts';
import type { Completion } from './completion.ts';

export type LineResult =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'end' };

/** A character, or the sequence that a cursor or function key sends. */
const keyPattern = new RegExp(`^(?:\u001b\\[[0-9;]*[A-Za-z~]|\u001bO[A-Za-z]|[^])`, 'u');

/** Longer lines are not taken: nobody types them. */
const longestLine = 65_536;

/** The line editor of an interactive shell: cursor keys, erase keys, history. */
export class LineEditor {
  private readonly terminal: Terminal;
  private readonly process: Process;
  private readonly completer: (text: string) => Completion;
  private readonly history: string[] = [];
  private text: string[] = [];
  private cursor = 0;
  private prompt = '';
  private historyIndex = 0;
  private draft = '';
  /** Keys that were read but belong to the next line. */
  private pending = '';
  private readonly decoder = new TextDecoder();

  constructor(process: Process, terminal: Terminal, completer: (text: string) => Completion) {
    this.completer = completer;
    this.process = process;
    this.terminal = terminal;
  }

  /** Reads one line; Enter, Ctrl-C, or Ctrl-D on an empty line end it. */
  async read(prompt: string): Promise<LineResult> {
    this.prompt = prompt;
    this.text = [];
    this.cursor = 0;
    this.historyIndex = this.history.length;
    this.draft = '';
    this.terminal.raw = true;
    try {
      await this.print(prompt);
      for (;;) {
        const key = await this.nextKey();
        if (key === undefined) return { kind: 'end' };
        const result = await this.handle(key);
        if (result) return result;
      }
    } finally {
      this.terminal.raw = false;
    }
  }

  /** Remembers a line for the cursor keys. */
  remember(line: string): void {
    if (line.trim() === '' || this.history.at(-1) === line) return;
    this.history.push(line);
    if (this.history.length > 500) this.history.shift();
  }

  private async handle(key: string): Promise<LineResult | undefined> {
    switch (key) {
      case '\r':
      case '\n':
        await this.print('\n');
        return { kind: 'line', text: this.text.join('') };
      case '\u0003':
        await this.print('^C\n');
        return { kind: 'interrupted' };
      case '\u0004':
        if (this.text.length === 0) return { kind: 'end' };
        await this.erase(this.cursor, this.cursor + 1);
        return undefined;
      case '\u007f':
      case '\b':
        if (this.cursor > 0) await this.erase(this.cursor - 1, this.cursor);
        return undefined;
      case '\u001b[3~':
        await this.erase(this.cursor, this.cursor + 1);
        return undefined;
      case '\u0015':
        await this.erase(0, this.cursor);
        return undefined;
      case '\u000b':
        await this.erase(this.cursor, this.text.length);
        return undefined;
      case '\u0017': {
        const before = this.text.slice(0, this.cursor).join('');
        await this.erase(Array.from(before.replace(/\S*\s*$/, '')).length, this.cursor);
        return undefined;
      }
      case '\t':
        await this.complete();
        return undefined;
      case '\u000c':
        await this.print('\u001b[H\u001b[2J');
        await this.redraw();
        return undefined;
      default:
        await this.move(key);
        return undefined;
    }
  }

  private async move(key: string): Promise<void> {
    switch (key) {
      case '\u001b[A':
      case '\u001bOA':
      case '\u0010':
        await this.recall(-1);
        return;
      case '\u001b[B':
      case '\u001bOB':
      case '\u000e':
        await this.recall(1);
        return;
      case '\u001b[C':
      case '\u001bOC':
      case '\u0006':
        await this.moveTo(this.cursor + 1);
        return;
      case '\u001b[D':
      case '\u001bOD':
      case '\u0002':
        await this.moveTo(this.cursor - 1);
        return;
      case '\u001b[H':
      case '\u001b[1~':
      case '\u0001':
        await this.moveTo(0);
        return;
      case '\u001b[F':
      case '\u001b[4~':
      case '\u0005':
        await this.moveTo(this.text.length);
        return;
      default:
        // Other control keys and escape sequences do nothing.
        if (key >= ' ') await this.insert(key);
    }
  }

  private async complete(): Promise<void> {
    const { insert, choices } = this.completer(this.text.slice(0, this.cursor).join(''));
    for (const char of insert) await this.insert(char);
    if (choices.length === 0) return;
    await this.print(`\n${choices.slice(0, 200).join('  ')}\n`);
    await this.redraw();
  }

  private async insert(char: string): Promise<void> {
    if (this.text.length >= longestLine) return;
    this.text.splice(this.cursor, 0, char);
    this.cursor++;
    if (this.cursor === this.text.length) await this.print(char);
    else await this.redraw();
  }

  private async erase(from: number, to: number): Promise<void> {
    const atEnd = to === this.text.length && this.cursor === to && to - from === 1;
    this.text.splice(from, to - from);
    this.cursor = Math.min(from, this.text.length);
    if (atEnd) await this.print('\b \b');
    else await this.redraw();
  }

  private async moveTo(position: number): Promise<void> {
    this.cursor = Math.max(0, Math.min(this.text.length, position));
    await this.redraw();
  }

  private async recall(step: number): Promise<void> {
    const index = this.historyIndex + step;
    if (index < 0 || index > this.history.length) return;
    if (this.historyIndex === this.history.length) this.draft = this.text.join('');
    this.historyIndex = index;
    this.text = Array.from(this.history[index] ?? this.draft);
    this.cursor = this.text.length;
    await this.redraw();
  }

  private async redraw(): Promise<void> {
    const back = this.text.length - this.cursor;
    const line = `\r${this.prompt}${this.text.join('')}\u001b[K`;
    await this.print(back > 0 ? `${line}\u001b[${back}D` : line);
  }

  private async print(text: string): Promise<void> {
    await this.terminal.write(Buffer.from(text), this.process.signal);
  }

  private async nextKey(): Promise<string | undefined> {
    while (this.pending === '') {
      const bytes = await this.terminal.read(4096, this.process.signal);
      if (bytes.length === 0) return undefined;
      this.pending = this.decoder.decode(bytes, { stream: true });
    }
    // Escape sequences come in one piece from terminals.
    const key = keyPattern.exec(this.pending)?.[0] ?? '';
    this.pending = this.pending.slice(key.length);
    // What was typed ahead goes to the command that the line starts.
    if ((key === '\r' || key === '\n') && this.pending !== '') {
      const ahead = this.pending;
      this.pending = '';
      this.terminal.unread(Buffer.from(ahead.replaceAll('\r', '\n')));
    }
    return key;
  }
}
