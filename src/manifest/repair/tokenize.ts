import { isBlank, plainBlanks, quoteOf, widthOf } from './characters.ts';
import { scanFlow, scanQuoted } from './scanQuoted.ts';
import type { SourceLine, Token, TokenKind } from './token.ts';

const keyWord = /^(?:<<|[A-Za-z0-9_.$/~*][\w.$/~*@<>%+-]*):$/;
const anyKey = /(?:^|[\s\u00a0])(?:[\w.$/~*-]+|"[^"\n]*"|'[^'\n]*'):(?=[\s\u00a0]|$)/g;
const arrow = /^(?:<?[-–—]{2,}>|<[-–—]{2,}|[-–—]>|={1,2}>|<==|[→←⇒⇐➔➜])$/u;
const header = /^[|>](?:[-+]?[1-9]?|[1-9][-+])$/;

/** Cuts damaged YAML into tokens. Where line breaks were lost, a line holds many. */
export function tokenize(lines: readonly SourceLine[]): readonly Token[] {
  return new Tokenizer(lines).run();
}

class Tokenizer {
  readonly #lines: readonly SourceLine[];
  readonly #tokens: Token[] = [];
  #row = 0;
  #at = 0;
  /** What may stand before the next token of this line: nothing, or only list markers. */
  #first = true;
  #leads = true;
  #joined = false;
  /** The column of a place in this line. */
  #measured = { at: 0, width: 0 };
  /** Characters that may still be read in vain behind brackets and quotes that do not close. */
  #patience = 4_000_000;

  constructor(lines: readonly SourceLine[]) {
    this.#lines = lines;
  }

  run(): readonly Token[] {
    while (this.#row < this.#lines.length) {
      this.#first = true;
      this.#leads = true;
      this.#joined = isJoined(this.#text);
      while (this.#skipBlanks()) this.#next();
      this.#row += 1;
      this.#at = 0;
    }
    return this.#tokens;
  }

  get #text(): string {
    return this.#lines[this.#row]?.text ?? '';
  }

  #skipBlanks(): boolean {
    while (isBlank(this.#text[this.#at])) this.#at += 1;
    return this.#at < this.#text.length;
  }

  #next(): void {
    const word = this.#word(this.#at);
    if (word.startsWith('#') || arrow.test(word)) this.#comment(word);
    else if (word === '---') this.#push('separator', '---', this.#at + 3);
    else if (this.#isDash(word)) this.#push('dash', '-', this.#at + 1, { cleaned: word !== '-' });
    else if (!this.#quoted() && !this.#flow() && !this.#header(word)) this.#keyOrText(word);
  }

  #word(from: number): string {
    const text = this.#text;
    let end = from;
    while (end < text.length && !isBlank(text[end])) end += 1;
    return text.slice(from, end);
  }

  #isDash(word: string): boolean {
    if (word === '-') return true;
    // Word processors write a longer dash, pages a bullet.
    return /^[–—•‣▪]$/u.test(word) && this.#leads && /\S/.test(this.#text.slice(this.#at + 1));
  }

  #comment(word: string): void {
    const text = this.#text;
    const isArrow = !word.startsWith('#');
    if (isArrow && !this.#mayHaveNote()) {
      this.#plain();
      return;
    }
    const length = isArrow ? word.length : 1;
    if (this.#joined && !this.#first) {
      this.#push('opening', '', this.#at + length, { arrow: isArrow });
      return;
    }
    const note = plainBlanks(text.slice(this.#at + length)).trimEnd();
    this.#push('comment', note, text.length, { arrow: isArrow });
  }

  /** An arrow is a note behind a key or a value of one word; within a longer text it is text. */
  #mayHaveNote(): boolean {
    const last = this.#tokens.at(-1);
    if (last === undefined || this.#first) return true;
    return last.kind !== 'plain' || !/\s/.test(last.raw);
  }

  #quoted(): boolean {
    const text = this.#text;
    if (quoteOf(text[this.#at]) === undefined) return false;
    const last = this.#tokens.at(-1);
    const mayGoOn = !this.#first && (last?.kind === 'key' || last?.kind === 'dash');
    if (this.#patience <= 0) return false;
    const here = scanQuoted(text, this.#at);
    const scanned = here ?? (mayGoOn ? scanQuoted(this.#ahead(), this.#at) : undefined);
    if (scanned === undefined) return this.#inVain();
    const whole = here ? text : this.#ahead();
    const next = whole[scanned.end];
    if (next === ':' && here && (text[scanned.end + 1] === undefined || isBlank(text[scanned.end + 1]))) {
      const name = scanned.raw.slice(1, -1);
      this.#push('key', scanned.raw, scanned.end + 1, { name, cleaned: scanned.cleaned });
      return true;
    }
    if (next !== undefined && next !== '\n' && !isBlank(next)) return false;
    const lines = scanned.raw.split('\n');
    this.#push('quoted', scanned.raw, scanned.end, {
      cleaned: scanned.cleaned,
      raw: lines.length > 1 ? foldQuoted(lines) : scanned.raw,
    });
    return true;
  }

  #flow(): boolean {
    const text = this.#text;
    if (text[this.#at] !== '[' && text[this.#at] !== '{') return false;
    const last = this.#tokens.at(-1);
    if (last?.kind !== 'key' && last?.kind !== 'dash') return false;
    if (this.#patience <= 0) return false;
    const here = scanFlow(text, this.#at);
    const scanned = here ?? scanFlow(this.#ahead(), this.#at);
    if (scanned === undefined) return this.#inVain();
    const next = (here ? text : this.#ahead())[scanned.end];
    if (next !== undefined && next !== '\n' && !isBlank(next)) return false;
    this.#push('flow', scanned.raw, scanned.end, { cleaned: scanned.cleaned });
    return true;
  }

  #inVain(): false {
    this.#patience -= Math.min(200_000, this.#ahead().length);
    return false;
  }

  /** This line and some below it, for values that go over several lines. */
  #ahead(): string {
    return this.#lines
      .slice(this.#row, this.#row + 60)
      .map(({ text }) => text)
      .join('\n');
  }

  #header(word: string): boolean {
    if (!header.test(word)) return false;
    const owner = this.#tokens.at(-1);
    if (owner?.row !== this.#row || (owner.kind !== 'key' && owner.kind !== 'dash')) return false;
    const rest = this.#text.slice(this.#at + word.length).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      this.#push('header', word, this.#at + word.length);
      return true;
    }
    const content = this.#contentBelow(owner.column);
    if (content === undefined) this.#push('header', word, this.#text.length);
    else {
      this.#push('block', word.replace(/\d/, ''), this.#text.length, { lines: content.lines });
      this.#row = content.last;
      this.#at = this.#text.length;
    }
    return true;
  }

  /** The lines of a block scalar that kept their indentation. */
  #contentBelow(column: number): { lines: string[]; last: number } | undefined {
    const lines: string[] = [];
    let indent: number | undefined;
    let last = this.#row;
    for (let row = this.#row + 1; row < this.#lines.length; row++) {
      const text = this.#lines[row]?.text ?? '';
      const blank = /^\s*/.exec(text)?.[0] ?? '';
      if (blank.length === text.length) {
        lines.push('');
        continue;
      }
      const width = widthOf(blank);
      if (indent === undefined && width <= column) break;
      indent ??= width;
      if (width < indent) break;
      lines.push(' '.repeat(width - indent) + text.slice(blank.length));
      last = row;
    }
    if (indent === undefined) return undefined;
    return { lines: lines.slice(0, last - this.#row), last };
  }

  #keyOrText(word: string): void {
    const plain = plainBlanks(word);
    if (keyWord.test(plain)) {
      const name = plain.slice(0, -1);
      this.#push('key', name, this.#at + word.length, { name, cleaned: plain !== word });
    } else this.#plain();
  }

  /** A run of words up to the next key, list marker, comment or separator. */
  #plain(): void {
    const text = this.#text;
    const start = this.#at;
    let end = start + this.#word(start).length;
    let words = 1;
    for (;;) {
      let next = end;
      while (isBlank(text[next])) next += 1;
      if (next >= text.length) break;
      const word = this.#word(next);
      if (word === '-' || word === '---' || word.startsWith('#') || keyWord.test(plainBlanks(word))) break;
      if (words === 1 && arrow.test(word)) break;
      if (quoteOf(word[0]) !== undefined && /^["'“”‘’][^"'“”‘’]*["'“”‘’]:$/.test(word)) break;
      end = next + word.length;
      words += 1;
    }
    const source = text.slice(start, end);
    const raw = plainBlanks(source).trim();
    if (raw === '') this.#at = end;
    else this.#push('plain', raw, end, { cleaned: raw !== source });
  }

  /** Where the token stands; counted on from the one before it. */
  #columnOf(text: string): number {
    if (this.#first) this.#measured = { at: 0, width: 0 };
    const { at, width } = this.#measured;
    this.#measured = { at: this.#at, width: width + widthOf(text.slice(at, this.#at)) };
    return this.#measured.width;
  }

  #push(
    kind: TokenKind,
    raw: string,
    end: number,
    more: Partial<Pick<Token, 'name' | 'cleaned' | 'lines' | 'arrow' | 'raw'>> = {},
  ): void {
    const text = this.#text;
    this.#tokens.push({
      kind,
      raw,
      name: raw,
      row: this.#row,
      line: this.#lines[this.#row]?.number ?? 0,
      column: this.#columnOf(text),
      leads: this.#leads,
      first: this.#first,
      joined: this.#joined,
      cleaned: false,
      ...more,
    });
    this.#first = false;
    if (kind !== 'dash') this.#leads = false;
    // A value of several lines ends in a later one.
    let at = end;
    while (at > this.#text.length && this.#row < this.#lines.length - 1) {
      at -= this.#text.length + 1;
      this.#row += 1;
    }
    this.#at = at;
  }
}

/** Whether a line holds several fields; keys in quotes and brackets are not looked at. */
function isJoined(text: string): boolean {
  if (text.trimStart().startsWith('#')) return false;
  const bare = text.slice(0, 20_000).replace(/"(?:[^"\\]|\\.)*"(?!:)|\[[^\]]*\]|\{[^}]*\}/g, '""');
  const keys = bare.match(anyKey)?.length ?? 0;
  if (keys < 2) return false;
  const comment = bare.search(/\s#|\s[-–—]{2,}>|[→⇒]/u);
  return keys >= 3 || comment === -1 || (bare.slice(0, comment).match(anyKey)?.length ?? 0) >= 2;
}

/** A quoted text of several lines on one line, as YAML would read it. */
function foldQuoted(lines: readonly string[]): string {
  let folded = lines[0] ?? '';
  let empty = 0;
  for (const line of lines.slice(1)) {
    const text = line.trim();
    if (text === '') {
      empty += 1;
      continue;
    }
    if (folded.endsWith('\\') && !folded.endsWith('\\\\')) folded = folded.slice(0, -1) + text;
    else
      folded =
        empty > 0 && folded.startsWith('"')
          ? folded.trimEnd() + '\\n'.repeat(empty) + text
          : `${folded.trimEnd()} ${text}`;
    empty = 0;
  }
  return folded;
}
