import { t } from '../../base/l10n.ts';
import { policyView } from '../policy/policyView.ts';
import { keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A policy that allows nothing in a direction. */
export const policyBlocksEverything: Rule = {
  code: 'policy-blocks-everything',
  title: 'The policy blocks everything in a direction',
  severity: 'hint',
  opinion: true,
  kinds: ['NetworkPolicy'],
  check({ object, report }) {
    const policy = policyView(object);
    if (policy === undefined) return;
    for (const direction of policy.types) {
      if (policy.rules.some((rule) => rule.direction === direction)) continue;
      report(
        keyPlace(policy.spec, policy.spec.has('policyTypes') ? 'policyTypes' : 'podSelector'),
        t('This policy allows no {0} at all; other policies may allow some.', direction),
      );
    }
  },
};
