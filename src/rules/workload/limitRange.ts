import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { parseQuantity } from '../quantity.ts';
import { entriesOf, filledText, firstOf, isFilled, keyPlace, mapOf, mapsOf, placeOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

const types = ['Container', 'Pod', 'PersistentVolumeClaim'];
/** What must not be above what, in the server's order. */
const order = [
  ['min', 'max'],
  ['min', 'defaultRequest'],
  ['min', 'default'],
  ['defaultRequest', 'default'],
  ['defaultRequest', 'max'],
  ['default', 'max'],
] as const;

/** The bounds and defaults of a LimitRange (ValidateLimitRange). */
export const limitRange: Rule = {
  code: 'limit-range',
  title: 'Bounds or defaults of a LimitRange that contradict each other',
  severity: 'error',
  kinds: ['LimitRange'],
  check(context) {
    const seen = new Set<string>();
    for (const limit of mapsOf(context.object.at(['spec', 'limits']))) {
      const type = filledText(limit.get('type'));
      if (type !== undefined && !type.includes('/') && !types.includes(type))
        context.report(placeOf(limit, 'type'), t('The type is {0}, not "{1}".', types.join(', '), type));
      if (type !== undefined && seen.has(type))
        context.report(placeOf(limit, 'type'), t('There are two entries of type {0}.', type));
      seen.add(type ?? '');
      checkLimit(limit, type, context);
    }
  },
};

function checkLimit(limit: MapNode, type: string | undefined, { report }: RuleContext): void {
  if (type === 'Pod') {
    for (const key of ['default', 'defaultRequest']) {
      if (isFilled(limit.get(key))) report(keyPlace(limit, key), t('A limit of type Pod has no {0}.', key));
    }
  }
  const amount = (key: string, resource: string): bigint | undefined => {
    const node = mapOf(limit.get(key))?.get(resource);
    return node?.type === 'scalar' ? parseQuantity(node.text) : undefined;
  };
  if (
    type === 'PersistentVolumeClaim' &&
    amount('min', 'storage') === undefined &&
    amount('max', 'storage') === undefined
  )
    report(firstOf(limit), t('A limit of type PersistentVolumeClaim needs min.storage or max.storage.'));
  for (const [low, high] of order) {
    for (const { key, value } of entriesOf(limit.get(low))) {
      const least = amount(low, key.value);
      const most = amount(high, key.value);
      if (least !== undefined && most !== undefined && least > most)
        report(value, t('{0}.{1} is above {2}.{1}.', low, key.value, high));
    }
  }
}
