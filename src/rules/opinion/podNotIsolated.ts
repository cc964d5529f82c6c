import { t } from '../../base/l10n.ts';
import { labelsMatch, readLabelSelector } from '../../model/labelSelector.ts';
import type { Rule } from '../rule.ts';

/** Pods that no policy selects: everyone may talk to them, and they to everyone. */
export const podNotIsolated: Rule = {
  code: 'pod-not-isolated',
  title: 'No NetworkPolicy selects the pods',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ object, neighbours, report }) {
    const labels = neighbours.self.pods?.labels;
    if (!neighbours.complete || labels === undefined) return;
    const selected = neighbours.ofKind('NetworkPolicy').some((facts) => {
      const selector = readLabelSelector(facts.podSelector);
      return selector !== undefined && labelsMatch(selector, labels);
    });
    if (!selected)
      report(
        object.entryAt(['metadata', 'name'])?.value ?? object.root,
        t('No NetworkPolicy selects these pods: everyone may talk to them.'),
      );
  },
};
