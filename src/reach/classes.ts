import { groupBy } from '../base/groupBy.ts';
import type { LabelSelector } from '../model/labelSelector.ts';
import type { NetworkPolicy, PolicyRule } from '../model/networkPolicy.ts';
import type { Pod } from '../model/objects.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { blockHas } from './address.ts';

/** Pods that no policy of the Snapshot can tell apart: same namespace, and the same in all that any selector asks. */
export interface PodClass {
  readonly index: number;
  /** One of them, to evaluate in the place of all. */
  readonly sample: Pod;
  readonly pods: readonly Pod[];
}

/** What the policies look at in a pod. */
interface Distinctions {
  readonly labelKeys: readonly string[];
  readonly namesPorts: boolean;
  readonly blocks: readonly string[];
}

/** Divides pods into classes. Ten thousand pods of a few hundred workloads make a few hundred classes. */
export function classesOf(snapshot: Snapshot, pods: readonly Pod[]): readonly PodClass[] {
  const distinctions = distinctionsOf(snapshot.all('NetworkPolicy'));
  const byKey = groupBy(pods, (pod) => keyOf(pod, distinctions));
  return [...byKey.values()].flatMap((alike, index) => {
    const [sample] = alike;
    return sample === undefined ? [] : [{ index, sample, pods: alike }];
  });
}

function keyOf(pod: Pod, { labelKeys, namesPorts, blocks }: Distinctions): string {
  const parts = [pod.namespace, pod.hostNetwork ? `host ${pod.nodeName}` : ''];
  for (const key of labelKeys) parts.push(Object.hasOwn(pod.labels, key) ? `=${pod.labels[key] ?? ''}` : '');
  if (namesPorts) {
    for (const { ports } of pod.containers) {
      for (const { name, port, protocol } of ports)
        if (name !== '') parts.push(`${name} ${port} ${protocol}`);
    }
  }
  if (blocks.length > 0) {
    // A pod without address may get any: it is its own kind.
    parts.push(pod.ips.length === 0 ? 'no address' : '');
    for (const block of blocks) parts.push(pod.ips.some((ip) => blockHas(block, ip) === true) ? '1' : '0');
  }
  return parts.join('\0');
}

function distinctionsOf(policies: readonly NetworkPolicy[]): Distinctions {
  const labelKeys = new Set<string>();
  const blocks = new Set<string>();
  let namesPorts = false;
  const fromSelector = (selector: LabelSelector | undefined): void => {
    for (const key of Object.keys(selector?.matchLabels ?? {})) labelKeys.add(key);
    for (const { key } of selector?.matchExpressions ?? []) labelKeys.add(key);
  };
  const fromRule = ({ peers, ports }: PolicyRule): void => {
    for (const peer of peers ?? []) {
      if (peer.is === 'pods') fromSelector(peer.podSelector);
      else for (const block of [peer.cidr, ...peer.except]) blocks.add(block);
    }
    if (ports?.some(({ port }) => typeof port === 'string')) namesPorts = true;
  };
  for (const policy of policies) {
    fromSelector(policy.podSelector);
    for (const rule of [...policy.ingress, ...policy.egress]) fromRule(rule);
  }
  return { labelKeys: [...labelKeys].sort(), namesPorts, blocks: [...blocks].sort() };
}
