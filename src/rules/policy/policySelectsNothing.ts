import { t } from '../../base/l10n.ts';
import { toJson } from '../../manifest/node.ts';
import { labelsMatch, readLabelSelector } from '../../model/labelSelector.ts';
import { isFilled, keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';
import { policyView } from './policyView.ts';

/** A policy for pods that do not exist: it protects nothing. Told only when everything is known. */
export const policySelectsNothing: Rule = {
  code: 'policy-selects-nothing',
  title: 'The policy selects no pod',
  severity: 'warning',
  kinds: ['NetworkPolicy'],
  check({ object, neighbours, report }) {
    const policy = policyView(object);
    if (policy === undefined || !neighbours.complete || !isFilled(policy.spec.get('podSelector'))) return;
    const selector = readLabelSelector(toJson(policy.spec.get('podSelector')));
    if (
      selector === undefined ||
      neighbours.withPods().some((facts) => labelsMatch(selector, facts.pods?.labels ?? {}))
    )
      return;
    report(
      keyPlace(policy.spec, 'podSelector'),
      t('The podSelector matches no pod of this namespace: the policy protects nothing.'),
    );
  },
};
