import { t } from '../../base/l10n.ts';
import { qualifiedNameProblem } from '../formats.ts';
import { nearest } from '../nearest.ts';
import { replaceFix } from '../edits.ts';
import { parseQuantity } from '../quantity.ts';
import { entriesOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { withGuess } from '../sentences.ts';

const counted = [
  'pods',
  'services',
  'services.nodeports',
  'services.loadbalancers',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
];
const known = [
  ...counted,
  ...['cpu', 'memory', 'ephemeral-storage', 'storage'].flatMap((name) => [
    name,
    `requests.${name}`,
    `limits.${name}`,
  ]),
];
/** parseQuantity counts billionths. */
const one = 1_000_000_000n;

/** What a ResourceQuota counts (ValidateResourceQuotaResourceName). */
export const resourceQuota: Rule = {
  code: 'resource-quota',
  title: 'A quota of something that cannot be counted, or of a wrong amount',
  severity: 'error',
  kinds: ['ResourceQuota'],
  check({ object, report }) {
    for (const { key, value } of entriesOf(object.at(['spec', 'hard']))) {
      const name = key.value;
      const problem = qualifiedNameProblem(name);
      const isKnown = name.includes('/') || known.includes(name) || /^(?:requests\.)?hugepages-/.test(name);
      if (problem !== undefined) report(key, t('The resource "{0}" {1}.', name, problem));
      else if (!isKnown) {
        const meant = nearest(name, known);
        report(key, withGuess(t('A quota cannot count "{0}".', name), meant), {
          fixes: meant === undefined ? [] : [replaceFix(t('Write {0}', meant), key, meant, true)],
        });
      }
      const amount = value.type === 'scalar' ? parseQuantity(value.text) : undefined;
      if (amount === undefined) continue;
      if (amount < 0n) report(value, t('{0} cannot be negative.', name));
      else if ((counted.includes(name) || name.startsWith('count/')) && amount % one !== 0n)
        report(value, t('{0} counts objects: write a whole number.', name));
    }
  },
};
