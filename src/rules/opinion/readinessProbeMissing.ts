import { t } from '../../base/l10n.ts';
import { selects } from '../../model/selector.ts';
import { firstOf, isSet } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Pods behind a Service without a readiness probe: they get traffic before they can answer it. */
export const readinessProbeMissing: Rule = {
  code: 'readiness-probe-missing',
  title: 'Pods behind a Service have no readiness probe',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check(context) {
    const { pod, report } = context;
    if (pod === undefined || !isBehindService(context)) return;
    const containers = pod.containers.filter((container) => container.list === 'containers');
    const [first] = containers;
    if (first === undefined || containers.some((container) => isSet(container.node.get('readinessProbe'))))
      return;
    report(
      first.node.entry('name')?.value ?? firstOf(first.node),
      t(
        'A Service sends traffic to these pods as soon as they start: without a readinessProbe, also when they cannot answer yet.',
      ),
    );
  },
};

function isBehindService({ neighbours }: RuleContext): boolean {
  const labels = neighbours.self.pods?.labels ?? {};
  return neighbours.ofKind('Service').some((facts) => {
    const selector = facts.service?.selector ?? {};
    return Object.keys(selector).length > 0 && selects(selector, labels);
  });
}
