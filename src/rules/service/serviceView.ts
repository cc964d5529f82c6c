import type { MapNode } from '../../manifest/node.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import { filledText, integerOf, isSet, itemsOf, mapOf, mapsOf, textOf } from '../read.ts';

/** A Service as it is written, with the server's defaults. */
export interface ServiceView {
  readonly spec: MapNode;
  /** ClusterIP when none is written; as written otherwise, also when there is no such type. */
  readonly type: string;
  /** clusterIP None on a ClusterIP Service. */
  readonly headless: boolean;
  /** clusterIP, or the first of clusterIPs. */
  readonly clusterIP: string | undefined;
  readonly ports: readonly MapNode[];
}

export function serviceView(object: ManifestObject): ServiceView | undefined {
  const spec = mapOf(object.at(['spec']));
  if (spec === undefined) return undefined;
  const clusterIP = filledText(spec.get('clusterIP')) ?? filledText(itemsOf(spec.get('clusterIPs'))[0]);
  const type = filledText(spec.get('type')) ?? 'ClusterIP';
  return {
    spec,
    type,
    clusterIP,
    headless: clusterIP === 'None' && type === 'ClusterIP',
    ports: mapsOf(spec.get('ports')),
  };
}

/** The protocol of a port, TCP when none is written. */
export function protocolOf(port: MapNode): string {
  return filledText(port.get('protocol')) ?? 'TCP';
}

/** Where the port leads to: targetPort, or the port itself when none is written. */
export function targetOf(port: MapNode): number | string | undefined {
  const target = port.get('targetPort');
  if (!isSet(target) || textOf(target) === '' || integerOf(target) === 0) return integerOf(port.get('port'));
  return integerOf(target) ?? textOf(target);
}
