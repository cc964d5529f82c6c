/*
 * Expands a snippet as VS Code does when nobody types anything: the grammar of
 * https://code.visualstudio.com/docs/editing/userdefinedsnippets#_grammar without transforms and variables, which
 * our snippets do not use; it throws on them. The host suite checks the answer against the real editor.
 */

type Part =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'stop'; readonly index: number; readonly inside: readonly Part[] }
  | { readonly is: 'choice'; readonly index: number; readonly options: readonly string[] };

export interface Expansion {
  readonly text: string;
  /** Every tab stop's number, in the order in which the keys visit them; 0 comes last. */
  readonly stops: readonly number[];
  /** The options of each tab stop that offers a choice. */
  readonly choices: ReadonlyMap<number, readonly string[]>;
}

/**
 * @param picked the option taken of a choice, by the number of its tab stop; else it is the first.
 * @throws Error on a variable, a transform, a broken placeholder, or one that contains itself.
 */
export function expandSnippet(body: string, picked: ReadonlyMap<number, string> = new Map()): Expansion {
  const parts = new SnippetParser(body).parse();
  const defaults = new Map<number, Part>();
  const stops = new Set<number>();
  const choices = new Map<number, readonly string[]>();
  for (const part of walk(parts)) {
    if (part.is === 'text') continue;
    stops.add(part.index);
    if (part.is === 'choice') choices.set(part.index, part.options);
    const hasDefault = part.is === 'choice' || part.inside.length > 0;
    if (hasDefault && !defaults.has(part.index)) defaults.set(part.index, part);
  }
  const text = parts.map((part) => render(part, { defaults, picked }, [])).join('');
  const order = [...stops].sort((a, b) => (a === 0 ? 1 : b === 0 ? -1 : a - b));
  return { text, stops: order, choices };
}

function* walk(parts: readonly Part[]): Generator<Part> {
  for (const part of parts) {
    yield part;
    if (part.is === 'stop') yield* walk(part.inside);
  }
}

interface Values {
  readonly defaults: ReadonlyMap<number, Part>;
  readonly picked: ReadonlyMap<number, string>;
}

function render(part: Part, values: Values, within: readonly number[]): string {
  if (part.is === 'text') return part.text;
  if (part.is === 'choice') return values.picked.get(part.index) ?? part.options[0] ?? '';
  if (within.includes(part.index)) throw new Error(`Tab stop ${part.index} contains itself`);
  if (part.inside.length === 0) {
    const other = values.defaults.get(part.index);
    return other === undefined ? '' : render(other, values, within);
  }
  return part.inside.map((inner) => render(inner, values, [...within, part.index])).join('');
}

class SnippetParser {
  readonly #body: string;
  #at = 0;

  constructor(body: string) {
    this.#body = body;
  }

  parse(): readonly Part[] {
    return this.#parts(false);
  }

  #parts(nested: boolean): readonly Part[] {
    const parts: Part[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') parts.push({ is: 'text', text });
      text = '';
    };
    while (this.#at < this.#body.length) {
      const char = this.#body[this.#at] ?? '';
      if (char === '\\' && /[\\$}]/.test(this.#body[this.#at + 1] ?? '')) {
        text += this.#body[this.#at + 1] ?? '';
        this.#at += 2;
      } else if (nested && char === '}') {
        break;
      } else if (char === '$' && /[\d{A-Za-z_]/.test(this.#body[this.#at + 1] ?? '')) {
        flush();
        parts.push(this.#stop());
      } else {
        text += char;
        this.#at++;
      }
    }
    flush();
    return parts;
  }

  #stop(): Part {
    const simple = this.#take(/\$(\d+)/y);
    if (simple) return { is: 'stop', index: Number(simple[1]), inside: [] };
    const open = this.#take(/\$\{(\d+)/y);
    if (!open) throw new Error(`A variable, which is not known here, at: ${this.#rest()}`);
    const index = Number(open[1]);
    if (this.#take(/\}/y)) return { is: 'stop', index, inside: [] };
    const choice = this.#take(/\|((?:\\.|[^\\|])+)\|\}/y);
    if (choice) return { is: 'choice', index, options: splitOptions(choice[1] ?? '') };
    if (!this.#take(/:/y)) throw new Error(`A transform, which is not known here, at: ${this.#rest()}`);
    const inside = this.#parts(true);
    if (!this.#take(/\}/y)) throw new Error(`Placeholder ${index} is not closed`);
    return { is: 'stop', index, inside };
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#body) ?? undefined;
    if (found) this.#at += found[0].length;
    return found;
  }

  #rest(): string {
    return JSON.stringify(this.#body.slice(this.#at, this.#at + 30));
  }
}

/** Options end at a comma; `\,`, `\|` and `\\` stand for themselves. */
function splitOptions(text: string): readonly string[] {
  return [...text.matchAll(/((?:\\.|[^\\,])*)(?:,|$)/g)]
    .map((found) => (found[1] ?? '').replace(/\\([\\,|])/g, '$1'))
    .slice(0, -1);
}
