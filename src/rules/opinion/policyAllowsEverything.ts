import { t } from '../../base/l10n.ts';
import { policyView } from '../policy/policyView.ts';
import { firstOf, isFilled } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A policy that allows everything in a direction: as if there were none. */
export const policyAllowsEverything: Rule = {
  code: 'policy-allows-everything',
  title: 'The policy allows everything in a direction',
  severity: 'hint',
  opinion: true,
  kinds: ['NetworkPolicy'],
  check({ object, report }) {
    const policy = policyView(object);
    for (const rule of policy?.rules ?? []) {
      const peers = rule.direction === 'ingress' ? 'from' : 'to';
      if (
        isFilled(rule.node.get(peers)) ||
        isFilled(rule.node.get('ports')) ||
        policy?.types.has(rule.direction) !== true
      )
        continue;
      report(
        rule.node.entries.length > 0 ? firstOf(rule.node) : rule.node,
        t('This rule allows all {0}: the policy protects nothing in that direction.', rule.direction),
      );
    }
  },
};
