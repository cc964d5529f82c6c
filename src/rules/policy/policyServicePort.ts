import { t } from '../../base/l10n.ts';
import type { ObjectFacts } from '../../manifest/facts.ts';
import { toJson } from '../../manifest/node.ts';
import { labelsMatch, readLabelSelector } from '../../model/labelSelector.ts';
import { selects } from '../../model/selector.ts';
import { replaceFix } from '../edits.ts';
import { integerOf, placeOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { policyView } from './policyView.ts';

/** A policy is judged at the pod: its ports are the pods' ports, not those of the Service in front. */
export const policyServicePort: Rule = {
  code: 'policy-service-port',
  title: "A policy names the port of the Service, not the pods' port",
  severity: 'warning',
  kinds: ['NetworkPolicy'],
  check(context) {
    const policy = policyView(context.object);
    const selector = readLabelSelector(toJson(policy?.spec.get('podSelector')));
    if (policy === undefined || selector === undefined) return;
    const pods = context.neighbours
      .withPods()
      .filter((facts) => labelsMatch(selector, facts.pods?.labels ?? {}));
    if (pods.length === 0) return;
    for (const rule of policy.rules.filter((each) => each.direction === 'ingress')) {
      for (const port of rule.ports) {
        const number = integerOf(port.get('port'));
        if (number === undefined || port.has('endPort')) continue;
        const mapping = mappingOf(number, pods, context);
        if (mapping === undefined) continue;
        const { service, target } = mapping;
        context.report(
          placeOf(port, 'port'),
          t(
            "Port {0} is the port of Service {1}; the policy sees the pods' port, which is {2}. Write {2}.",
            number,
            service.name,
            target,
          ),
          {
            fixes: [replaceFix(t('Write {0}', target), placeOf(port, 'port'), String(target), true)],
            related: service.place ? [{ at: service.place, message: t('Service {0}', service.name) }] : [],
          },
        );
      }
    }
  },
};

function mappingOf(
  number: number,
  pods: readonly ObjectFacts[],
  { neighbours }: RuleContext,
): { service: ObjectFacts; target: number } | undefined {
  // A port that the pods themselves declare is meant as it is written.
  if (pods.some((facts) => facts.pods?.ports.some((port) => port.number === number) === true))
    return undefined;
  for (const service of neighbours.ofKind('Service')) {
    const { selector = {}, ports = [] } = service.service ?? {};
    if (Object.keys(selector).length === 0) continue;
    const selected = pods.filter((facts) => selects(selector, facts.pods?.labels ?? {}));
    const port = ports.find((each) => each.port === number && each.targetPort !== number);
    if (selected.length === 0 || port === undefined) continue;
    const target =
      typeof port.targetPort === 'number'
        ? port.targetPort
        : selected.flatMap((facts) => facts.pods?.ports ?? []).find((each) => each.name === port.targetPort)
            ?.number;
    if (target !== undefined && target !== number) return { service, target };
  }
  return undefined;
}
