import { t } from '../../base/l10n.ts';
import { toJson } from '../../manifest/node.ts';
import { labelsMatch, readLabelSelector } from '../../model/labelSelector.ts';
import { policyView } from '../policy/policyView.ts';
import { isFilled, isSet, keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A peer in the policy's own namespace that matches no pod. */
export const policyPeerMatchesNothing: Rule = {
  code: 'policy-peer-matches-nothing',
  title: 'A peer of the policy matches no pod',
  severity: 'hint',
  opinion: true,
  kinds: ['NetworkPolicy'],
  check({ object, neighbours, report }) {
    if (!neighbours.complete) return;
    for (const peer of policyView(object)?.rules.flatMap((rule) => rule.peers) ?? []) {
      if (isSet(peer.get('namespaceSelector')) || !isFilled(peer.get('podSelector'))) continue;
      const selector = readLabelSelector(toJson(peer.get('podSelector')));
      if (
        selector === undefined ||
        neighbours.withPods().some((facts) => labelsMatch(selector, facts.pods?.labels ?? {}))
      )
        continue;
      report(keyPlace(peer, 'podSelector'), t('No pod of this namespace matches this peer.'));
    }
  },
};
