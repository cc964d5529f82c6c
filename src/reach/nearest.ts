import type { Service, ServicePort } from '../model/objects.ts';
import { serviceEndpoints } from '../model/serviceEndpoints.ts';
import type { Backend } from './backends.ts';
import type { Via } from './fromOutside.ts';
import type { Party } from './openings.ts';
import type { Reason } from './reason.ts';
import type { World } from './world.ts';

/** The backends that a connection may be given to, and why not the others. */
interface Near {
  readonly backends: readonly Backend[];
  readonly reasons: readonly Reason[];
}

/** Keeps to the traffic policies and the topology hints of a Service, as kube-proxy does on the node it comes by. */
export function nearest(
  world: World,
  from: Party,
  service: Service,
  port: ServicePort,
  backends: readonly Backend[],
  via: Via,
): Near {
  const external = via.is !== 'cluster-ip';
  const node = external
    ? via.is === 'node-port'
      ? via.node
      : undefined
    : from.is === 'pod'
      ? from.pod.nodeName
      : '';
  const local = (external ? service.externalTrafficPolicy : service.internalTrafficPolicy) === 'Local';
  if (node === undefined || node === '') return { backends, reasons: [] };
  if (local) return onNode(service, backends, node, external);
  return inZone(world, service, port, backends, node);
}

function onNode(service: Service, backends: readonly Backend[], node: string, external: boolean): Near {
  const near = backends.filter((backend) => backend.is === 'pod' && backend.pod.nodeName === node);
  if (near.length > 0) return { backends: near, reasons: [] };
  const object = `svc/${service.namespace}/${service.name}`;
  const field = external ? 'externalTrafficPolicy' : 'internalTrafficPolicy';
  const where = external ? `on node ${node}` : "on the source's node";
  const reason: Reason = {
    effect: 'denies',
    code: external ? 'external-traffic-local' : 'internal-traffic-local',
    text: `${object} has ${field} Local, and none of its pods is ${where}.`,
    object,
    path: `spec.${field}`,
  };
  return { backends: [], reasons: [reason] };
}

/**
 * kube-proxy keeps to the hints only where every ready endpoint has one, the node has a zone, and some endpoint is
 * meant for it (Topology Aware Routing, safeguards).
 */
function inZone(
  world: World,
  service: Service,
  port: ServicePort,
  backends: readonly Backend[],
  node: string,
): Near {
  const zone = world.snapshot.get('Node', '', node)?.labels['topology.kubernetes.io/zone'];
  const endpoints = serviceEndpoints(world.snapshot, service).filter(
    ({ portName, protocol, ready }) => portName === port.name && protocol === port.protocol && ready,
  );
  if (zone === undefined || endpoints.length === 0) return { backends, reasons: [] };
  if (endpoints.some(({ hintedZones }) => hintedZones.length === 0)) return { backends, reasons: [] };
  const hinted = new Set(
    endpoints.filter(({ hintedZones }) => hintedZones.includes(zone)).map(({ ip }) => ip),
  );
  const near = backends.filter((backend) =>
    backend.is === 'pod' ? backend.pod.ips.some((ip) => hinted.has(ip)) : hinted.has(backend.ip),
  );
  if (near.length === 0 || near.length === backends.length) return { backends, reasons: [] };
  const object = `svc/${service.namespace}/${service.name}`;
  const text = `The hints of the endpoint slices keep clients in zone ${zone} to ${near.length} of ${backends.length} endpoints.`;
  return { backends: near, reasons: [{ effect: 'allows', code: 'topology', text, object }] };
}
