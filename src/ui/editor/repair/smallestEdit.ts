/** One edit, as offsets in the text before. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The one edit that turns a text into another and leaves alone the lines that both start and end with. */
export function smallestEdit(before: string, after: string): Edit {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  // Whole lines: a line break of two characters must not be cut, nor a character of two units.
  start = start === 0 ? 0 : before.lastIndexOf('\n', start - 1) + 1;
  let same = 0;
  const most = Math.min(before.length, after.length) - start;
  while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  const cut = before.indexOf('\n', before.length - same);
  const end = cut === -1 || cut < start ? before.length : cut + 1;
  const kept = before.length - end;
  return { start, end, newText: after.slice(start, after.length - kept) };
}
