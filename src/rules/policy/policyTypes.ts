import { t } from '../../base/l10n.ts';
import { itemsOf, keyPlace, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { policyView } from './policyView.ts';

/** policyTypes: Ingress, Egress, each once. */
export const policyTypes: Rule = {
  code: 'policy-types',
  title: 'policyTypes has an entry too many',
  severity: 'error',
  kinds: ['NetworkPolicy'],
  check({ object, report }) {
    const spec = policyView(object)?.spec;
    const items = itemsOf(spec?.get('policyTypes'));
    if (spec === undefined) return;
    if (items.length > 2)
      report(
        keyPlace(spec, 'policyTypes'),
        t('policyTypes can have two entries at most: Ingress and Egress.'),
      );
    else if (items.length === 2 && textOf(items[0]) !== undefined && textOf(items[0]) === textOf(items[1])) {
      report(items[1] ?? spec, t('{0} is here twice.', textOf(items[1]) ?? ''), { severity: 'warning' });
    }
  },
};
