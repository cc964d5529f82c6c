import { absolute } from '../fs/fileSystem.ts';
import { evaluate, type ArithmeticContext } from './arithmetic.ts';
import type {
  ArithmeticExpression,
  ArithmeticNode,
  BracePart,
  ParameterPart,
  WordNode,
  WordPart,
} from './ast.ts';
import { ShellError } from './flow.ts';
import { applyOperation, elementOf, lookUp, type ParameterValue } from './parameter.ts';
import { expandPath, hasWildcard, type Piece } from './pattern.ts';
import type { Shell } from './shell.ts';

const mostWords = 100_000;

/** Collects the fields of one word: pieces that belong together, and where a new field begins. */
class Fields {
  readonly finished: Piece[][] = [];
  private current: Piece[] | undefined;

  add(text: string, quoted: boolean): void {
    if (text === '' && !quoted) return;
    (this.current ??= []).push({ text, quoted });
  }

  /** Unquoted results of expansions: split at the separators. */
  addSplit(text: string, separators: string): void {
    const blanks = Array.from(separators)
      .filter((char) => /[ \t\n]/.test(char))
      .join('');
    let word = '';
    let afterSeparator = false;
    for (const char of text) {
      if (!separators.includes(char)) {
        word += char;
        afterSeparator = false;
      } else {
        this.add(word, false);
        word = '';
        if (!blanks.includes(char)) {
          if (this.current === undefined && !afterSeparator) this.current = [];
          if (this.current === undefined) this.finished.push([]);
          afterSeparator = true;
        }
        this.break();
      }
    }
    this.add(word, false);
  }

  break(): void {
    if (this.current !== undefined) this.finished.push(this.current);
    this.current = undefined;
    if (this.finished.length > mostWords) throw new ShellError('argument list too long');
  }

  end(): Piece[][] {
    this.break();
    return this.finished;
  }
}

/** Turns the words of a script into the strings that commands get. */
export class Expander implements ArithmeticContext {
  private readonly shell: Shell;

  constructor(shell: Shell) {
    this.shell = shell;
  }

  /** Words of a command: braces, expansions, splitting, path names, quote removal. */
  async words(nodes: readonly WordNode[]): Promise<string[]> {
    const result: string[] = [];
    for (const node of nodes) {
      for (const parts of braces(node.parts)) {
        for (const pieces of await this.fields(parts)) result.push(...this.paths(pieces));
      }
    }
    return result;
  }

  /** One string, as on the right of an assignment: nothing is split. */
  async text(node: WordNode): Promise<string> {
    return (await this.pieces(node)).map(({ text }) => text).join('');
  }

  /** One unsplit word whose quoted parts stay marked, as `case` patterns need it. */
  async pieces(node: WordNode): Promise<Piece[]> {
    const pieces: Piece[] = [];
    for (const [index, part] of node.parts.entries()) {
      if (part.type === 'Literal')
        pieces.push({ text: index === 0 ? this.tilde(part.value) : part.value, quoted: false });
      else if (part.type === 'Glob') pieces.push({ text: part.pattern, quoted: false });
      else {
        const quoted = part.type !== 'ParameterExpansion' && part.type !== 'CommandSubstitution';
        pieces.push({ text: await this.partText(part), quoted });
      }
    }
    return pieces;
  }

  async number(node: ArithmeticNode): Promise<number> {
    return evaluate(node.expression, this);
  }

  async read(name: string): Promise<string> {
    const value = this.shell.get(name);
    if (value === undefined && this.shell.options.nounset) {
      throw new ShellError(`${name}: unbound variable`, { fatal: true, status: 127 });
    }
    return Promise.resolve(value ?? '');
  }

  readElement(array: string, key: string): Promise<string> {
    return Promise.resolve(elementOf(this.shell.variables.find(array)?.value, key) ?? '');
  }

  assign(name: string, key: string | undefined, value: string): Promise<void> {
    if (key === undefined) this.shell.set(name, value);
    else this.shell.variables.setElement(name, key, value);
    return Promise.resolve();
  }

  async expandText(text: string): Promise<string> {
    const script = await this.shell.evaluator.parse(`: "${text}"`);
    const command = script.statements[0]?.pipelines[0]?.commands[0];
    const word = command?.type === 'SimpleCommand' ? command.args[0] : undefined;
    return word === undefined ? '' : this.text(word);
  }

  async parse(text: string): Promise<ArithmeticExpression> {
    const script = await this.shell.evaluator.parse(`: $((${text}))`);
    const command = script.statements[0]?.pipelines[0]?.commands[0];
    const part = command?.type === 'SimpleCommand' ? command.args[0]?.parts[0] : undefined;
    if (part?.type !== 'ArithmeticExpansion') {
      throw new ShellError(`${text}: syntax error in expression`, { fatal: true });
    }
    return part.expression.expression;
  }

  /** The key of an array element: an expression, or text for an associative array. */
  async key(array: string, key: string): Promise<string> {
    const plain = key.replace(/^(['"])(.*)\1$/s, '$2');
    if (this.shell.variables.find(array)?.value instanceof Map) {
      return plain.includes('$') ? this.expandText(plain) : plain;
    }
    return /^-?\d+$/.test(plain) ? plain : String(await evaluate(await this.parse(plain), this));
  }

  private async fields(parts: readonly WordPart[]): Promise<Piece[][]> {
    const fields = new Fields();
    for (const [index, part] of parts.entries()) {
      switch (part.type) {
        case 'Literal':
          fields.add(index === 0 ? this.tilde(part.value) : part.value, false);
          break;
        case 'Glob':
          fields.add(part.pattern, false);
          break;
        case 'DoubleQuoted':
          await this.quotedParts(part.parts, fields);
          break;
        case 'ParameterExpansion':
          await this.parameter(part, fields, false);
          break;
        case 'CommandSubstitution':
        case 'ArithmeticExpansion':
          fields.addSplit(await this.partText(part), this.shell.separators);
          break;
        case 'SingleQuoted':
        case 'Escaped':
        case 'TildeExpansion':
        case 'ProcessSubstitution':
        case 'BraceExpansion':
          fields.add(await this.partText(part), true);
      }
    }
    return fields.end();
  }

  private async quotedParts(parts: readonly WordPart[], fields: Fields): Promise<void> {
    // "$@" without arguments is no word at all, "" is an empty one.
    const only = parts.length === 1 ? parts[0] : undefined;
    const vanishes =
      only?.type === 'ParameterExpansion' && (only.parameter === '@' || only.parameter.endsWith('[@]'));
    if (!vanishes) fields.add('', true);
    for (const part of parts) {
      if (part.type === 'ParameterExpansion') await this.parameter(part, fields, true);
      else fields.add(await this.partText(part), true);
    }
  }

  private async parameter(part: ParameterPart, fields: Fields, quoted: boolean): Promise<void> {
    const result = await this.parameterValue(part);
    if ('word' in result) {
      if (quoted) fields.add(await this.text(result.word), true);
      else await this.defaultWord(result.word, fields);
      return;
    }
    if (result.list === undefined) {
      const text = result.values[0] ?? '';
      if (quoted) fields.add(text, true);
      else fields.addSplit(text, this.shell.separators);
    } else if (quoted && result.list === 'star') {
      fields.add(result.values.join(this.shell.separators.slice(0, 1)), true);
    } else {
      for (const [index, value] of result.values.entries()) {
        if (index > 0) fields.break();
        if (quoted) fields.add(value, true);
        else fields.addSplit(value, this.shell.separators);
      }
    }
  }

  /** `${x:-a b}` outside of quotes is split like any expansion; quotes inside it hold. */
  private async defaultWord(word: WordNode, fields: Fields): Promise<void> {
    for (const part of word.parts) {
      if (part.type === 'ParameterExpansion') await this.parameter(part, fields, false);
      else if (part.type === 'DoubleQuoted') await this.quotedParts(part.parts, fields);
      else if (part.type === 'SingleQuoted' || part.type === 'Escaped') fields.add(part.value, true);
      else fields.addSplit(await this.partText(part), this.shell.separators);
    }
  }

  private async parameterValue(part: ParameterPart): Promise<ParameterValue | { word: WordNode }> {
    const array = part.parameter.split('[', 1)[0] ?? '';
    const value = await lookUp(this.shell, part.parameter, (key) => this.key(array, key));
    return applyOperation(this.shell, part, value, this);
  }

  private async partText(part: WordPart): Promise<string> {
    switch (part.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'Escaped':
        return part.value;
      case 'Glob':
        return part.pattern;
      case 'DoubleQuoted': {
        let text = '';
        for (const inner of part.parts) text += await this.partText(inner);
        return text;
      }
      case 'ParameterExpansion': {
        const result = await this.parameterValue(part);
        if ('word' in result) return this.text(result.word);
        const joint = result.list === 'star' ? this.shell.separators.slice(0, 1) : ' ';
        return result.values.join(joint);
      }
      case 'CommandSubstitution':
        return this.shell.evaluator.substitute(this.shell, part.body);
      case 'ArithmeticExpansion':
        return String(await this.number(part.expression));
      case 'TildeExpansion':
        return part.user === null ? (this.shell.get('HOME') ?? '/') : this.home(part.user);
      case 'BraceExpansion':
        return braceTexts(part)
          .map((text) => text.map((p) => ('value' in p ? p.value : '')).join(''))
          .join(' ');
      case 'ProcessSubstitution':
        return this.processSubstitution(part);
    }
  }

  private processSubstitution(part: Extract<WordPart, { type: 'ProcessSubstitution' }>): string {
    const number = this.shell.evaluator.substituteProcess(this.shell, part.body, part.direction);
    return `/dev/fd/${number}`;
  }

  private tilde(text: string): string {
    const user = /^~([a-z_][\w-]*)?(?=\/|$)/.exec(text);
    if (user === null) return text;
    const home = user[1] === undefined ? (this.shell.get('HOME') ?? '/') : this.home(user[1]);
    return home + text.slice(user[0].length);
  }

  private home(user: string): string {
    const passwd = Buffer.from(this.shell.process.kernel.files.readFile('/etc/passwd')).toString();
    const entry = passwd
      .split('\n')
      .map((line) => line.split(':'))
      .find(([name]) => name === user);
    return entry?.[5] ?? `~${user}`;
  }

  private paths(pieces: Piece[]): string[] {
    const plain = pieces.map(({ text }) => text).join('');
    if (this.shell.options.noglob || !hasWildcard(pieces)) return [plain];
    const found = expandPath(pieces, this.shell.process.files, absolute(this.shell.process.cwd, '.'));
    return found.length > 0 ? found : [plain];
  }
}

/** The words that `{a,b}` and `{1..3}` make of one. */
function braces(parts: readonly WordPart[]): WordPart[][] {
  const index = parts.findIndex((part) => part.type === 'BraceExpansion');
  const part = parts[index];
  if (part?.type !== 'BraceExpansion') return [[...parts]];
  const before = parts.slice(0, index);
  const after = braces(parts.slice(index + 1));
  const words = braceTexts(part).flatMap((middle) => after.map((rest) => [...before, ...middle, ...rest]));
  if (words.length > mostWords) throw new ShellError('brace expansion: too many words');
  return words;
}

function braceTexts(part: BracePart): WordPart[][] {
  return part.items.flatMap((item) => {
    if (item.type === 'Word') return braces(item.word.parts);
    return range(item.startStr ?? String(item.start), item.endStr ?? String(item.end), item.step).map(
      (value) => [{ type: 'Literal' as const, value }],
    );
  });
}

function range(start: string, end: string, step = 1): string[] {
  const letters = !/^-?\d+$/.test(start);
  const from = letters ? (start.codePointAt(0) ?? 0) : Number(start);
  const to = letters ? (end.codePointAt(0) ?? 0) : Number(end);
  const by = Math.max(1, Math.abs(step));
  const count = Math.floor(Math.abs(to - from) / by) + 1;
  if (count > mostWords) throw new ShellError('brace expansion: too many words');
  const width = /^-?0\d/.test(start) || /^-?0\d/.test(end) ? Math.max(start.length, end.length) : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = from + (to < from ? -by : by) * index;
    return letters ? String.fromCodePoint(value) : String(value).padStart(width, '0');
  });
}
