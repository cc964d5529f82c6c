/*
 * What a container prints may hold any terminal control. Those that only draw are its good right. Operating
 * system commands (OSC) can do more: 52 writes the user's clipboard, 633 and 133 pretend to be VS Code's own
 * shell integration, 7 and 9 and 1337 speak for the local machine.
 */

/** Titles (0–2), colours (4, 10–12, 104, 110–112) and links (8). */
const harmless = new Set(['0', '1', '2', '4', '8', '10', '11', '12', '104', '110', '111', '112']);
/** A sequence longer than this is none. */
const longest = 4096;

const escape = '\u001b';
const bell = '\u0007';

/** Decodes a terminal's bytes and takes out the operating system commands that are not harmless. */
export class TerminalFilter {
  readonly #decoder = new TextDecoder();
  /** The start of a sequence whose end has not come yet. */
  #pending = '';

  push(bytes: Uint8Array): string {
    const text = this.#pending + this.#decoder.decode(bytes, { stream: true });
    this.#pending = '';
    let out = '';
    let from = 0;
    for (;;) {
      const start = nextStart(text, from);
      if (start === -1) return out + text.slice(from);
      out += text.slice(from, start);
      const bodyAt = text[start] === escape ? start + 2 : start + 1;
      if (text[start] === escape && bodyAt > text.length) {
        // A lone ESC at the end: the next bytes tell what it begins.
        this.#pending = text.slice(start);
        return out;
      }
      const end = endOf(text, bodyAt);
      if (end === undefined) {
        if (text.length - start <= longest) this.#pending = text.slice(start);
        return out;
      }
      const code = /^\d*/.exec(text.slice(bodyAt, end.at))?.[0] ?? '';
      if (harmless.has(code)) out += text.slice(start, end.after);
      from = end.after;
    }
  }
}

/** Where the next OSC begins (`ESC ]`, or its one-character form), or an ESC that ends the text. */
function nextStart(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\u009d') return at;
    if (character === escape && (text[at + 1] === ']' || at + 1 === text.length)) return at;
  }
  return -1;
}

/** An OSC ends with BEL, ST (`ESC \` or U+009C); CAN and SUB break it off, and so does any other escape. */
function endOf(text: string, from: number): { at: number; after: number } | undefined {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === bell || character === '\u009c' || character === '\u0018' || character === '\u001a') {
      return { at, after: at + 1 };
    }
    if (character === escape) {
      if (at + 1 === text.length) return undefined;
      return { at, after: text[at + 1] === '\\' ? at + 2 : at };
    }
  }
  return undefined;
}
