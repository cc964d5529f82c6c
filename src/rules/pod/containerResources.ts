import { t } from '../../base/l10n.ts';
import type { MapNode, ScalarNode } from '../../manifest/node.ts';
import { qualifiedNameProblem } from '../formats.ts';
import { parseQuantity } from '../quantity.ts';
import { entriesOf, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

const native = new Set(['cpu', 'memory', 'ephemeral-storage']);

/** Requests and limits: known resources, not negative, and no request above its limit. */
export const containerResources: Rule = {
  code: 'container-resources',
  title: 'A request is above its limit, negative, or of an unknown resource',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    for (const container of context.pod?.containers ?? []) {
      const resources = mapOf(container.node.get('resources'));
      if (resources) checkResources(resources, container.title, context);
      if (resources) checkClaims(resources, context);
    }
    checkOverhead(context);
  },
};

/** What the pod needs beside its containers: as a container's limits. */
function checkOverhead({ pod, report }: RuleContext): void {
  for (const entry of entriesOf(pod?.spec.get('overhead'))) {
    const value = quantityOf(entry.value);
    if (value !== undefined && value < 0n) report(entry.value, t('{0} cannot be negative.', entry.key.value));
  }
}

function checkResources(resources: MapNode, title: string, { report }: RuleContext): void {
  const limits = mapOf(resources.get('limits'));
  for (const list of ['limits', 'requests']) {
    for (const entry of entriesOf(resources.get(list))) {
      const name = entry.key.value;
      const problem = qualifiedNameProblem(name);
      if (problem !== undefined) report(entry.key, t('The resource "{0}" {1}.', name, problem));
      else if (name.startsWith('requests.') && name.includes('/') && !name.includes('kubernetes.io/'))
        report(entry.key, t('"requests." is for quotas: a container names the resource alone.'));
      else if (!name.includes('/') && !native.has(name) && !name.startsWith('hugepages-')) {
        report(
          entry.key,
          t(
            'There is no resource "{0}" for containers: cpu, memory, ephemeral-storage, hugepages-SIZE, or a name with a domain such as example.com/gpu.',
            name,
          ),
        );
      }
      const value = quantityOf(entry.value);
      if (value !== undefined && value < 0n) report(entry.value, t('{0} cannot be negative.', name));
      const limit = list === 'requests' ? limits?.entry(name) : undefined;
      const most = limit && quantityOf(limit.value);
      if (!limit || value === undefined || most === undefined) continue;
      if (value > most) {
        report(
          entry.value,
          t(
            'Container {0} requests more {1} ({2}) than its limit ({3}).',
            title,
            name,
            textAt(entry.value),
            textAt(limit.value),
          ),
          {
            related: [{ at: limit.value, message: t('The limit') }],
          },
        );
      } else if (
        value !== most &&
        (name.includes('/') || name.startsWith('hugepages-')) &&
        !name.includes('kubernetes.io/')
      ) {
        report(
          entry.value,
          t(
            'Request and limit of {0} must be the same: it cannot be given to more containers than there is of it.',
            name,
          ),
        );
      }
    }
  }
}

/** Claims of devices must be among the pod's own; huge pages need CPU or memory beside them. */
function checkClaims(resources: MapNode, { pod, report }: RuleContext): void {
  const known = new Set(mapsOf(pod?.spec.get('resourceClaims')).map((claim) => textOf(claim.get('name'))));
  for (const claim of mapsOf(resources.get('claims'))) {
    const name = textOf(claim.get('name'));
    if (name !== undefined && !known.has(name))
      report(placeOf(claim, 'name'), t('The pod has no resourceClaims entry "{0}".', name));
  }
  const names = ['limits', 'requests'].flatMap((list) => entriesOf(resources.get(list)));
  const huge = names.find((entry) => entry.key.value.startsWith('hugepages-'));
  if (huge && !names.some((entry) => entry.key.value === 'cpu' || entry.key.value === 'memory')) {
    report(huge.key, t('Huge pages need a request or limit of cpu or memory beside them.'));
  }
}

function quantityOf(node: { type: string }): bigint | undefined {
  return node.type === 'scalar' ? parseQuantity((node as ScalarNode).text) : undefined;
}

function textAt(node: { type: string }): string {
  return node.type === 'scalar' ? (node as ScalarNode).text : '';
}
