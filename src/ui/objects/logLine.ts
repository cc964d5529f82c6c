import { oneLine } from '../../base/hostileText.ts';

const escape = '\u001b';
/** Colours and weights (SGR), the one kind of escape that a log may have. */
const colouring = new RegExp(`${escape}\\[[0-9;]*m`, 'g');

/** A log is text of the application's, and whoever writes to it: all controls but colours are shown and not obeyed. */
export function shownLine(line: string): string {
  let out = '';
  let from = 0;
  for (const match of line.matchAll(colouring)) {
    out += plain(line.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return `${out}${plain(line.slice(from))}${from === 0 ? '' : `${escape}[0m`}`;
}

function plain(text: string): string {
  return oneLine(text.replaceAll('\t', '    '), 70_000);
}
