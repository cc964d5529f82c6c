import type { MapNode } from '../../manifest/node.ts';
import type { ContainerView, PodView } from '../podView.ts';
import { filledText, integerOf, mapsOf } from '../read.ts';

/** A port of a container as it is written, with the server's defaults. */
export interface ContainerPortView {
  readonly node: MapNode;
  readonly container: ContainerView;
  readonly name: string | undefined;
  readonly number: number | undefined;
  readonly protocol: string;
  /** 0 = none. */
  readonly hostPort: number;
  readonly hostIP: string | undefined;
}

export function portsOf(container: ContainerView): readonly ContainerPortView[] {
  return mapsOf(container.node.get('ports')).map((node) => ({
    node,
    container,
    name: filledText(node.get('name')),
    number: integerOf(node.get('containerPort')),
    protocol: filledText(node.get('protocol')) ?? 'TCP',
    hostPort: integerOf(node.get('hostPort')) ?? 0,
    hostIP: filledText(node.get('hostIP')),
  }));
}

/** The ports of the containers that run side by side: all but the init containers that end. */
export function portsRunningTogether(pod: PodView): readonly ContainerPortView[] {
  return pod.containers
    .filter((container) => container.list === 'containers' || container.sidecar)
    .flatMap(portsOf);
}
