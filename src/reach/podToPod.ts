import type { NetworkPolicy } from '../model/networkPolicy.ts';
import type { Pod, Protocol } from '../model/objects.ts';
import { familyOf } from './address.ts';
import { isolationOf, type Direction, type Isolation, type Opening, type Party } from './openings.ts';
import { hasPort } from './portSet.ts';
import { answerOf, type Answer, type Reason } from './reason.ts';
import { smallestPolicy } from './smallestRule.ts';
import { decideByTier } from './tierFlow.ts';
import { labelsOfNamespace, type World } from './world.ts';

/** One flow: who, to whom, on which port of the destination. Replies are always allowed and not asked about. */
export interface Flow {
  readonly from: Party;
  readonly to: Party;
  readonly port: number;
  readonly protocol: Protocol;
}

/** What the network policies say of a flow between two ends, with no Service between them. */
export function evaluateFlow(world: World, flow: Flow): Answer {
  const { from, to } = flow;
  if (from.is === 'pod' && to.is === 'pod' && samePod(from.pod, to.pod)) {
    const object = podRef(to.pod);
    return answerOf([{ effect: 'allows', code: 'same-pod', text: 'A pod always reaches itself.', object }]);
  }
  const families = withoutCommonFamily(from, to);
  if (families !== undefined) return answerOf([families]);
  const egress = from.is === 'pod' ? oneDirection(world, 'egress', from.pod, to, flow) : [];
  const ingress = to.is === 'pod' ? oneDirection(world, 'ingress', to.pod, from, flow) : [];
  return answerOf([...egress, ...ingress]);
}

/** A denial where both ends have addresses, and none of the same family. */
function withoutCommonFamily(from: Party, to: Party): Reason | undefined {
  const [source, target] = [from, to].map((party) => new Set(addressesOf(party).map(familyOf)));
  if (source === undefined || target === undefined || source.size === 0 || target.size === 0)
    return undefined;
  if ([...source].some((family) => target.has(family))) return undefined;
  return {
    effect: 'denies',
    code: 'ip-family',
    text: `${nameOf(from)} has ${[...source].join(' and ')} addresses only, ${nameOf(to)} ${[...target].join(' and ')} ones.`,
    object: nameOf(to),
    ...(to.is === 'pod' && { path: 'status.podIPs' }),
  };
}

function addressesOf(party: Party): readonly string[] {
  return party.is === 'pod' ? party.pod.ips : party.ip === '' ? [] : [party.ip];
}

function nameOf(party: Party): string {
  return party.is === 'pod' ? podRef(party.pod) : party.ip;
}

/** What one end's policies let through; the openings hold for every port. */
export function isolation(world: World, direction: Direction, subject: Pod, peer: Party): Isolation {
  const destination = direction === 'ingress' ? subject : peer.is === 'pod' ? peer.pod : undefined;
  return isolationOf(
    world.snapshot.inNamespace('NetworkPolicy', subject.namespace),
    direction,
    subject,
    peer,
    destination,
    (namespace) => labelsOfNamespace(world, namespace),
  );
}

function oneDirection(
  world: World,
  direction: Direction,
  subject: Pod,
  peer: Party,
  flow: Flow,
): readonly Reason[] {
  if (direction === 'ingress' && onSubjectsNode(subject, peer)) return [ownNode(subject)];
  const byTier = (tier: 'admin' | 'baseline', next: () => readonly Reason[]): readonly Reason[] =>
    decideByTier(world, tier, direction, subject, peer, flow, next);
  return byTier(
    'admin',
    // A pod that NetworkPolicies select is decided by them: the baseline is for the others.
    () =>
      byNetworkPolicies(world, direction, subject, peer, flow) ??
      byTier('baseline', () => [notIsolated(direction, subject)]),
  );
}

/** undefined: no NetworkPolicy isolates the subject in this direction. */
function byNetworkPolicies(
  world: World,
  direction: Direction,
  subject: Pod,
  peer: Party,
  flow: Flow,
): readonly Reason[] | undefined {
  const { port, protocol } = flow;
  const { by, openings } = isolation(world, direction, subject, peer);
  if (by.length === 0) return undefined;
  const matching = openings.filter(({ ports }) => hasPort(ports, protocol, port));
  const opening = matching.find(({ certain }) => certain) ?? matching[0];
  const reason =
    opening === undefined
      ? {
          ...closed(direction, subject, by, openings),
          yaml: smallestPolicy({ direction, subject, peer, port, protocol }),
        }
      : opened(opening);
  if (!subject.hostNetwork || reason.effect === 'depends') return [reason];
  return [
    {
      ...reason,
      effect: 'depends',
      code: 'host-network',
      text: `${podRef(subject)} uses its node's network, where most network plugins do not apply policies. ${reason.text}`,
    },
  ];
}

/** A pod on the node's own network, and so the node itself, gets through to the pods of that node. */
export function onSubjectsNode(subject: Pod, peer: Party): boolean {
  return (
    peer.is === 'pod' &&
    peer.pod.hostNetwork &&
    subject.nodeName !== '' &&
    peer.pod.nodeName === subject.nodeName
  );
}

function ownNode(subject: Pod): Reason {
  return {
    effect: 'allows',
    code: 'own-node',
    text: `${podRef(subject)} always accepts traffic from its own node.`,
    object: podRef(subject),
  };
}

function notIsolated(direction: Direction, subject: Pod): Reason {
  const which = direction === 'ingress' ? 'incoming' : 'outgoing';
  return {
    effect: 'allows',
    code: `no-${direction}-policy`,
    text: `No network policy restricts ${which} traffic of ${podRef(subject)}.`,
    object: podRef(subject),
  };
}

function opened({ policy, direction, rule, peer, certain }: Opening): Reason {
  const peers = peer === undefined ? '' : `.${direction === 'ingress' ? 'from' : 'to'}[${peer}]`;
  const path = `spec.${direction}[${rule}]${peers}`;
  return {
    effect: certain ? 'allows' : 'depends',
    code: certain ? `policy-${direction}` : 'policy-ipblock',
    text: certain
      ? `${policyRef(policy)} allows it at ${path}.`
      : `${policyRef(policy)} would allow it at ${path}, if the network plugin applies that peer to pods.`,
    object: policyRef(policy),
    path,
  };
}

function closed(
  direction: Direction,
  subject: Pod,
  by: readonly NetworkPolicy[],
  openings: readonly Opening[],
): Reason {
  const names = by.map(policyRef).join(', ');
  const near = openings[0];
  const which = direction === 'ingress' ? 'incoming' : 'outgoing';
  const but =
    near === undefined
      ? 'none of their rules names the other end'
      : 'the rule for the other end does not have this port';
  return {
    effect: 'denies',
    code: `policy-${direction}`,
    text: `${podRef(subject)} is isolated for ${which} traffic by ${names}, and ${but}.`,
    object: policyRef(near?.policy ?? by[0]),
    path: near === undefined ? `spec.${direction}` : `spec.${direction}[${near.rule}].ports`,
  };
}

function samePod(a: Pod, b: Pod): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}

function podRef({ namespace, name }: Pod): string {
  return `pod/${namespace}/${name}`;
}

function policyRef(policy: NetworkPolicy | undefined): string {
  return policy === undefined ? 'networkpolicy' : `networkpolicy/${policy.namespace}/${policy.name}`;
}
