import { t } from '../base/l10n.ts';
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
    return answerOf([
      { effect: 'allows', code: 'same-pod', text: t('A pod always reaches itself.'), object },
    ]);
  }
  const families = withoutCommonFamily(from, to);
  if (families !== undefined) return answerOf([families]);
  if (from.is === 'address' && to.is === 'address') return answerOf([beyondTheCluster()]);
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
    text: t(
      '{0} has {1} addresses only, {2} {3} ones.',
      nameOf(from),
      [...source].join(', '),
      nameOf(to),
      [...target].join(', '),
    ),
    object: nameOf(to),
    ...(to.is === 'pod' && { path: 'status.podIPs' }),
  };
}

/**
 * `from-node`: the source is on the network of the target's node, which always gets in; `to-node`: the target is on that of
 * the source's node, where plugins differ on egress.
 */
export type OwnNode = 'from-node' | 'to-node';

/** What two pods have to do with each other's node; undefined: nothing. */
export function ownNodeOf(from: Pod, to: Pod): OwnNode | undefined {
  if (onSubjectsNode(to, { is: 'pod', pod: from })) return 'from-node';
  return onSubjectsNode(from, { is: 'pod', pod: to }) ? 'to-node' : undefined;
}

/** Whether two pods have addresses of the same family, or one of them none yet. */
export function shareFamily(from: Pod, to: Pod): boolean {
  if (from.ips.length === 0 || to.ips.length === 0) return true;
  return from.ips.some((ip) => to.ips.some((other) => familyOf(ip) === familyOf(other)));
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
  if (!onSubjectsNode(subject, peer)) return byPolicies(world, direction, subject, peer, flow);
  if (direction === 'ingress') return [ownNode(subject)];
  const reasons = byPolicies(world, direction, subject, peer, flow);
  return answerOf(reasons).allowed === false ? [toOwnNode(subject), ...reasons.map(softened)] : reasons;
}

function byPolicies(
  world: World,
  direction: Direction,
  subject: Pod,
  peer: Party,
  flow: Flow,
): readonly Reason[] {
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
      : opened(opening, peer);
  if (!subject.hostNetwork || reason.effect === 'depends') return [reason];
  return [
    {
      ...reason,
      effect: 'depends',
      code: 'host-network',
      text: t(
        "{0} uses its node's network, where most network plugins do not apply policies. {1}",
        podRef(subject),
        reason.text,
      ),
    },
  ];
}

/** A pod on the node's own network, and so the node itself, gets through to the pods of that node. */
function onSubjectsNode(subject: Pod, peer: Party): boolean {
  if (subject.nodeName === '') return false;
  if (peer.is === 'address') return peer.node === subject.nodeName;
  return peer.pod.hostNetwork && peer.pod.nodeName === subject.nodeName;
}

/** The docs say that traffic to and from a pod's node is always allowed; most plugins hold egress rules against it. */
function toOwnNode(subject: Pod): Reason {
  return {
    effect: 'depends',
    code: 'own-node',
    text: t(
      '{0} asks its own node, and network plugins differ on whether policies hold there.',
      podRef(subject),
    ),
    object: podRef(subject),
  };
}

function softened(reason: Reason): Reason {
  return reason.effect === 'denies' ? { ...reason, effect: 'depends' } : reason;
}

function beyondTheCluster(): Reason {
  return {
    effect: 'depends',
    code: 'not-in-cluster',
    text: t('Neither end is a pod of these objects, so that they say nothing of it.'),
  };
}

function ownNode(subject: Pod): Reason {
  return {
    effect: 'allows',
    code: 'own-node',
    text: t('{0} always accepts traffic from its own node.', podRef(subject)),
    object: podRef(subject),
  };
}

function notIsolated(direction: Direction, subject: Pod): Reason {
  return {
    effect: 'allows',
    code: `no-${direction}-policy`,
    text:
      direction === 'ingress'
        ? t('No network policy restricts incoming traffic of {0}.', podRef(subject))
        : t('No network policy restricts outgoing traffic of {0}.', podRef(subject)),
    object: podRef(subject),
  };
}

function opened({ policy, direction, rule, peer, certain }: Opening, other: Party): Reason {
  const peers = peer === undefined ? '' : `.${direction === 'ingress' ? 'from' : 'to'}[${peer}]`;
  const path = `spec.${direction}[${rule}]${peers}`;
  return {
    effect: certain ? 'allows' : 'depends',
    code: certain ? `policy-${direction}` : 'policy-ipblock',
    text: certain
      ? t('{0} allows it at {1}.', policyRef(policy), path)
      : other.is === 'address'
        ? t(
            '{0} allows it at {1}, if the address, which is not known, is in that block.',
            policyRef(policy),
            path,
          )
        : t(
            '{0} would allow it at {1}, if the network plugin applies that peer to pods.',
            policyRef(policy),
            path,
          ),
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
  const near = openings[0];
  return {
    effect: 'denies',
    code: `policy-${direction}`,
    text: closedText(direction, near !== undefined, podRef(subject), by.map(policyRef).join(', ')),
    object: policyRef(near?.policy ?? by[0]),
    path: near === undefined ? `spec.${direction}` : `spec.${direction}[${near.rule}].ports`,
  };
}

function closedText(direction: Direction, lacksPort: boolean, pod: string, policies: string): string {
  if (direction === 'ingress') {
    return lacksPort
      ? t(
          '{0} is isolated for incoming traffic by {1}, and the rule for the other end does not have this port.',
          pod,
          policies,
        )
      : t(
          '{0} is isolated for incoming traffic by {1}, and none of their rules names the other end.',
          pod,
          policies,
        );
  }
  return lacksPort
    ? t(
        '{0} is isolated for outgoing traffic by {1}, and the rule for the other end does not have this port.',
        pod,
        policies,
      )
    : t(
        '{0} is isolated for outgoing traffic by {1}, and none of their rules names the other end.',
        pod,
        policies,
      );
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
