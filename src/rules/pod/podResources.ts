import { t } from '../../base/l10n.ts';
import type { MapNode, Node } from '../../manifest/node.ts';
import { parseQuantity } from '../quantity.ts';
import { entriesOf, isSet, keyPlace, mapOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** Requests and limits of the pod as a whole (validatePodResources; on since 1.34). */
export const podResources: Rule = {
  code: 'pod-resources',
  title: "Resources of the pod that do not fit together, or not with its containers'",
  severity: 'error',
  kinds: 'pods',
  check({ pod, cluster, report }) {
    const whole = mapOf(pod?.spec.get('resources'));
    if (pod === undefined || whole === undefined || (cluster.minorVersion ?? 36) < 34) return;
    if (isSet(whole.get('claims')))
      report(keyPlace(whole, 'claims'), t('Devices are claimed by containers, not by the pod as a whole.'));
    const limits = amounts(mapOf(whole.get('limits')));
    for (const list of ['limits', 'requests']) {
      for (const { key, value } of entriesOf(whole.get(list))) {
        const name = key.value;
        const amount = quantityOf(value);
        if (name !== 'cpu' && name !== 'memory' && !name.startsWith('hugepages-'))
          report(key, t('A pod as a whole has cpu, memory and huge pages only, not {0}.', name));
        const most = limits.get(name);
        if (amount !== undefined && amount < 0n) report(value, t('{0} cannot be negative.', name));
        if (list === 'requests' && amount !== undefined && most !== undefined && amount > most)
          report(value, t('The pod requests more {0} than its limit.', name));
      }
    }
    const containers = pod.containers.filter((container) => container.list === 'containers');
    const sums = new Map<string, bigint>();
    for (const { node, title } of containers) {
      const own = mapOf(node.get('resources'));
      for (const { key, value } of entriesOf(own?.get('limits'))) {
        const most = limits.get(key.value);
        const amount = quantityOf(value);
        if (most !== undefined && amount !== undefined && amount > most)
          report(value, t('Container {0} has a higher limit of {1} than the pod.', title, key.value));
      }
      for (const [name, amount] of requestsOf(own)) sums.set(name, (sums.get(name) ?? 0n) + amount);
    }
    const requests = requestsOf(whole);
    for (const { key, value } of entriesOf(whole.get('requests'))) {
      const own = requests.get(key.value);
      const sum = sums.get(key.value);
      if (own !== undefined && sum !== undefined && sum > own)
        report(value, t('The containers request more {0} together than the pod does.', key.value));
    }
  },
};

function quantityOf(node: Node): bigint | undefined {
  return node.type === 'scalar' ? parseQuantity(node.text) : undefined;
}

function amounts(map: MapNode | undefined): Map<string, bigint> {
  const known = new Map<string, bigint>();
  for (const { key, value } of entriesOf(map)) {
    const amount = quantityOf(value);
    if (amount !== undefined) known.set(key.value, amount);
  }
  return known;
}

/** The requests; a limit without one counts as a request, as the server's defaults make it. */
function requestsOf(resources: MapNode | undefined): Map<string, bigint> {
  return new Map([
    ...amounts(mapOf(resources?.get('limits'))),
    ...amounts(mapOf(resources?.get('requests'))),
  ]);
}
