import type { Labels, Pod, Service } from './objects.ts';
import type { Snapshot } from './snapshot.ts';
import { selects } from './selector.ts';

/** One label that keeps a selector from matching. */
export interface LabelDifference {
  readonly key: string;
  readonly wanted: string;
  /** undefined: the pod has no such label. */
  readonly found: string | undefined;
}

/** The labels in which a pod differs from what a selector asks for; none: it matches. */
export function differencesOf(selector: Labels, labels: Labels): readonly LabelDifference[] {
  return Object.entries(selector)
    .filter(([key, wanted]) => !Object.hasOwn(labels, key) || labels[key] !== wanted)
    .map(([key, wanted]) => ({ key, wanted, found: Object.hasOwn(labels, key) ? labels[key] : undefined }));
}

/**
 * The pod that comes nearest to a selector that matches none; undefined where none has anything in common with it.
 * Equal labels count most, then a label with another value (more, the more alike the two are), then a value under
 * another key (`name: web` for `app: web`).
 */
export function nearestPod(pods: readonly Pod[], selector: Labels): Pod | undefined {
  let best: { readonly pod: Pod; readonly score: number } | undefined;
  for (const pod of pods) {
    const score = nearness(selector, pod.labels);
    if (score > 0 && (best === undefined || score > best.score)) best = { pod, score };
  }
  return best?.pod;
}

function nearness(selector: Labels, labels: Labels): number {
  let score = 0;
  for (const [key, value] of Object.entries(selector)) {
    if (Object.hasOwn(labels, key)) score += 1 + likeness(value, labels[key] ?? '');
  }
  const values = new Set(Object.values(labels));
  return score + (Object.values(selector).some((value) => values.has(value)) ? 1 : 0);
}

/** 0 to 1: the share of letters that two words have in common, in whatever order; `wbe` is `web`, nearly. */
function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const left: string[] = other.match(/./g) ?? [];
  const shared = (one.match(/./g) ?? []).filter((letter) => {
    const at = left.indexOf(letter);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (0.9 * shared.length) / Math.max(one.length, other.length, 1);
}

/** A Service that a pod misses by a label. */
export interface NearService {
  readonly service: Service;
  readonly difference: LabelDifference;
}

/**
 * Services that select no pod at all and would select this one but for a single label: with several labels in the
 * selector all others agree, with one the pod has the same key. Services that have their pods are not missed.
 */
export function nearServices(snapshot: Snapshot, pod: Pod): readonly NearService[] {
  return snapshot.inNamespace('Service', pod.namespace).flatMap((service) => {
    const { selector } = service;
    if (selector === undefined) return [];
    const [difference, another] = differencesOf(selector, pod.labels);
    if (difference === undefined || another !== undefined) return [];
    if (Object.keys(selector).length === 1 && difference.found === undefined) return [];
    const others = snapshot.inNamespace('Pod', pod.namespace);
    return others.some(({ labels }) => selects(selector, labels)) ? [] : [{ service, difference }];
  });
}
