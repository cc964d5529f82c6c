import type { Process } from '../system/process.ts';
import { parseOptions } from './options.ts';

const named: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\u0007',
  b: '\b',
  '\\': '\\',
};

const classes: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /\d/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /\s/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  print: /[ -~]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** The characters of a `tr` set, as bytes in latin1: ranges, classes, escapes, `[c*n]`. */
function expandSet(text: string): string[] {
  const items: string[] = [];
  const pattern = /\[:(\w+):\]|\[(.)\*(\d*)\]|\\([0-7]{1,3})|\\([^])|([^])/g;
  for (const match of text.matchAll(pattern)) {
    const [, name, repeated, count, octal, escaped, plain] = match;
    if (name !== undefined) {
      const expression = classes[name];
      for (let code = 0; code < 256; code++) {
        const char = String.fromCharCode(code);
        if (expression?.test(char) === true) items.push(char);
      }
    } else if (repeated !== undefined)
      items.push(...Array.from({ length: Number(count) || 256 }, () => repeated));
    else if (octal !== undefined) items.push(String.fromCharCode(parseInt(octal, 8)));
    else if (escaped !== undefined) items.push(named[escaped] ?? escaped);
    else items.push(plain === '-' ? '\u0100' : (plain ?? ''));
  }
  return withRanges(items);
}

/** `a-z`: a dash that stands between two characters, marked by a character that no byte is. */
function withRanges(items: readonly string[]): string[] {
  const result: string[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index] ?? '';
    const [before, after] = [result.at(-1), items[index + 1]];
    if (item !== '\u0100') result.push(item);
    else if (before === undefined || after === undefined) result.push('-');
    else {
      for (let code = before.charCodeAt(0) + 1; code <= after.charCodeAt(0); code++)
        result.push(String.fromCharCode(code));
      index++;
    }
  }
  return result;
}

/** `tr`: translates, deletes and squeezes bytes as they come. */
export async function tr(process: Process): Promise<number> {
  const { flags, operands } = parseOptions(process.argv.slice(1), {
    flags: {
      delete: ['-d', '--delete'],
      squeeze: ['-s', '--squeeze-repeats'],
      complement: ['-c', '-C', '--complement'],
      truncate: ['-t'],
    },
    values: {},
  });
  const [first, second] = operands.map((set) => Buffer.from(set).toString('latin1'));
  if (first === undefined || (second === undefined && !flags.has('delete') && !flags.has('squeeze'))) {
    await process.printError(
      `tr: missing operand${first === undefined ? '' : ` after '${first}'`}\nTry 'tr --help' for more information.\n`,
    );
    return 1;
  }
  const listed = expandSet(first);
  const from = flags.has('complement')
    ? Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter(
        (char) => !listed.includes(char),
      )
    : listed;
  const to = second === undefined ? [] : expandSet(second);
  const map = new Map(from.map((char, index) => [char, to[index] ?? to.at(-1) ?? char]));
  const removed = new Set(flags.has('delete') ? from : []);
  const squeezed = new Set(flags.has('squeeze') ? (to.length > 0 ? to : from) : []);
  let last = '';
  for (;;) {
    const bytes = await process.file(0).read(65_536, process.signal);
    if (bytes.length === 0) return 0;
    let output = '';
    for (const char of Buffer.from(bytes).toString('latin1')) {
      if (removed.has(char)) continue;
      const changed = flags.has('delete') ? char : (map.get(char) ?? char);
      if (changed === last && squeezed.has(changed)) continue;
      output += changed;
      last = changed;
    }
    if (output !== '') await process.write(1, Buffer.from(output, 'latin1'));
    await process.kernel.cpu.breathe();
  }
}
