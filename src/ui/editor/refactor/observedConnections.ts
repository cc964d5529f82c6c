import type { Pod, Service } from '../../../model/objects.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import type { ObservedConnection, ObservedEnd } from '../../../rules/refactor/policyFromObserved.ts';
import type { ObservedReachable } from '../../host/observations.ts';

/** The connections that checks found open, by labels and ports as a policy sees them. */
export interface ResolvedObservations {
  readonly connections: readonly ObservedConnection[];
  /** Ends that are no longer in the cluster, or of which it is not known what they are. */
  readonly unresolved: readonly string[];
}

/** Finds the pods and ports behind what was observed. Checks speak TCP. */
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
    const ends = targetPod
      ? endOfPod(snapshot.get('Pod', targetPod.namespace, targetPod.name), target.port)
      : endsOfHost(target.host, target.port, from.namespace, snapshot);
    if (ends.length === 0) unresolved.add(target.ref);
    for (const { end, port } of ends) connections.push({ from: endOf(pod), to: end, port, protocol: 'TCP' });
  }
  return { connections, unresolved: [...unresolved] };
}

interface PortEnd {
  readonly end: ObservedEnd;
  readonly port: number;
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
  port: number,
  fromNamespace: string,
  snapshot: Snapshot,
): readonly PortEnd[] {
  const service = serviceAt(host, fromNamespace, snapshot);
  if (service !== undefined) return endsOfService(service, port, snapshot);
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
function endsOfService(service: Service, port: number, snapshot: Snapshot): readonly PortEnd[] {
  const { selector, namespace, headless } = service;
  if (selector === undefined) return [];
  const end: ObservedEnd = { is: 'pods', namespace, labels: selector };
  const target = headless ? port : service.ports.find((each) => each.port === port)?.targetPort;
  if (target === undefined) return [];
  if (typeof target === 'number') return [{ end, port: target }];
  const numbers = snapshot
    .podsSelectedBy(service)
    .flatMap(({ containers }) => containers.flatMap(({ ports }) => ports))
    .filter(({ name }) => name === target)
    .map((each) => each.port);
  return [...new Set(numbers)].map((number) => ({ end, port: number }));
}
