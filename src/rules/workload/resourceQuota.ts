import { qualifiedNameProblem } from '../formats.ts';
import { nearest } from '../nearest.ts';
import { replaceFix } from '../edits.ts';
import { parseQuantity } from '../quantity.ts';
import { entriesOf } from '../read.ts';
import type { Rule } from '../rule.ts';

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
      if (problem !== undefined) report(key, `The resource "${name}" ${problem}.`);
      else if (!isKnown) {
        const meant = nearest(name, known);
        report(
          key,
          `A quota cannot count "${name}".${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
          {
            fixes: meant === undefined ? [] : [replaceFix(`Write ${meant}`, key, meant, true)],
          },
        );
      }
      const amount = value.type === 'scalar' ? parseQuantity(value.text) : undefined;
      if (amount === undefined) continue;
      if (amount < 0n) report(value, `${name} cannot be negative.`);
      else if ((counted.includes(name) || name.startsWith('count/')) && amount % one !== 0n)
        report(value, `${name} counts objects: write a whole number.`);
    }
  },
};
