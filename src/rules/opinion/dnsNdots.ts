import { t } from '../../base/l10n.ts';
import { insertFix } from '../edits.ts';
import { firstOf, mapOf, mapsOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** The number of dots below which a name is tried with all search domains first: 5 by default. */
export const dnsNdots: Rule = {
  code: 'dns-ndots',
  title: 'ndots is left at 5',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ pod, text, report }) {
    if (pod === undefined) return;
    const config = mapOf(pod.spec.get('dnsConfig'));
    if (mapsOf(config?.get('options')).some((option) => textOf(option.get('name')) === 'ndots')) return;
    const fixes = pod.spec.has('dnsConfig')
      ? []
      : insertFix(
          t('Add ndots: 2'),
          pod.spec,
          'dnsConfig:\n  options:\n    - name: ndots\n      value: "2"',
          text,
        );
    report(
      firstOf(pod.spec),
      t(
        'With ndots at 5, the default, every lookup of an outside name asks for all search domains first. Set it to 2, or write outside names with a dot at their end.',
      ),
      { fixes },
    );
  },
};
