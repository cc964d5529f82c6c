import { t } from '../../base/l10n.ts';
import { templatePaths } from '../../manifest/facts.ts';
import { replaceFix } from '../edits.ts';
import { asDnsLabel, dnsLabelProblem, subdomainProblem } from '../formats.ts';
import { writtenName } from '../object/objectName.ts';
import { mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A name that is allowed but no DNS label: it becomes the host name of the pods, which then differs from it. */
export const podNameDots: Rule = {
  code: 'pod-name-dots',
  title: 'The name of the pods cannot be their host name as it is',
  severity: 'warning',
  kinds: [
    'Pod',
    ...Object.keys(templatePaths).filter((kind) => kind !== 'StatefulSet' && kind !== 'PodTemplate'),
  ],
  check({ object, report }) {
    const metadata = mapOf(object.at(['metadata']));
    const written = writtenName(metadata);
    if (metadata === undefined || written?.key !== 'name' || subdomainProblem(written.value) !== undefined)
      return;
    if (dnsLabelProblem(written.value) === undefined) return;
    const better = asDnsLabel(written.value);
    const at = placeOf(metadata, 'name');
    const why = written.value.includes('.') ? t('has dots') : t('is longer than 63 characters');
    report(
      at,
      t(
        'The name "{0}" {1}: the host name in the pods will be cut or look like a domain. A DNS label is better.',
        written.value,
        why,
      ),
      {
        fixes: better === undefined ? [] : [replaceFix(t('Rename to {0}', better), at, better)],
      },
    );
  },
};
