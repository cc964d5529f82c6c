import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { nearest, oneOf } from '../nearest.ts';
import { isSet, mapOf, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

const known = ['PreferSameZone', 'PreferSameNode', 'PreferClose'];

const oldHints = 'service.kubernetes.io/topology-aware-hints';
const topologyMode = 'service.kubernetes.io/topology-mode';

/** trafficDistribution: which endpoints are preferred. */
export const trafficDistribution: Rule = {
  code: 'traffic-distribution',
  title: 'A trafficDistribution that does not exist, or is deprecated',
  severity: 'error',
  kinds: ['Service'],
  check({ object, cluster, report }) {
    const annotations = mapOf(object.at(['metadata', 'annotations']));
    const [hints, mode] = [textOf(annotations?.get(oldHints)), textOf(annotations?.get(topologyMode))];
    if (annotations && hints !== undefined && mode !== undefined && hints !== mode)
      report(placeOf(annotations, topologyMode), t('It must say the same as {0}, or stand alone.', oldHints));
    const spec = serviceView(object)?.spec;
    const node = spec?.get('trafficDistribution');
    const value = textOf(node);
    if (spec === undefined || !isSet(node) || value === undefined) return;
    const at = placeOf(spec, 'trafficDistribution');
    if (!known.includes(value)) {
      const meant = nearest(value, known);
      report(at, t('trafficDistribution cannot be "{0}": it takes {1}.', value, oneOf(known)), {
        fixes: meant === undefined ? [] : [replaceFix(t('Write {0}', meant), at, meant, true)],
      });
    } else if (value === 'PreferClose' && (cluster.minorVersion ?? 36) >= 35) {
      report(at, t('PreferClose is deprecated: PreferSameZone says the same.'), {
        severity: 'warning',
        fixes: [replaceFix(t('Write PreferSameZone'), at, 'PreferSameZone', true)],
      });
    }
  },
};
