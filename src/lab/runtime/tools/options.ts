/** How a program takes its options: letters and names, with or without a value. */
export interface OptionTable {
  /** Short and long names of options that take a value, by the name under which they are found. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly flags: Readonly<Record<string, readonly string[]>>;
}

export interface ParsedOptions {
  readonly flags: ReadonlySet<string>;
  /** All values given for an option, in order. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
  /** The first option that the program does not know, as it was written. */
  readonly unknown: string | undefined;
  /** An option whose value is missing. */
  readonly incomplete: string | undefined;
}

/**
 * Reads options as getopt_long does: `-abc`, `-ovalue`, `-o value`, `--name=value`, `--`. With `stopAtOperand`
 * the first word that is no option ends them.
 */
export function parseOptions(
  args: readonly string[],
  table: OptionTable,
  stopAtOperand = false,
): ParsedOptions {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const rest = [...args];
  let unknown: string | undefined;
  let incomplete: string | undefined;
  const find = (map: Readonly<Record<string, readonly string[]>>, name: string): string | undefined =>
    Object.entries(map).find(([, names]) => names.includes(name))?.[0];
  const store = (name: string, written: string, value: string | undefined): void => {
    if (value === undefined) incomplete ??= written;
    else values.set(name, [...(values.get(name) ?? []), value]);
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest);
      break;
    }
    if (word.startsWith('--')) {
      const [name = '', ...inline] = word.split('=');
      const valued = find(table.values, name);
      const flag = find(table.flags, name);
      if (valued !== undefined) store(valued, name, inline.length > 0 ? inline.join('=') : rest.shift());
      else if (flag !== undefined) flags.add(flag);
      else unknown ??= word;
    } else if (word.startsWith('-') && word.length > 1) {
      for (let index = 1; index < word.length; index++) {
        const letter = `-${word[index] ?? ''}`;
        const valued = find(table.values, letter);
        const flag = find(table.flags, letter);
        if (valued !== undefined) {
          store(valued, letter, word.slice(index + 1) || rest.shift());
          break;
        }
        if (flag !== undefined) flags.add(flag);
        else unknown ??= letter;
      }
    } else {
      operands.push(word);
      if (stopAtOperand) {
        operands.push(...rest);
        break;
      }
    }
  }
  return { flags, values, operands, unknown, incomplete };
}
