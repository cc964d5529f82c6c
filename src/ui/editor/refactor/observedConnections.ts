import type { Pod, Protocol, Service } from '../../../model/objects.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import type { ObservedConnection, ObservedEnd } from '../../../rules/refactor/policyFromObserved.ts';
import type { ObservedReachable } from '../../host/observations.ts';

/** The connections that checks found open, by labels and ports as a policy sees them. */
export interface ResolvedObservations {
  readonly connections: readonly ObservedConnection[];
  /** Ends that are no longer in the cluster, or of which it is not known what they are. */
  readonly unresolved: readonly string[];
}

/** Finds the pods, ports and protocols behind what was observed. */
export function observedConnections(
  observed: readonly ObservedReachable[],
  snapshot: Snapshot,
): ResolvedObservations {
  const connections: ObservedConnection[] = [];
  const unresolved = new Set<string>();
  for (const { from, target, targetPod } of observed) {
    const pod = snapshot.get('Pod', from.namespace, from.pod);
    if (pod === undefined) {
      unresolved.add(`pod/${from.namespace}/${from.pod}`);
      continue;
    }
    const protocol = target.scheme === 'udp' ? 'UDP' : 'TCP';
    const ends = targetPod
      ? endOfPod(snapshot.get('Pod', targetPod.namespace, targetPod.name), target.port)
      : endsOfHost(target.host, { port: target.port, protocol }, from.namespace, snapshot);
    if (ends.length === 0) unresolved.add(target.ref);
    for (const { end, port } of ends) connections.push({ from: endOf(pod), to: end, port, protocol });
  }
  return { connections, unresolved: [...unresolved] };
}

interface PortEnd {
  readonly end: ObservedEnd;
  readonly port: number;
}

/** The port that was asked, before a Service made another of it. */
interface Asked {
  readonly port: number;
  readonly protocol: Protocol;
}

/** Pods in their node's network have its address, and no policy selects them. */
function endOf({ hostNetwork, ips: [ip], namespace, labels }: Pod): ObservedEnd {
  return hostNetwork && ip !== undefined ? { is: 'address', ip } : { is: 'pods', namespace, labels };
}

function endOfPod(pod: Pod | undefined, port: number): readonly PortEnd[] {
  return pod === undefined ? [] : [{ end: endOf(pod), port }];
}

function endsOfHost(
  host: string,
  asked: Asked,
  fromNamespace: string,
  snapshot: Snapshot,
): readonly PortEnd[] {
  const { port } = asked;
  const service = serviceAt(host, fromNamespace, snapshot);
  if (service !== undefined) return endsOfService(service, asked, snapshot);
  const [pod, other] = snapshot.podsByIp(host);
  if (pod !== undefined && other === undefined) return endOfPod(pod, port);
  return /^[\d.]+$|:/.test(host) ? [{ end: { is: 'address', ip: host }, port }] : [];
}

function serviceAt(host: string, fromNamespace: string, snapshot: Snapshot): Service | undefined {
  const byAddress = snapshot.all('Service').find(({ clusterIPs }) => clusterIPs.includes(host));
  if (byAddress !== undefined) return byAddress;
  const [name = '', namespace = fromNamespace, svc] = host.replace(/\.$/, '').split('.');
  return svc === undefined || svc === 'svc' ? snapshot.get('Service', namespace, name) : undefined;
}

/** A policy sees the pods behind a Service, on their own ports. */
function endsOfService(service: Service, { port, protocol }: Asked, snapshot: Snapshot): readonly PortEnd[] {
  const { selector, namespace, headless } = service;
  if (selector === undefined) return [];
  const end: ObservedEnd = { is: 'pods', namespace, labels: selector };
  const target = headless
    ? port
    : service.ports.find((each) => each.port === port && each.protocol === protocol)?.targetPort;
  if (target === undefined) return [];
  if (typeof target === 'number') return [{ end, port: target }];
  const numbers = snapshot
    .podsSelectedBy(service)
    .flatMap(({ containers }) => containers.flatMap(({ ports }) => ports))
    .filter((each) => each.name === target && each.protocol === protocol)
    .map((each) => each.port);
  return [...new Set(numbers)].map((number) => ({ end, port: number }));
}
