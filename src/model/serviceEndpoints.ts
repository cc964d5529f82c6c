import type { EndpointPort, Pod, Service } from './objects.ts';
import type { Snapshot } from './snapshot.ts';

/** One address behind a Service on one of its ports, merged over all the Service's slices. */
export interface ServiceEndpoint {
  readonly ip: string;
  /** undefined: the slice names no port (a named target port that the pod does not have). */
  readonly port: number | undefined;
  readonly portName: string;
  readonly protocol: EndpointPort['protocol'];
  /** The pod behind it, if the endpoint names one, whether or not the Snapshot holds it. */
  readonly podRef?: { readonly namespace: string; readonly name: string };
  readonly pod?: Pod;
  readonly nodeName: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly zone: string;
  readonly hintedZones: readonly string[];
  /** The slice it was read from: the evidence. */
  readonly slice: string;
}

/**
 * The endpoints of a Service from all its EndpointSlices, found by the label `kubernetes.io/service-name`.
 * The same address and port in two slices, as happens while slices are rebalanced, counts once
 * (EndpointSlice docs: clients must deduplicate). A slice without ports yields one endpoint without a port.
 */
export function serviceEndpoints(snapshot: Snapshot, service: Service): readonly ServiceEndpoint[] {
  const merged = new Map<string, ServiceEndpoint>();
  for (const slice of snapshot.slicesOf(service)) {
    const ports: readonly EndpointPort[] =
      slice.ports.length > 0 ? slice.ports : [{ name: '', protocol: 'TCP', port: undefined }];
    for (const endpoint of slice.endpoints) {
      for (const ip of endpoint.addresses) {
        for (const port of ports) {
          const key = `${ip}|${port.port ?? ''}|${port.protocol}|${port.name}`;
          const before = merged.get(key);
          if (before?.ready || (before && !endpoint.ready)) continue;
          const podRef = endpoint.target?.kind === 'Pod' ? endpoint.target : undefined;
          const pod = podRef && snapshot.get('Pod', podRef.namespace || service.namespace, podRef.name);
          merged.set(key, {
            ip,
            port: port.port,
            portName: port.name,
            protocol: port.protocol,
            ...(podRef && {
              podRef: { namespace: podRef.namespace || service.namespace, name: podRef.name },
            }),
            ...(pod && { pod }),
            nodeName: endpoint.nodeName,
            ready: endpoint.ready,
            serving: endpoint.serving,
            terminating: endpoint.terminating,
            zone: endpoint.zone,
            hintedZones: endpoint.hintedZones,
            slice: slice.name,
          });
        }
      }
    }
  }
  return [...merged.values()];
}
