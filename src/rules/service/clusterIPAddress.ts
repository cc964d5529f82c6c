import { t } from '../../base/l10n.ts';
import { addressProblem } from '../addresses.ts';
import { insertFix, replaceFix, scalarText } from '../edits.ts';
import { filledText, isFilled, isPlaceholder, itemsOf, keyPlace, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** clusterIP and clusterIPs: addresses, or None alone. */
export const clusterIPAddress: Rule = {
  code: 'cluster-ip-address',
  title: 'A clusterIP that is neither an address nor None',
  severity: 'error',
  kinds: ['Service'],
  check({ object, text, report }) {
    const service = serviceView(object);
    if (service === undefined || service.type === 'ExternalName') return;
    const { spec } = service;
    const single = filledText(spec.get('clusterIP'));
    const list = itemsOf(spec.get('clusterIPs'));
    const check = (address: string, at: { start: number; end: number }): void => {
      if (address === 'None') return;
      const problem = addressProblem(address);
      if (problem === undefined) return;
      const none = address.toLowerCase() === 'none';
      report(
        at,
        none
          ? t('Write None with a capital N: "{0}" is not an IP address.', address)
          : t('clusterIP "{0}" {1}.', address, problem),
        {
          fixes: none ? [replaceFix(t('Write None'), at, 'None', true)] : [],
        },
      );
    };
    if (single !== undefined) check(single, placeOf(spec, 'clusterIP'));
    for (const item of list) {
      const address = textOf(item);
      if (address !== undefined && !(item === list[0] && address === single)) check(address, item);
    }
    const first = textOf(list[0]);
    if (single === undefined && first !== undefined && !isPlaceholder(spec.get('clusterIP'))) {
      // The server fills clusterIPs from clusterIP, not the other way round (NormalizeClusterIPs).
      const at = keyPlace(spec, 'clusterIPs');
      report(at, t('clusterIPs needs clusterIP with its first address beside it.'), {
        fixes: insertFix(
          { title: t('Add clusterIP: {0}', first) },
          spec,
          `clusterIP: ${scalarText(first)}`,
          text,
        ),
      });
    }
    if (single !== undefined && first !== undefined && first !== single) {
      report(list[0] ?? spec, t('The first of clusterIPs must be the same as clusterIP ({0}).', single));
    }
    if (list.length > 1 && list.some((item) => textOf(item) === 'None')) {
      report(keyPlace(spec, 'clusterIPs'), t('None must be the only one of clusterIPs.'));
    }
    if (list.length > 2)
      report(
        keyPlace(spec, 'clusterIPs'),
        t('A Service has at most two cluster IPs: one of each IP family.'),
      );
    if (
      isFilled(spec.get('clusterIPs')) &&
      list.length === 2 &&
      new Set(list.map((item) => textOf(item)?.includes(':'))).size === 1 &&
      !list.some((item) => textOf(item) === 'None')
    ) {
      report(keyPlace(spec, 'clusterIPs'), t('Two cluster IPs must be of different IP families.'));
    }
  },
};
