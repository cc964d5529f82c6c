import { t } from '../../base/l10n.ts';
import { policyView } from '../policy/policyView.ts';
import { keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A policy about one direction only. */
export const policyOneDirection: Rule = {
  code: 'policy-one-direction',
  title: 'The policy is about one direction only',
  severity: 'hint',
  opinion: true,
  kinds: ['NetworkPolicy'],
  check({ object, report }) {
    const policy = policyView(object);
    if (policy?.types.size !== 1) return;
    const open = policy.types.has('ingress') ? 'egress' : 'ingress';
    report(keyPlace(policy.spec, 'policyTypes'), t('This policy leaves {0} open.', open));
  },
};
