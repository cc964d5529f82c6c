import { serviceEndpoints, type ServiceEndpoint } from '../model/serviceEndpoints.ts';
import type { Pod, Protocol, Service, ServicePort } from '../model/objects.ts';
import { servedPorts } from './servedPorts.ts';
import type { World } from './world.ts';

/** Where a connection to a Service ends up: a pod's port, or an address that is no pod's. */
export type Backend =
  | { readonly is: 'pod'; readonly pod: Pod; readonly port: number }
  | { readonly is: 'address'; readonly ip: string; readonly port: number };

/**
 * The backends of one port of a Service. Of a running cluster they are what its endpoint slices say; of files, the
 * pods that its selector would select. Of a headless Service `port.targetPort` is the port asked for, whatever the
 * slices say: its name leads to addresses, and nothing translates ports.
 */
export function backendsOf(world: World, service: Service, port: ServicePort): readonly Backend[] {
  if (world.snapshot.slicesOf(service).length > 0) return fromSlices(world, service, port);
  const pods = world.snapshot.podsSelectedBy(service);
  const eligible = pods.filter((pod) => takesTraffic(world, service, pod));
  return eligible.flatMap((pod) => {
    const number = targetPortOn(pod, port);
    return number === undefined ? [] : [{ is: 'pod' as const, pod, port: number }];
  });
}

function takesTraffic({ running, unready }: World, service: Service, pod: Pod): boolean {
  if (pod.phase === 'Succeeded' || pod.phase === 'Failed') return false;
  return service.publishNotReadyAddresses || (running ? pod.ready : !unready?.has(pod));
}

function fromSlices(world: World, service: Service, port: ServicePort): readonly Backend[] {
  const all = serviceEndpoints(world.snapshot, service);
  const endpoints = service.headless
    ? withPort(all, port.targetPort)
    : all.filter(({ portName, protocol }) => portName === port.name && protocol === port.protocol);
  // kube-proxy falls back to endpoints that are ending but still serve when no other is left (KEP-1669).
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const used =
    ready.length > 0 ? ready : endpoints.filter(({ serving, terminating }) => serving && terminating);
  return used.flatMap(({ ip, port: number, pod = soleOwner(world, ip) }) => {
    if (number === undefined) return [];
    return [pod === undefined ? { is: 'address', ip, port: number } : { is: 'pod', pod, port: number }];
  });
}

/** Each address once, with the port asked for. */
function withPort(endpoints: readonly ServiceEndpoint[], asked: number | string): readonly ServiceEndpoint[] {
  if (typeof asked !== 'number') return endpoints;
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const byIp = new Map(
    [...endpoints, ...ready].map((endpoint) => [endpoint.ip, { ...endpoint, port: asked }]),
  );
  return [...byIp.values()];
}

/** The pod that has this address, where a slice by hand does not name it and no other pod shares it. */
function soleOwner({ snapshot }: World, ip: string): Pod | undefined {
  const [pod, other] = snapshot.podsByIp(ip);
  return other === undefined ? pod : undefined;
}

/** The number a Service's target port has on one pod; undefined where it is a name that the pod does not declare. */
export function targetPortOn(pod: Pod, { targetPort, protocol }: ServicePort): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  return declaredPort(pod, targetPort, protocol);
}

function declaredPort(pod: Pod, name: string, protocol: Protocol): number | undefined {
  return servedPorts(pod).find((port) => port.name === name && port.protocol === protocol)?.port;
}
