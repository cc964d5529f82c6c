import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { insertFix } from '../edits.ts';
import { parseQuantity } from '../quantity.ts';
import { entriesOf, mapOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** parseQuantity counts billionths. */
const one = 1_000_000_000n;

/** Devices and huge pages are given out whole: as many as asked for, neither more nor parts of one. */
export const extendedResources: Rule = {
  code: 'extended-resources',
  title: 'A device or huge page that is not asked for as a whole',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    for (const container of context.pod?.containers ?? []) {
      const resources = mapOf(container.node.get('resources'));
      if (resources) checkResources(resources, context);
    }
  },
};

function checkResources(resources: MapNode, context: RuleContext): void {
  const limits = mapOf(resources.get('limits'));
  for (const list of ['limits', 'requests']) {
    for (const { key, value } of entriesOf(resources.get(list))) {
      const name = key.value;
      const isDevice = isExtended(name);
      if (!isDevice && !name.startsWith('hugepages-')) continue;
      const amount = value.type === 'scalar' ? parseQuantity(value.text) : undefined;
      if (isDevice && amount !== undefined && amount % one !== 0n)
        context.report(value, t('{0} is given out in whole pieces: write a whole number.', name));
      const page = isDevice ? undefined : parseQuantity(name.slice('hugepages-'.length));
      if (page !== undefined && page > 0n && amount !== undefined && amount % page !== 0n)
        context.report(value, t("{0} takes a multiple of the page's size.", name));
      if (list === 'requests' && limits?.has(name) !== true && value.type === 'scalar') {
        const title = t('Add the same limit: {0}: {1}', name, value.text);
        const line = `${name}: ${value.text}`;
        context.report(key, t('A request of {0} needs the same limit: it cannot be shared.', name), {
          fixes:
            limits && limits.entries.length > 0
              ? insertFix({ title, preferred: true }, limits, line, context.text)
              : [],
        });
      }
    }
  }
}

/** Whether a resource is somebody's own kind of device: it has a domain, and not that of Kubernetes. */
function isExtended(name: string): boolean {
  return name.includes('/') && !name.includes('kubernetes.io/') && !name.startsWith('requests.');
}
