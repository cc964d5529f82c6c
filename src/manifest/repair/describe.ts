import { t } from '../../base/l10n.ts';
import { pathOf } from './frame.ts';
import type { Op } from './reading.ts';
import { written } from './render.ts';
import type { Solution } from './search.ts';
import { isFieldLike } from './situation.ts';
import type { Token } from './token.ts';

/** Something about one line of the damaged text, lines from 0. */
export interface Remark {
  readonly line: number;
  readonly message: string;
}

/** What a reading changed, in the words of the person whose text it was. */
export function changesOf({ ops }: Solution): readonly Remark[] {
  const changes: Remark[] = [];
  const counted = new Map<string, { line: number; lines: Set<number> }>();
  const count = (what: string, token: Token): void => {
    const known = counted.get(what) ?? { line: token.line, lines: new Set() };
    known.lines.add(token.line);
    counted.set(what, known);
  };
  for (const op of ops) {
    const { token } = op;
    if (op.does === 'outside') {
      if (token.kind !== 'comment') count('outside', token);
    } else if (token.cleaned) count('cleaned', token);
    if (token.arrow === true && op.does === 'comment') {
      changes.push({ line: token.line, message: t('The note behind an arrow became a comment.') });
    }
    if (op.does === 'item' && op.added) {
      changes.push({ line: token.line, message: t('A list marker was put before "{0}".', written(token)) });
    }
    if (op.does === 'key' && token.joined && !token.first) count('joined', token);
    else if ((op.does === 'key' || op.does === 'item') && token.first && token.column !== op.indent)
      count('indented', token);
  }
  const summary: readonly (readonly [string, (lines: string) => string])[] = [
    ['joined', (lines) => t('Line breaks and indentation were put back ({0}).', lines)],
    ['indented', (lines) => t('The indentation was put back ({0}).', lines)],
    [
      'cleaned',
      (lines) => t('Typographic quotes, dashes and blanks were exchanged for plain ones ({0}).', lines),
    ],
    ['outside', (lines) => t('Text around the manifests was kept as comments ({0}).', lines)],
  ];
  for (const [what, message] of summary) {
    const found = counted.get(what);
    if (found) changes.push({ line: found.line, message: message(linesText(found.lines.size)) });
  }
  return changes.sort((a, b) => a.line - b.line);
}

/** What could not be known from the text, so that somebody should look. */
export function notesOf({ ops }: Solution, crowded: boolean): readonly Remark[] {
  const notes: Remark[] = [];
  const told = new Set<string>();
  const tell = (token: Token, message: string): void => {
    if (told.has(message)) return;
    told.add(message);
    notes.push({ line: token.line, message });
  };
  let key = '';
  let items: Token[] = [];
  const tellItems = (): void => {
    const [first] = items;
    if (first) {
      tell(
        first,
        t(
          'The list {0} was read as items cut at every " - ": where a text had a dash of its own, join them again.',
          key,
        ),
      );
    }
    items = [];
  };
  ops.forEach((op, index) => {
    const { token } = op;
    if (op.does === 'key') {
      tellItems();
      key = pathOf(op.frame, token.raw);
    }
    if (
      op.does === 'item' &&
      token.joined &&
      ops[index + 1]?.does === 'value' &&
      ops[index + 1]?.token.kind === 'plain'
    ) {
      items.push(token);
    }
    if (op.does === 'header') {
      tell(
        token,
        token.joined
          ? t('The line breaks in the text of {0} are lost: put them back by hand.', key)
          : t(
              'The text of {0} lost its indentation: check where it ends, and how its lines are indented.',
              key,
            ),
      );
    }
    if (op.does === 'content' && op.whole && ops[index - 1]?.token.kind === 'block') {
      tell(token, t('The lines below the text of {0} were read as a part of it: check where it ends.', key));
    }
    if (op.does === 'comment' && token.kind === 'opening') {
      tell(token, t('Where the comment behind {0} ends was worked out from what follows it.', key));
    }
    if (op.does === 'glue' && token.kind === 'dash')
      tell(token, t('The dash behind {0} was read as a part of its text.', key));
    if (op.does === 'glue' && (token.kind === 'key' || token.first)) {
      tell(token, t('"{0}" was read as a part of the text of {1}.', written(token), key));
    }
  });
  tellItems();
  const [first] = ops;
  if (crowded && first) {
    notes.push({
      line: first.token.line,
      message: t('There are very many ways to read this text: compare the result with its source.'),
    });
  }
  return notes;
}

/** What has no place, by line: also what looks like a field between the manifests. */
export function lostIn({ ops }: Solution): readonly Remark[] {
  const lost = new Map<number, string[]>();
  let field: Token | undefined;
  ops.forEach((op, index) => {
    const { token } = op;
    if (op.does === 'outside' && token.kind === 'key' && isFieldLike(token, ops[index + 1]?.token))
      field = token;
    const isLost = op.does === 'lost' || (op.does === 'outside' && field?.row === token.row);
    if (!isLost) return;
    const words = lost.get(token.line) ?? [];
    words.push(written(token));
    lost.set(token.line, words);
  });
  return [...lost].map(([line, words]) => ({ line, message: words.join(' ') }));
}

/** Where the other reading differs first, as a person would ask it. */
export function differenceOf(best: Solution, other: Solution): Remark | undefined {
  const places = placesOf(best.ops);
  const others = placesOf(other.ops);
  const all = [...new Set([...places.keys(), ...others.keys()])].sort((a, b) => a.row - b.row);
  for (const token of all) {
    const [before, after] = [places.get(token), others.get(token)];
    if (before?.place === after?.place) continue;
    const what = after?.what ?? before?.what ?? '';
    const place = after?.place ?? t('as text');
    const message =
      before === undefined
        ? t('"{0}" in line {1}: {2}', what, token.line + 1, place)
        : t('"{0}" in line {1}: {2} instead of {3}', what, token.line + 1, place, before.place);
    return { line: token.line, message };
  }
  return undefined;
}

interface Place {
  readonly what: string;
  readonly place: string;
}

function placesOf(ops: readonly Op[]): ReadonlyMap<Token, Place> {
  const places = new Map<Token, Place>();
  let key = '';
  ops.forEach((op, index) => {
    const { token } = op;
    const what = written(token);
    if (op.does === 'key') {
      key = pathOf(op.frame, token.raw);
      places.set(token, { what, place: key });
    } else if (op.does === 'item' && !op.added) {
      const next = ops[index + 1]?.token;
      const place = t('an item indented by {0} blanks', op.indent);
      places.set(token, { what: next ? `- ${written(next)}` : '-', place });
    } else if (op.does === 'glue' || op.does === 'content' || op.does === 'remark') {
      const place = op.does === 'remark' ? t('part of the comment') : t('part of the text of {0}', key);
      places.set(token, { what, place });
    } else if (op.does === 'outside') places.set(token, { what, place: t('text around the manifest') });
    else if (op.does === 'lost') places.set(token, { what, place: t('left out') });
  });
  return places;
}

function linesText(count: number): string {
  return count === 1 ? t('1 line') : t('{0} lines', count);
}
