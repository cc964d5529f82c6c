import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { asDnsLabel, dnsLabelProblem } from '../formats.ts';
import { filledText, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** serviceName of a StatefulSet: a DNS label. */
export const statefulSetServiceName: Rule = {
  code: 'stateful-set-service-name',
  title: 'serviceName is no DNS label',
  severity: 'error',
  kinds: ['StatefulSet'],
  check({ object, report }) {
    const spec = mapOf(object.at(['spec']));
    const name = filledText(spec?.get('serviceName'));
    const problem = name === undefined ? undefined : dnsLabelProblem(name);
    if (spec === undefined || name === undefined || problem === undefined) return;
    const better = asDnsLabel(name);
    const at = placeOf(spec, 'serviceName');
    report(at, t('serviceName "{0}" {1}.', name, problem), {
      fixes: better === undefined ? [] : [replaceFix(t('Write {0}', better), at, better)],
    });
  },
};
