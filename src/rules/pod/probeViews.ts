import type { MapNode } from '../../manifest/node.ts';
import type { ContainerView, PodView } from '../podView.ts';
import { isSet, mapOf } from '../read.ts';

export type ProbeKind = 'livenessProbe' | 'readinessProbe' | 'startupProbe';

/** A probe as it is written. */
export interface ProbeView {
  readonly kind: ProbeKind;
  readonly node: MapNode;
  readonly container: ContainerView;
  /** The handlers that are written: normally one. */
  readonly handlers: readonly string[];
}

const kinds: readonly ProbeKind[] = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

export function probesOf(pod: PodView | undefined): readonly ProbeView[] {
  return (pod?.containers ?? []).flatMap((container) =>
    kinds.flatMap((kind) => {
      const node = mapOf(container.node.get(kind));
      if (node === undefined) return [];
      return [{ kind, node, container, handlers: handlers.filter((handler) => isSet(node.get(handler))) }];
    }),
  );
}
