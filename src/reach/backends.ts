import { serviceEndpoints } from '../model/serviceEndpoints.ts';
import type { Pod, Protocol, Service, ServicePort } from '../model/objects.ts';
import type { World } from './world.ts';

/** Where a connection to a Service ends up: a pod's port, or an address that is no pod's. */
export type Backend =
  | { readonly is: 'pod'; readonly pod: Pod; readonly port: number }
  | { readonly is: 'address'; readonly ip: string; readonly port: number };

/**
 * The backends of one port of a Service. Of a running cluster they are what its endpoint slices say; of files, the
 * pods that its selector would select.
 */
export function backendsOf(world: World, service: Service, port: ServicePort): readonly Backend[] {
  if (world.snapshot.slicesOf(service).length > 0) return fromSlices(world, service, port);
  const pods = world.snapshot.podsSelectedBy(service);
  const eligible = world.running ? pods.filter((pod) => pod.ready || service.publishNotReadyAddresses) : pods;
  return eligible.flatMap((pod) => {
    const number = targetPortOn(pod, port);
    return number === undefined ? [] : [{ is: 'pod' as const, pod, port: number }];
  });
}

function fromSlices(world: World, service: Service, { name, protocol }: ServicePort): readonly Backend[] {
  const endpoints = serviceEndpoints(world.snapshot, service).filter(
    (endpoint) => endpoint.portName === name && endpoint.protocol === protocol,
  );
  // kube-proxy falls back to endpoints that are ending but still serve when no other is left (KEP-1669).
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const used =
    ready.length > 0 ? ready : endpoints.filter(({ serving, terminating }) => serving && terminating);
  return used.flatMap(({ ip, port, pod }) => {
    if (port === undefined) return [];
    return [pod === undefined ? { is: 'address' as const, ip, port } : { is: 'pod' as const, pod, port }];
  });
}

/** The number a Service's target port has on one pod; undefined where it is a name that the pod does not declare. */
export function targetPortOn(pod: Pod, { targetPort, protocol }: ServicePort): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  return declaredPort(pod, targetPort, protocol);
}

function declaredPort(pod: Pod, name: string, protocol: Protocol): number | undefined {
  return pod.containers
    .filter(({ role }) => role === 'main' || role === 'sidecar')
    .flatMap(({ ports }) => ports)
    .find((port) => port.name === name && port.protocol === protocol)?.port;
}
