import type { Snapshot } from '../../../model/snapshot.ts';
import type { CheckResult } from '../../host/checkResults.ts';
import type { MapLevel, MapView } from '../../panels/protocol/map.ts';
import { bundleEdges } from './bundle.ts';
import { checkEdges } from './checks.ts';
import { choose, countsByLevel, levelFor, type Chosen } from './choose.ts';
import type { MapGraph } from './graph.ts';
import { namespaceGraph } from './namespaces.ts';
import { objectGraph } from './objects.ts';
import { policyEdges } from './policies.ts';
import type { MapWords } from './words.ts';
import { workloadGraph } from './workloads.ts';

export interface BuiltMap extends MapGraph {
  readonly level: MapLevel;
  readonly chosen: Chosen;
  readonly counts: Readonly<Record<MapLevel, number>>;
  /** Policies were asked for, and there is too much to draw them. */
  readonly policiesLeftOut: boolean;
}

/** The map of a Snapshot as a person chose to see it, at a level that a page can draw. */
export function buildMap(
  snapshot: Snapshot,
  view: MapView,
  checks: readonly CheckResult[],
  words: MapWords,
): BuiltMap {
  const chosen = choose(snapshot, view, words);
  const level = levelFor(chosen, view);
  const make = { objects: objectGraph, workloads: workloadGraph, namespaces: namespaceGraph }[level];
  const graph = make(snapshot, chosen, words);
  const hidden = new Set<string>(view.hiddenKinds);
  const nodes = graph.nodes.filter(({ kind }) => !hidden.has(kind));
  const used = new Set(nodes.map(({ box }) => box));
  const workloads = graph.boxes.filter(({ is, id }) => is === 'workload' && used.has(id));
  for (const { parent } of workloads) used.add(parent);
  const boxes = graph.boxes.filter(({ id }) => used.has(id));
  const policies = view.policies ? policyEdges(snapshot, chosen.pods, level, words) : [];
  const ends = new Set([...nodes, ...boxes].map(({ id }) => id));
  const edges = [...graph.edges, ...checkEdges(snapshot, checks, level, words)].filter(
    ({ from, to }) => ends.has(from) && ends.has(to),
  );
  const bundled = bundleEdges(edges, nodes, new Set(workloads.map(({ id }) => id)));
  return {
    nodes,
    boxes,
    edges: [...bundled, ...(policies ?? []).filter(({ from, to }) => ends.has(from) && ends.has(to))],
    level,
    chosen,
    counts: countsByLevel(chosen, view),
    policiesLeftOut: policies === undefined,
  };
}
