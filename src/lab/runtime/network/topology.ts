import type { Endpoint, KubeNode } from '../kube.ts';
import type { ClusterView } from '../types.ts';

/** A node's zone, by its well-known label. */
export function zoneOf(view: ClusterView, node: string | undefined): string | undefined {
  const found = [...(view.nodes() as Iterable<KubeNode>)].find(({ metadata }) => metadata.name === node);
  return found?.metadata.labels?.['topology.kubernetes.io/zone'];
}

/**
 * The endpoints that kube-proxy uses in a zone: those hinted to it, where every endpoint has a hint and some is for
 * this zone; all of them else (pkg/proxy/topology.go).
 */
export function hintedTo<T extends { readonly endpoint: Endpoint }>(
  zone: string | undefined,
  all: readonly T[],
): readonly T[] {
  const zonesOf = ({ endpoint }: T): string[] => (endpoint.hints?.forZones ?? []).map(({ name }) => name);
  if (zone === undefined || all.some((entry) => zonesOf(entry).length === 0)) return all;
  const here = all.filter((entry) => zonesOf(entry).includes(zone));
  return here.length > 0 ? here : all;
}
