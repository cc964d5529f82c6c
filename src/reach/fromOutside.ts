import type { Protocol, Service } from '../model/objects.ts';
import { blockHas } from './address.ts';
import type { Backend } from './backends.ts';
import type { Party } from './openings.ts';
import { evaluateFlow } from './podToPod.ts';
import type { Answer, Reason } from './reason.ts';
import type { World } from './world.ts';

/** By which of its addresses a Service is asked for. */
export type Via =
  | { readonly is: 'cluster-ip' }
  /** A port of a node; undefined: it does not matter which. */
  | { readonly is: 'node-port'; readonly node: string | undefined }
  | { readonly is: 'load-balancer' };

/** Why a Service cannot be come at this way; undefined where it can. */
export function wayIn(from: Party, service: Service, via: Via): Reason | undefined {
  const object = `svc/${service.namespace}/${service.name}`;
  if (via.is === 'cluster-ip') {
    if (from.is === 'pod' || service.type !== 'ClusterIP' || service.externalIPs.length > 0) return undefined;
    const text = `${object} has no address outside the cluster: its type is ClusterIP.`;
    return { effect: 'denies', code: 'cluster-ip-inside-only', text, object, path: 'spec.type' };
  }
  const ranges = service.loadBalancerSourceRanges;
  if (via.is === 'node-port' || from.is === 'pod' || ranges.length === 0) return undefined;
  if (ranges.some((range) => blockHas(range, from.ip) === true)) return undefined;
  const text = `${object} accepts clients of ${ranges.join(', ')} only, and ${from.ip} is none of them.`;
  return {
    effect: 'denies',
    code: 'load-balancer-sources',
    text,
    object,
    path: 'spec.loadBalancerSourceRanges',
  };
}

/**
 * A connection that comes in through a node. With externalTrafficPolicy Cluster the node puts its own address in the
 * place of the client's, unless the plugin knows better: what policies say of the client may not hold.
 */
export function evaluateFromOutside(
  world: World,
  from: Party,
  service: Service,
  backend: Backend,
  protocol: Protocol,
): Answer {
  const to: Party =
    backend.is === 'pod' ? { is: 'pod', pod: backend.pod } : { is: 'address', ip: backend.ip };
  const flow = { to, port: backend.port, protocol };
  const asClient = evaluateFlow(world, { ...flow, from });
  if (service.externalTrafficPolicy === 'Local' || to.is === 'address') return asClient;
  const nodes = world.snapshot
    .all('Node')
    .flatMap(({ addresses }) => addresses.filter(({ type }) => type === 'InternalIP'));
  const asNode = (nodes.length > 0 ? nodes : [{ address: '' }]).map(({ address }) =>
    evaluateFlow(world, { ...flow, from: { is: 'address', ip: address } }),
  );
  if (asNode.every(({ allowed }) => allowed === asClient.allowed)) return asClient;
  const object = `svc/${service.namespace}/${service.name}`;
  const text = `A node that forwards to ${object} may hide the client's address, and the policies judge the two differently.`;
  const translated: Reason = {
    effect: 'depends',
    code: 'source-translated',
    text,
    object,
    path: 'spec.externalTrafficPolicy',
  };
  return { allowed: 'depends', because: [translated, ...asClient.because] };
}
