/*
 * The same for flow style, `{a: b, c: [d]}`: read character by character from where the first bracket opens to
 * the cursor.
 */

/** Where in a flow collection a cursor is, seen from the block line that the collection starts on. */
export interface FlowPlace {
  /** The key that the collection is the value of; '' when it stands behind a dash. */
  readonly key: string;
  /** Column of that key, or of what stands behind the dash. */
  readonly column: number;
  readonly dashes: readonly number[];
  /** How many lines above the cursor's the collection starts. */
  readonly linesUp: number;
  readonly steps: readonly string[];
  readonly at: 'key' | 'value';
  readonly siblings: ReadonlySet<string>;
  /** How long the word before the cursor is. */
  readonly word: number;
}

interface Frame {
  readonly isMap: boolean;
  key: string | undefined;
  readonly keys: Set<string>;
}

const opening = /^(\s*)((?:- +)*)(?:(?:"([^"]*)"|'([^']*)'|([\w./$-]+))\s*:\s+)?(?:[&!]\S+\s+)*(?=[[{])/;
/** Longer collections are written in block style. */
const longest = 40;

/**
 * @param above the lines above the cursor's
 * @param before the cursor's line up to the cursor
 * @param after everything behind the cursor
 */
export function flowAt(above: readonly string[], before: string, after: string): FlowPlace | undefined {
  for (let up = 0; up <= Math.min(longest, above.length); up++) {
    const first = up === 0 ? before : (above[above.length - up] ?? '');
    const match = opening.exec(first);
    if (!match) {
      // A line without brackets ends the search, unless it continues a collection.
      if (up > 0 && /^\s*(?:- +)*[\w./$-]+\s*:\s*(?:#.*)?$/.test(first)) return undefined;
      continue;
    }
    const [head, blanks = '', dashes = '', double, single, plain] = match;
    const key = double ?? single ?? plain ?? '';
    // A line that begins with a bracket may be the middle of a collection.
    if (key === '' && dashes === '' && up < above.length) continue;
    const lines = up === 0 ? [] : [...above.slice(above.length - up + 1), before];
    const inside = readFlow([first.slice(head.length), ...lines].join('\n'), after);
    if (inside === undefined) return undefined;
    return {
      key,
      column: blanks.length + dashes.length,
      dashes: [...dashes.matchAll(/-/g)].map(({ index }) => blanks.length + index),
      linesUp: up,
      ...inside,
    };
  }
  return undefined;
}

function readFlow(
  text: string,
  after: string,
): Pick<FlowPlace, 'steps' | 'at' | 'siblings' | 'word'> | undefined {
  const frames: Frame[] = [];
  let word = '';
  let quote = '';
  for (const character of text) {
    const frame = frames.at(-1);
    if (quote !== '') {
      if (character === quote) quote = '';
      else word += character;
    } else if ((character === '"' || character === "'") && word.trim() === '') {
      quote = character;
      word = '';
    } else if (character === '{' || character === '[') {
      frames.push({ isMap: character === '{', key: undefined, keys: new Set() });
      word = '';
    } else if (character === '}' || character === ']') {
      frames.pop();
      word = '';
    } else if (character === ',') {
      if (frame) frame.key = undefined;
      word = '';
    } else if (character === ':' && frame?.isMap === true && frame.key === undefined) {
      frame.key = word.trim();
      frame.keys.add(frame.key);
      word = '';
    } else word += character;
  }
  const last = frames.at(-1);
  if (last === undefined) return undefined;
  const steps = frames.flatMap((frame) =>
    frame.isMap ? (frame.key === undefined ? [] : [frame.key]) : ['#'],
  );
  const isKey = last.isMap && last.key === undefined;
  const following = /^[^{}[\]]*/.exec(after)?.[0] ?? '';
  const later = [...following.matchAll(/,\s*([\w./$-]+)\s*:/g)].map(([, key = '']) => key);
  return {
    steps,
    at: isKey || !last.isMap ? 'key' : 'value',
    siblings: new Set([...last.keys, ...later]),
    word: /[\w./$-]*$/.exec(word)?.[0].length ?? 0,
  };
}
