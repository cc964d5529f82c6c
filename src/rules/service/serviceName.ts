import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { asDnsLabel } from '../formats.ts';
import { serviceNameProblem, writtenName } from '../object/objectName.ts';
import { mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** The name of a Service becomes a DNS name: a label, which up to 1.35 starts with a letter. */
export const serviceName: Rule = {
  code: 'service-name',
  title: 'The name of the Service is no DNS label',
  severity: 'error',
  kinds: ['Service'],
  check({ object, cluster, report }) {
    const metadata = mapOf(object.at(['metadata']));
    const written = writtenName(metadata);
    if (metadata === undefined || written === undefined) return;
    const { key, value } = written;
    const name = key === 'name' ? value : value.replace(/-$/, 'a');
    const minorVersion = cluster.minorVersion ?? 36;
    const at = placeOf(metadata, key);
    const better = asDnsLabel(value);
    const fixes =
      better === undefined || better === value ? [] : [replaceFix(t('Rename to {0}', better), at, better)];
    const problem = serviceNameProblem(name, minorVersion);
    if (problem !== undefined)
      report(at, t('The Service\'s name "{0}" {1}. It becomes part of a DNS name.', value, problem), {
        fixes,
      });
    else if (cluster.minorVersion === undefined && /^\d/.test(name)) {
      report(
        at,
        t('The Service\'s name "{0}" starts with a digit: servers before 1.36 refuse that.', value),
        {
          severity: 'hint',
        },
      );
    }
  },
};
