import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { insertFix } from '../edits.ts';
import { isFilled, isSet, itemsOf, keyPlace } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { policyView } from './policyView.ts';

/** Rules of a direction that policyTypes does not name: they do nothing. */
export const policyRuleIgnored: Rule = {
  code: 'policy-rule-ignored',
  title: 'Rules of a direction that policyTypes does not name',
  severity: 'warning',
  kinds: ['NetworkPolicy'],
  check({ object, text, report }) {
    const policy = policyView(object);
    if (policy === undefined) return;
    for (const direction of ['ingress', 'egress'] as const) {
      const rules = policy.spec.get(direction);
      const written =
        direction === 'egress' && !isFilled(policy.spec.get('policyTypes')) ? isSet(rules) : isFilled(rules);
      if (!written || policy.types.has(direction)) continue;
      const type = direction === 'ingress' ? 'Ingress' : 'Egress';
      const fixes = fixesFor(policy.spec, type, text);
      report(
        keyPlace(policy.spec, direction),
        isFilled(rules)
          ? t(
              'The {0} rules do nothing: policyTypes does not name {1}, so the policy leaves that direction open.',
              direction,
              type,
            )
          : t(
              '"{0}: []" does nothing: policyTypes does not name {1}, so the policy leaves that direction open.',
              direction,
              type,
            ),
        { fixes },
      );
    }
  },
};

function fixesFor(spec: MapNode, type: string, text: string): readonly FixDraft[] {
  const list = spec.get('policyTypes');
  const last = itemsOf(list).at(-1);
  if (last === undefined)
    return insertFix(t('Add policyTypes: [Ingress, Egress]'), spec, 'policyTypes: [Ingress, Egress]', text);
  const flow = list?.type === 'list' && list.flow;
  const newText = flow ? `, ${type}` : `\n${' '.repeat(columnOfDash(text, last.start))}- ${type}`;
  return [
    {
      title: t('Add {0} to policyTypes', type),
      preferred: true,
      edits: [{ start: last.end, end: last.end, newText }],
    },
  ];
}

/** The column of the dash in front of an item. */
function columnOfDash(text: string, start: number): number {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return text.slice(line, start).lastIndexOf('-');
}
