import { ExplainedError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { LabelExpression, LabelSelector } from '../../model/labelSelector.ts';

const word = '[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?';
const requirement = new RegExp(
  String.raw`^(!?)\s*(${word})\s*(?:(==?|!=)\s*(${word})?|\s(in|notin)\s*\(([^()]*)\))?$`,
);

/**
 * A label selector as kubectl's `-l` takes it: `app=web,tier!=db,env in (a, b),!old`. An empty text selects all.
 * @throws ExplainedError that names the part that is none.
 */
export function parseSelector(text: string): LabelSelector {
  const matchLabels: Record<string, string> = {};
  const matchExpressions: LabelExpression[] = [];
  for (const part of text.split(/,(?![^()]*\))/).map((piece) => piece.trim())) {
    if (part === '') continue;
    const [, not, key, operator, value = '', set, members] = requirement.exec(part) ?? [];
    if (key === undefined || (not === '!' && (operator ?? set) !== undefined)) throw wrong(text, part);
    if (operator === '!=') matchExpressions.push({ key, operator: 'NotIn', values: [value] });
    else if (operator !== undefined) matchLabels[key] = value;
    else if (set !== undefined) {
      const values = (members ?? '').split(',').map((member) => member.trim());
      matchExpressions.push({ key, operator: set === 'in' ? 'In' : 'NotIn', values });
    } else matchExpressions.push({ key, operator: not === '!' ? 'DoesNotExist' : 'Exists', values: [] });
  }
  return { matchLabels, matchExpressions };
}

function wrong(text: string, part: string): ExplainedError {
  return new ExplainedError('bad-selector', t('"{0}" in "{1}" is no label selector', part, text), {
    remedy: t(
      'Write KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B), KEY or !KEY, with commas between.',
    ),
  });
}
