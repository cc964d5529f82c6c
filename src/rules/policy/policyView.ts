import type { MapNode } from '../../manifest/node.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import { filledText, isFilled, itemsOf, mapOf, mapsOf } from '../read.ts';

export type Direction = 'ingress' | 'egress';

/** One rule of a NetworkPolicy as it is written. */
export interface PolicyRuleView {
  readonly direction: Direction;
  readonly node: MapNode;
  readonly peers: readonly MapNode[];
  readonly ports: readonly MapNode[];
}

export interface PolicyView {
  readonly spec: MapNode;
  readonly rules: readonly PolicyRuleView[];
  /** The directions that the policy is about: as written, or as the server takes it. */
  readonly types: ReadonlySet<Direction>;
}

export function policyView(object: ManifestObject): PolicyView | undefined {
  const spec = mapOf(object.at(['spec']));
  if (spec === undefined) return undefined;
  const rules = (['ingress', 'egress'] as const).flatMap((direction) =>
    mapsOf(spec.get(direction)).map((node) => ({
      direction,
      node,
      peers: mapsOf(node.get(direction === 'ingress' ? 'from' : 'to')),
      ports: mapsOf(node.get('ports')),
    })),
  );
  return { spec, rules, types: typesOf(spec) };
}

function typesOf(spec: MapNode): ReadonlySet<Direction> {
  const written = itemsOf(spec.get('policyTypes')).map((item) => filledText(item));
  if (written.length > 0) {
    const types = new Set<Direction>();
    if (written.includes('Ingress')) types.add('ingress');
    if (written.includes('Egress')) types.add('egress');
    return types;
  }
  // Not written: Ingress always, Egress when there are egress rules (networking/v1 defaults).
  return new Set<Direction>(isFilled(spec.get('egress')) ? ['ingress', 'egress'] : ['ingress']);
}
