import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { filledText, integerOf, isSet, keyPlace, mapOf, mapsOf, placeOf } from '../read.ts';
import { parseQuantity } from '../quantity.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** The field that describes each type of metric, and the targets that may stand there. */
const sources: Readonly<Record<string, { readonly field: string; readonly targets: readonly string[] }>> = {
  Resource: { field: 'resource', targets: ['averageUtilization', 'averageValue'] },
  ContainerResource: { field: 'containerResource', targets: ['averageUtilization', 'averageValue'] },
  Pods: { field: 'pods', targets: ['averageValue'] },
  Object: { field: 'object', targets: ['value', 'averageValue'] },
  External: { field: 'external', targets: ['value', 'averageValue'] },
};

/** What a HorizontalPodAutoscaler measures (pkg/apis/autoscaling/validation). */
export const autoscalerMetrics: Rule = {
  code: 'autoscaler-metrics',
  title: 'A metric of an autoscaler that is not complete',
  severity: 'error',
  kinds: ['HorizontalPodAutoscaler'],
  check(context) {
    if (context.object.apiVersion !== 'autoscaling/v2') return;
    for (const metric of mapsOf(context.object.at(['spec', 'metrics']))) checkMetric(metric, context);
  },
};

function checkMetric(metric: MapNode, { report }: RuleContext): void {
  const type = filledText(metric.get('type'));
  if (type === undefined) return;
  const source = sources[type];
  if (source === undefined) {
    report(
      placeOf(metric, 'type'),
      t('There is no metric of type "{0}": it is {1}.', type, Object.keys(sources).join(', ')),
    );
    return;
  }
  for (const { field } of Object.values(sources)) {
    if (field !== source.field && isSet(metric.get(field)))
      report(keyPlace(metric, field), t('{0} has no place in a metric of type {1}.', field, type));
  }
  if (!isSet(metric.get(source.field))) {
    report(
      keyPlace(metric, 'type'),
      t('A metric of type {0} needs {1}: what to measure.', type, source.field),
    );
    return;
  }
  const described = mapOf(metric.get(source.field));
  const target = mapOf(described?.get('target'));
  if (target === undefined) return;
  const kind = filledText(target.get('type'));
  if (kind !== undefined && !['Utilization', 'Value', 'AverageValue'].includes(kind))
    report(
      placeOf(target, 'type'),
      t('A target\'s type is Utilization, Value or AverageValue, not "{0}".', kind),
    );
  const set = source.targets.filter((name) => isSet(target.get(name)));
  if (set.length === 0)
    report(
      keyPlace(target, 'type'),
      t('This target has no amount: add {0}.', source.targets.join(t(' or '))),
    );
  else if (set.length > 1 && source.field !== 'object')
    report(
      keyPlace(target, set[1] ?? ''),
      t('A target has one amount: {0} cannot stand together.', set.join(t(' and '))),
    );
  const percent = integerOf(target.get('averageUtilization'));
  if (percent !== undefined && percent < 1)
    report(placeOf(target, 'averageUtilization'), t('averageUtilization must be at least 1.'));
  for (const name of ['value', 'averageValue']) {
    const node = target.get(name);
    const amount = node?.type === 'scalar' ? parseQuantity(node.text) : undefined;
    if (amount !== undefined && amount <= 0n)
      report(placeOf(target, name), t('{0} must be more than 0.', name));
  }
}
