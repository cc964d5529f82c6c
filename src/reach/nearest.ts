import { t } from '../base/l10n.ts';
import type { Pod, Service, ServicePort } from '../model/objects.ts';
import { serviceEndpoints } from '../model/serviceEndpoints.ts';
import type { Backend } from './backends.ts';
import { isInside, type Via } from './fromOutside.ts';
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
  const own = from.is === 'pod' ? from.pod.nodeName : (from.node ?? '');
  const node = via.is === 'node-port' ? (via.node ?? '') : external ? '' : own;
  // A load balancer's health checks choose the nodes with pods; from inside, kube-proxy stands in for it.
  const chosen = via.is === 'load-balancer' || (external && own !== '' && own === node);
  const local = (external ? service.externalTrafficPolicy : service.internalTrafficPolicy) === 'Local';
  if (local && !chosen && (external || isInside(from))) return onNode(service, backends, node, external);
  if (node === '' || local) return { backends, reasons: [] };
  return inZone(world, service, port, backends, node);
}

/** @param node '' where it is not known by which one it comes */
function onNode(service: Service, backends: readonly Backend[], node: string, external: boolean): Near {
  const object = `svc/${service.namespace}/${service.name}`;
  const field = external ? 'externalTrafficPolicy' : 'internalTrafficPolicy';
  const near = backends.filter((backend) => backend.is === 'pod' && isOn(backend.pod, node));
  if (near.length > 0) return { backends: near, reasons: [] };
  if (node === '' || backends.some((backend) => backend.is === 'pod' && backend.pod.nodeName === '')) {
    const text = t(
      '{0} has {1} Local, and these objects do not say whether one of its pods is on the node where the connection comes by.',
      object,
      field,
    );
    const code = external ? 'external-traffic-local' : 'internal-traffic-local';
    return { backends, reasons: [{ effect: 'depends', code, text, object, path: `spec.${field}` }] };
  }
  const reason: Reason = {
    effect: 'denies',
    code: external ? 'external-traffic-local' : 'internal-traffic-local',
    text: external
      ? t('{0} has externalTrafficPolicy Local, and none of its pods is on node {1}.', object, node)
      : t("{0} has internalTrafficPolicy Local, and none of its pods is on the source's node.", object),
    object,
    path: `spec.${field}`,
  };
  return { backends: [], reasons: [reason] };
}

/** A DaemonSet has a pod on every node that its pods may use. */
function isOn(pod: Pod, node: string): boolean {
  return pod.nodeName === '' ? pod.owner?.kind === 'DaemonSet' : pod.nodeName === node;
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
  const text = t(
    'The hints of the endpoint slices keep clients in zone {0} to {1} of {2} endpoints.',
    zone,
    near.length,
    backends.length,
  );
  return { backends: near, reasons: [{ effect: 'allows', code: 'topology', text, object }] };
}
