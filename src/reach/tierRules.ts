import type { Pod } from '../model/objects.ts';
import { labelsMatch } from '../model/labelSelector.ts';
import type { TierPeer, TierRule } from '../model/tierPolicy.ts';
import { blockHas, isWholeFamily } from './address.ts';
import type { Party } from './openings.ts';
import { allPorts, noPorts, portRange, union, type PortSet } from './portSet.ts';
import { servedPorts } from './servedPorts.ts';
import { setHas } from './tiers.ts';
import { labelsOfNamespace, type World } from './world.ts';

/** Whether something matches; `depends` where the objects do not tell. */
export type Match = 'yes' | 'no' | 'depends';

/**
 * What a rule does. A rule with a peer of an unknown form fails closed: it allows nothing to that peer, and any
 * other action becomes a denial of everything (API text of ClusterNetworkPolicyIngressPeer).
 */
export function effectOf(rule: TierRule): { readonly action: TierRule['action']; readonly closed: boolean } {
  const closed = rule.action !== 'allow' && rule.peers.some(({ is }) => is === 'unknown');
  return { action: closed ? 'deny' : rule.action, closed };
}

/** Whether a peer of a rule means this party. */
export function tierPeerMatches(world: World, peer: TierPeer, party: Party): Match {
  switch (peer.is) {
    case 'pods':
      return party.is === 'pod' &&
        setHas(peer.pods, party.pod, (namespace) => labelsOfNamespace(world, namespace))
        ? 'yes'
        : 'no';
    case 'nodes':
      return nodeMatches(world, peer.selector, party);
    case 'networks':
      return addressesMatch(
        peer.cidrs,
        party.is === 'pod' ? party.pod.ips : party.ip === '' ? [] : [party.ip],
      );
    case 'domains':
      // Which addresses a name has is known to the plugin alone; it never means pods.
      return party.is === 'address' ? 'depends' : 'no';
    case 'unknown':
      return 'no';
  }
}

function nodeMatches({ snapshot }: World, selector: Parameters<typeof labelsMatch>[0], party: Party): Match {
  if (party.is === 'pod' && !party.pod.hostNetwork) return 'no';
  const name = party.is === 'pod' ? party.pod.nodeName : party.node;
  if (name === undefined && party.is === 'address' && party.ip === '') return 'no';
  const nodes =
    name !== undefined
      ? [snapshot.get('Node', '', name)]
      : snapshot
          .all('Node')
          .filter(({ addresses }) =>
            addresses.some(({ address }) => party.is === 'address' && address === party.ip),
          );
  if (name !== undefined && nodes[0] === undefined) return 'depends';
  return nodes.some((node) => node !== undefined && labelsMatch(selector, node.labels)) ? 'yes' : 'no';
}

/** With addresses of both families it depends on which of them is used. */
function addressesMatch(cidrs: readonly string[], ips: readonly string[]): Match {
  if (ips.length === 0) return cidrs.some(isWholeFamily) ? 'yes' : 'depends';
  const inside = ips.filter((ip) => cidrs.some((cidr) => blockHas(cidr, ip) === true)).length;
  return inside === 0 ? 'no' : inside === ips.length ? 'yes' : 'depends';
}

/** The ports a rule is about; names are those of the destination's container ports, of any protocol. */
export function portsOfTierRule(rule: TierRule, destination: Pod | undefined): PortSet {
  if (rule.ports === undefined || effectOf(rule).closed) return allPorts;
  return rule.ports
    .map((port) => {
      if (port.is === 'range') return portRange(port.protocol, port.first, port.last);
      return (destination === undefined ? [] : servedPorts(destination))
        .filter(({ name }) => name === port.name)
        .map((declared) => portRange(declared.protocol, declared.port, declared.port))
        .reduce(union, noPorts);
    })
    .reduce(union, noPorts);
}

/** Whether any port of a rule is a name, which each destination reads in its own way. */
export function namesTierPorts({ ports }: TierRule): boolean {
  return ports?.some(({ is }) => is === 'named') ?? false;
}
