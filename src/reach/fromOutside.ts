import { t } from '../base/l10n.ts';
import type { Protocol, Service } from '../model/objects.ts';
import { blockHas, isWholeFamily } from './address.ts';
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

/** Whether kube-proxy works where the party is: for pods, and for the nodes themselves. */
export function isInside(party: Party): boolean {
  return party.is === 'pod' || party.node !== undefined;
}

/** Why a Service cannot be come at this way; undefined where it can. */
export function wayIn(from: Party, service: Service, via: Via): Reason | undefined {
  const object = `svc/${service.namespace}/${service.name}`;
  if (via.is === 'cluster-ip') {
    if (isInside(from) || service.type !== 'ClusterIP' || service.externalIPs.length > 0) return undefined;
    const text = t('{0} has no address outside the cluster: its type is ClusterIP.', object);
    return { effect: 'denies', code: 'cluster-ip-inside-only', text, object, path: 'spec.type' };
  }
  const ranges = service.loadBalancerSourceRanges;
  if (via.is === 'node-port' || from.is === 'pod' || from.node !== undefined || ranges.length === 0)
    return undefined;
  if (ranges.some((range) => isWholeFamily(range) || blockHas(range, from.ip) === true)) return undefined;
  const path = 'spec.loadBalancerSourceRanges';
  if (from.ip === '') {
    const text = t(
      '{0} accepts clients of {1} only, and whether the client is one is not known.',
      object,
      ranges.join(', '),
    );
    return { effect: 'depends', code: 'load-balancer-sources', text, object, path };
  }
  const text = t(
    '{0} accepts clients of {1} only, and {2} is none of them.',
    object,
    ranges.join(', '),
    from.ip,
  );
  return { effect: 'denies', code: 'load-balancer-sources', text, object, path };
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
  const text = t(
    "A node that forwards to {0} may hide the client's address, and the policies judge the two differently.",
    object,
  );
  const translated: Reason = {
    effect: 'depends',
    code: 'source-translated',
    text,
    object,
    path: 'spec.externalTrafficPolicy',
  };
  return { allowed: 'depends', because: [translated, ...asClient.because] };
}
