import type { ParameterOperation, ParameterPart, WordNode } from './ast.ts';
import { ShellError } from './flow.ts';
import { patternSource, type Piece } from './pattern.ts';
import type { Shell } from './shell.ts';

/** What a parameter stands for: one value, or a list that `"$@"` keeps apart. */
export interface ParameterValue {
  readonly values: readonly string[];
  /** `@`-like lists stay separate words inside quotes, `*`-like ones are joined. */
  readonly list: 'at' | 'star' | undefined;
  readonly set: boolean;
}

/** What parameter operations need of word expansion. */
export interface WordExpansion {
  text(word: WordNode): Promise<string>;
  pieces(word: WordNode): Promise<Piece[]>;
  number(expression: Extract<ParameterOperation, { type: 'Substring' }>['offset']): Promise<number>;
}

const elementPattern = /^([A-Za-z_]\w*)\[(.*)\]$/s;

/** The value of `$x`, `$1`, `$@`, `${a[0]}`, `${a[@]}`. */
export async function lookUp(
  shell: Shell,
  name: string,
  expandKey: (key: string) => Promise<string>,
): Promise<ParameterValue> {
  if (name === '@' || name === '*') {
    return { values: shell.positional, list: name === '@' ? 'at' : 'star', set: shell.positional.length > 0 };
  }
  const element = elementPattern.exec(name);
  if (element === null) {
    const value = shell.get(name);
    return { values: value === undefined ? [] : [value], list: undefined, set: value !== undefined };
  }
  const [, array = '', key = ''] = element;
  const variable = shell.variables.find(array)?.value;
  if (key === '@' || key === '*') {
    const values =
      variable === undefined ? [] : typeof variable === 'string' ? [variable] : [...variable.values()];
    const present = values.filter((value): value is string => (value as string | undefined) !== undefined);
    return { values: present, list: key === '@' ? 'at' : 'star', set: present.length > 0 };
  }
  const resolved = await expandKey(key);
  const value = elementOf(variable, resolved);
  return { values: value === undefined ? [] : [value], list: undefined, set: value !== undefined };
}

export function elementOf(
  variable: string | string[] | Map<string, string> | undefined,
  key: string,
): string | undefined {
  if (variable instanceof Map) return variable.get(key);
  const list = typeof variable === 'string' ? [variable] : (variable ?? []);
  return list.at(Number(key));
}

/** Applies `${x:-…}`, `${#x}`, `${x%…}` and the like. `undefined` values stand for unset. */
export async function applyOperation(
  shell: Shell,
  part: ParameterPart,
  value: ParameterValue,
  expand: WordExpansion,
): Promise<ParameterValue | { readonly word: WordNode }> {
  const { operation } = part;
  if (operation === null) return checked(shell, part.parameter, value);
  const missing = (checkEmpty: boolean): boolean =>
    !value.set || (checkEmpty && value.values.join('') === '');
  const one = (text: string): ParameterValue => ({ values: [text], list: undefined, set: true });
  const each = (change: (text: string) => string): ParameterValue => ({
    ...checked(shell, part.parameter, value),
    values: value.values.map(change),
  });
  switch (operation.type) {
    case 'DefaultValue':
      return missing(operation.checkEmpty) ? { word: operation.word } : value;
    case 'UseAlternative':
      return missing(operation.checkEmpty)
        ? { values: [], list: undefined, set: true }
        : { word: operation.word };
    case 'AssignDefault': {
      if (!missing(operation.checkEmpty)) return value;
      const text = await expand.text(operation.word);
      shell.set(part.parameter, text);
      return one(text);
    }
    case 'ErrorIfUnset': {
      if (!missing(operation.checkEmpty)) return value;
      const said = operation.word === null ? '' : await expand.text(operation.word);
      const empty = shell.flavour.name === 'bash' ? 'parameter null or not set' : 'parameter not set or null';
      const byDefault = operation.checkEmpty ? empty : 'parameter not set';
      throw new ShellError(`${part.parameter}: ${said === '' ? byDefault : said}`, {
        fatal: true,
        status: 127,
      });
    }
    case 'Length':
      if (value.list) return one(String(value.values.length));
      return one(String(Array.from(checked(shell, part.parameter, value).values[0] ?? '').length));
    case 'Substring': {
      const offset = await expand.number(operation.offset);
      const length = operation.length === null ? undefined : await expand.number(operation.length);
      if (value.list === undefined) return each((text) => slice(Array.from(text), offset, length).join(''));
      // `${@:1}` counts from `$1`; `${@:0}` includes `$0`.
      const all =
        part.parameter === '@' || part.parameter === '*' ? [shell.name, ...value.values] : value.values;
      return { ...value, values: slice([...all], offset, length) };
    }
    case 'PatternRemoval': {
      const source = patternSource(await expand.pieces(operation.pattern));
      return each((text) => removePattern(text, source, operation.side, operation.greedy));
    }
    case 'PatternReplacement': {
      const source = patternSource(await expand.pieces(operation.pattern));
      const replacement = operation.replacement === null ? '' : await expand.text(operation.replacement);
      if (source === '' && operation.anchor === null) return value;
      const anchored =
        operation.anchor === 'start'
          ? `^(?:${source})`
          : operation.anchor === 'end'
            ? `(?:${source})$`
            : source;
      const expression = new RegExp(anchored, operation.all ? 'gu' : 'u');
      return each((text) => text.replace(expression, () => replacement));
    }
    case 'CaseModification': {
      const upper = operation.direction === 'upper';
      const change = (text: string): string => (upper ? text.toUpperCase() : text.toLowerCase());
      return each((text) => (operation.all ? change(text) : change(text.slice(0, 1)) + text.slice(1)));
    }
    case 'Transform':
      return each((text) => transform(text, operation.operator, part.parameter));
    case 'Indirection': {
      const target = value.values[0];
      if (target === undefined)
        throw new ShellError(`${part.parameter}: invalid indirect expansion`, { fatal: true });
      const inner = await lookUp(shell, target, (key) => Promise.resolve(key));
      if (operation.innerOp === undefined) return inner;
      return applyOperation(
        shell,
        { ...part, parameter: target, operation: operation.innerOp },
        inner,
        expand,
      );
    }
    case 'ArrayKeys': {
      const variable = shell.variables.find(operation.array)?.value;
      const keys =
        variable instanceof Map ? [...variable.keys()] : Array.isArray(variable) ? Object.keys(variable) : [];
      return { values: keys, list: operation.star ? 'star' : 'at', set: keys.length > 0 };
    }
    case 'VarNamePrefix': {
      const names = shell.variables.names().filter((name) => name.startsWith(operation.prefix));
      return { values: names, list: operation.star ? 'star' : 'at', set: names.length > 0 };
    }
    case 'BadSubstitution':
      throw new ShellError(`${operation.text}: bad substitution`, { fatal: true });
    case 'LengthSliceError':
      throw new ShellError(`\${#${part.parameter}:…}: bad substitution`, { fatal: true });
  }
}

function checked(shell: Shell, name: string, value: ParameterValue): ParameterValue {
  if (!value.set && shell.options.nounset && value.list === undefined) {
    const text = shell.flavour.name === 'bash' ? 'unbound variable' : 'parameter not set';
    throw new ShellError(`${name}: ${text}`, {
      fatal: true,
      status: shell.flavour.name === 'bash' ? 127 : 2,
    });
  }
  return value;
}

function slice<T>(items: T[], offset: number, length: number | undefined): T[] {
  const start = offset < 0 ? Math.max(0, items.length + offset) : offset;
  if (length === undefined) return items.slice(start);
  return length < 0 ? items.slice(start, items.length + length) : items.slice(start, start + length);
}

/** Shortest and longest matches are tried one by one: a shell pattern has no lazy form that anchors rightly. */
function removePattern(text: string, source: string, side: 'prefix' | 'suffix', greedy: boolean): string {
  const whole = new RegExp(`^(?:${source})$`, 'u');
  const lengths = Array.from({ length: text.length + 1 }, (_, index) =>
    greedy ? text.length - index : index,
  );
  for (const length of lengths) {
    const part = side === 'prefix' ? text.slice(0, length) : text.slice(text.length - length);
    if (whole.test(part)) return side === 'prefix' ? text.slice(length) : text.slice(0, text.length - length);
  }
  return text;
}

function transform(text: string, operator: string, name: string): string {
  if (operator === 'Q' || operator === 'K' || operator === 'k') return quote(text);
  if (operator === 'A') return `${name}=${quote(text)}`;
  if (operator === 'U') return text.toUpperCase();
  if (operator === 'L') return text.toLowerCase();
  return operator === 'u' ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}

/** A word in single quotes that the shell reads back as the text. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
