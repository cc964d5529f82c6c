import { t } from '../../base/l10n.ts';
import { removeFix, replaceFix } from '../edits.ts';
import { blockProblem, nearestBlock } from '../addresses.ts';
import { qualifiedNameProblem } from '../formats.ts';
import { isFilled, isSet, itemsOf, keyPlace, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { serviceView, type ServiceView } from './serviceView.ts';

/** Fields that only a load balancer has, and their values. */
export const loadBalancerField: Rule = {
  code: 'load-balancer-field',
  title: 'A load balancer field that is not allowed here, or has a wrong value',
  severity: 'error',
  kinds: ['Service'],
  check(context) {
    const service = serviceView(context.object);
    if (service === undefined) return;
    const { spec, type } = service;
    for (const key of ['loadBalancerSourceRanges', 'allocateLoadBalancerNodePorts', 'loadBalancerClass']) {
      const node = spec.get(key);
      const present = key === 'loadBalancerSourceRanges' ? isFilled(node) : isSet(node);
      if (!present || type === 'LoadBalancer') continue;
      context.report(
        keyPlace(spec, key),
        t('{0} is only for Services of type LoadBalancer; this one is {1}.', key, type),
        { fixes: removeFix(spec, key, true) },
      );
    }
    checkValues(service, context);
    if (!isFilled(spec.get('loadBalancerSourceRanges'))) checkAnnotation(service, context);
  },
};

const rangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** The older way to give source ranges, separated by commas; the field counts where both are there. */
function checkAnnotation({ type }: ServiceView, { object, report }: RuleContext): void {
  const entry = object.entryAt(['metadata', 'annotations', rangesAnnotation]);
  const ranges = textOf(entry?.value)?.trim();
  if (entry === undefined || ranges === undefined) return;
  if (type !== 'LoadBalancer')
    report(
      entry.key,
      t('{0} is only for Services of type LoadBalancer; this one is {1}.', rangesAnnotation, type),
    );
  for (const range of ranges === '' ? [] : ranges.split(',')) {
    const problem = blockProblem(range.trim());
    if (problem !== undefined) report(entry.value, t('The source range "{0}" {1}.', range.trim(), problem));
  }
}

function checkValues({ spec }: ServiceView, { report }: RuleContext): void {
  for (const item of itemsOf(spec.get('loadBalancerSourceRanges'))) {
    const range = textOf(item)?.trim();
    const problem = range === undefined ? undefined : blockProblem(range);
    if (range === undefined || problem === undefined) continue;
    const better = nearestBlock(range);
    report(item, t('The source range "{0}" {1}.', range, problem), {
      fixes: better === undefined ? [] : [replaceFix(t('Write {0}', better), item, better)],
    });
  }
  const name = textOf(spec.get('loadBalancerClass'));
  const problem = name === undefined ? undefined : qualifiedNameProblem(name);
  if (problem !== undefined)
    report(placeOf(spec, 'loadBalancerClass'), t('The loadBalancerClass "{0}" {1}.', name ?? '', problem));
}
