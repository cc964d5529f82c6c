import type { LabelSelector } from '../model/labelSelector.ts';
import type { PolicyRule } from '../model/networkPolicy.ts';
import type { Pod } from '../model/objects.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { PodSet, TierRule } from '../model/tierPolicy.ts';
import { blockHas } from './address.ts';
import { servedPorts } from './servedPorts.ts';
import { tiersOf } from './tiers.ts';

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

interface GrowingClass extends PodClass {
  pods: Pod[];
}

/**
 * Pods by class. Ten thousand pods of a few hundred workloads make a few hundred classes. A class keeps its index for
 * as long as the policies ask for the same things, so that what was worked out for it can be kept.
 */
export class PodClasses {
  readonly #all: GrowingClass[] = [];
  readonly #byKey = new Map<string, GrowingClass>();
  readonly #classOf = new Map<Pod, PodClass>();
  readonly #podsOf = new Map<string, readonly Pod[]>();
  readonly #distinctions: Distinctions;
  readonly #asText: string;

  constructor(snapshot: Snapshot, pods: readonly Pod[]) {
    this.#distinctions = distinctionsOf(snapshot);
    this.#asText = JSON.stringify(this.#distinctions);
    this.add(pods);
  }

  /** Takes more pods. */
  add(pods: readonly Pod[]): void {
    for (const pod of pods) this.#add(pod);
  }

  /** Every class that there was, also those whose pods are gone; `classes[i].index` is i. */
  get all(): readonly PodClass[] {
    return this.#all;
  }

  of(pod: Pod): PodClass | undefined {
    return this.#classOf.get(pod);
  }

  /** Whether the policies of another Snapshot ask for the same things, so that the classes hold for it too. */
  holdFor(snapshot: Snapshot): boolean {
    return JSON.stringify(distinctionsOf(snapshot)) === this.#asText;
  }

  /** Takes a namespace's pods anew. Classes may be added; none goes away. */
  replace(namespace: string, pods: readonly Pod[]): void {
    for (const podClass of this.#all) if (podClass.sample.namespace === namespace) podClass.pods = [];
    for (const pod of this.#podsOf.get(namespace) ?? []) this.#classOf.delete(pod);
    this.#podsOf.delete(namespace);
    this.add(pods);
  }

  #keyOf(pod: Pod): string {
    const known = keys.get(pod);
    if (known?.distinctions === this.#asText) return known.key;
    const key = keyOf(pod, this.#distinctions);
    keys.set(pod, { distinctions: this.#asText, key });
    return key;
  }

  #add(pod: Pod): void {
    const key = this.#keyOf(pod);
    let podClass = this.#byKey.get(key);
    if (podClass === undefined) {
      podClass = { index: this.#all.length, sample: pod, pods: [] };
      this.#all.push(podClass);
      this.#byKey.set(key, podClass);
    }
    podClass.pods.push(pod);
    this.#classOf.set(pod, podClass);
    const known = this.#podsOf.get(pod.namespace) as Pod[] | undefined;
    if (known === undefined) this.#podsOf.set(pod.namespace, [pod]);
    else known.push(pod);
  }
}

// A cache of a pure function of an immutable pod: from one state of a cluster to the next most pods stay as they are.
const keys = new WeakMap<Pod, { readonly distinctions: string; readonly key: string }>();

function keyOf(pod: Pod, { labelKeys, namesPorts, blocks }: Distinctions): string {
  const parts = [pod.namespace, pod.hostNetwork ? `host ${pod.nodeName}` : ''];
  for (const key of labelKeys) parts.push(Object.hasOwn(pod.labels, key) ? `=${pod.labels[key] ?? ''}` : '');
  if (namesPorts) {
    for (const { name, port, protocol } of servedPorts(pod))
      if (name !== '') parts.push(`${name} ${port} ${protocol}`);
  }
  if (blocks.length > 0) {
    // A pod without address may get any: it is its own kind.
    parts.push(pod.ips.length === 0 ? 'no address' : '');
    for (const block of blocks) {
      const inside = pod.ips.filter((ip) => blockHas(block, ip) === true).length;
      parts.push(inside === 0 ? '0' : inside === pod.ips.length ? 'all' : 'some');
    }
  }
  return parts.join('\0');
}

function distinctionsOf(snapshot: Snapshot): Distinctions {
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
  const fromPods = (pods: PodSet | undefined): void => fromSelector(pods?.podSelector);
  const fromTierRule = ({ peers, ports }: TierRule): void => {
    for (const peer of peers) {
      if (peer.is === 'pods') fromPods(peer.pods);
      if (peer.is === 'networks') for (const cidr of peer.cidrs) blocks.add(cidr);
    }
    if (ports?.some(({ is }) => is === 'named')) namesPorts = true;
  };
  for (const policy of snapshot.all('NetworkPolicy')) {
    fromSelector(policy.podSelector);
    for (const rule of [...policy.ingress, ...policy.egress]) fromRule(rule);
  }
  const { admin, baseline } = tiersOf(snapshot);
  for (const policy of [...admin, ...baseline].flat()) {
    fromPods(policy.subject);
    for (const rule of [...policy.ingress, ...policy.egress]) fromTierRule(rule);
  }
  return { labelKeys: [...labelKeys].sort(), namesPorts, blocks: [...blocks].sort() };
}
