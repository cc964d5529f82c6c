/** A text moved to the left margin as a whole, as when a part of a README or of a list is taken. */
export function dedented(text: string): string {
  const lines = text.split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  // A selection may begin behind the indentation of its first line.
  const [first = '', ...others] = filled;
  const isPartial = !/^\s/.test(first) && others.length > 0 && others.every((line) => /^\s/.test(line));
  const looksWhole =
    isPartial &&
    /^(?:apiVersion|kind|metadata)\s*:/.test(first) &&
    others.some((line) => /^\s+(?:apiVersion|kind|metadata|spec)\s*:/.test(line));
  const measured = isPartial ? (looksWhole ? others : [first]) : filled;
  const indent = Math.min(...measured.map((line) => /^ */.exec(line)?.[0].length ?? 0));
  if (!Number.isFinite(indent) || indent === 0) return text;
  return lines.map((line) => line.slice(Math.min(indent, /^ */.exec(line)?.[0].length ?? 0))).join('\n');
}
