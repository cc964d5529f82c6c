import { t } from '../../base/l10n.ts';

/** A longer line is no line that anybody reads. */
const lineLimit = 65_536;

/** Makes whole lines of chunks that end anywhere, also inside a character. */
export class LogLines {
  readonly #decoder = new TextDecoder();
  readonly #limit: number;
  #open = '';
  /** Characters of the open line beyond the limit. */
  #dropped = 0;

  constructor(limit = lineLimit) {
    this.#limit = limit;
  }

  /** The lines that this chunk ends. */
  add(chunk: Buffer): string[] {
    return this.#split(this.#decoder.decode(chunk, { stream: true }));
  }

  /** What is left after the last line break; nothing where the log ended with one. */
  end(): string[] {
    const lines = this.#split(this.#decoder.decode());
    if (this.#open !== '') lines.push(this.#finish());
    return lines;
  }

  #split(text: string): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      this.#append(text.slice(from, at));
      lines.push(this.#finish());
      from = at + 1;
    }
    this.#append(text.slice(from));
    return lines;
  }

  #append(text: string): void {
    const room = this.#limit - this.#open.length;
    this.#open += text.slice(0, room);
    this.#dropped += Math.max(0, text.length - room);
  }

  #finish(): string {
    const line = this.#open.endsWith('\r') ? this.#open.slice(0, -1) : this.#open;
    const dropped = this.#dropped;
    this.#open = '';
    this.#dropped = 0;
    return dropped === 0 ? line : t('{0}… ({1} more characters)', line, dropped);
  }
}
