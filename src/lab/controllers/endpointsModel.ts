/** Which pods stand behind a service, and on which ports: what slices and Endpoints are written from. */
import { canonicalJson } from '../objects/json.ts';
import type { Endpoint, EndpointPort, Service } from '../objects/network.ts';
import { isPodFinished, isPodReady } from '../objects/pod.ts';
import type { Pod } from '../objects/pod.ts';
import { nodes, pods } from '../resources/catalog.ts';
import { matchesLabels } from '../store/selectors.ts';
import type { Store } from '../store/store.ts';

/** Endpoints that share their resolved ports. */
export interface EndpointGroup {
  ports: EndpointPort[];
  endpoints: Endpoint[];
}

export function isHeadless(service: Service): boolean {
  return service.spec.clusterIP === 'None';
}

/** A service whose endpoints the control plane looks after: it has a selector and is no alias. */
export function isSelecting(service: Service): boolean {
  return service.spec.type !== 'ExternalName' && Object.keys(service.spec.selector ?? {}).length > 0;
}

/** A named target port is looked up in the pod, by name and protocol. */
function resolvePort(pod: Pod, target: number | string, protocol: string): number | undefined {
  if (typeof target === 'number') return target;
  if (/^\d+$/.test(target)) return Number(target);
  const sidecars = (pod.spec.initContainers ?? []).filter(
    (container) => container.restartPolicy === 'Always',
  );
  return [...pod.spec.containers, ...sidecars]
    .flatMap((container) => container.ports ?? [])
    .find((port) => port.name === target && (port.protocol ?? 'TCP') === protocol)?.containerPort;
}

function portsFor(service: Service, pod: Pod): EndpointPort[] {
  return (service.spec.ports ?? []).flatMap(({ name, protocol = 'TCP', targetPort, port, appProtocol }) => {
    const resolved = resolvePort(pod, targetPort ?? port, protocol);
    if (resolved === undefined) return [];
    return [{ name: name ?? '', protocol, port: resolved, ...(appProtocol ? { appProtocol } : {}) }];
  });
}

type ZoneOf = (nodeName: string) => string | undefined;

function endpointOf(service: Service, pod: Pod, address: string, zoneOf: ZoneOf): Endpoint {
  const zone = zoneOf(pod.spec.nodeName ?? '');
  const staysInZone = /^Prefer(Close|SameZone)$/.test(service.spec.trafficDistribution ?? '');
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const serving = isPodReady(pod);
  const publish = service.spec.publishNotReadyAddresses === true;
  const { name, namespace, uid } = pod.metadata;
  const hasName = pod.spec.hostname && pod.spec.subdomain === service.metadata.name;
  return {
    addresses: [address],
    conditions: { ready: publish || (serving && !terminating), serving: publish || serving, terminating },
    ...(hasName ? { hostname: pod.spec.hostname } : {}),
    targetRef: { kind: 'Pod', ...(namespace ? { namespace } : {}), name, uid },
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    ...(zone === undefined ? {} : { zone }),
    ...(zone !== undefined && staysInZone && serving && !terminating
      ? { hints: { forZones: [{ name: zone }] } }
      : {}),
  };
}

/** The addresses of which families a service's endpoints have; one slice holds one family. */
export function familiesOf(service: Service): readonly string[] {
  return service.spec.ipFamilies ?? ['IPv4'];
}

function addressOf({ status }: Pod, family: string): string | undefined {
  const all = status.podIPs?.map(({ ip }) => ip) ?? (status.podIP === undefined ? [] : [status.podIP]);
  return all.find((ip) => ip.includes(':') === (family === 'IPv6'));
}

/** The endpoints of a service with a selector, grouped by their ports, in the order of the pods' names. */
export function endpointGroups(store: Store, service: Service, family: string): EndpointGroup[] {
  const zoneOf: ZoneOf = (name) =>
    store.get(nodes, { name })?.metadata.labels?.['topology.kubernetes.io/zone'];
  const selector = service.spec.selector ?? {};
  const selected = [...store.list(pods, service.metadata.namespace)]
    .filter((pod) => matchesLabels(selector, pod.metadata.labels) && !isPodFinished(pod))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const groups = new Map<string, EndpointGroup>();
  for (const pod of selected) {
    const address = addressOf(pod, family);
    if (address === undefined) continue;
    const ports = portsFor(service, pod);
    // A headless service may have no ports at all; otherwise a pod without any of them is no endpoint.
    if (ports.length === 0 && (service.spec.ports?.length ?? 0) > 0) continue;
    const key = canonicalJson(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    group.endpoints.push(endpointOf(service, pod, address, zoneOf));
    groups.set(key, group);
  }
  return [...groups.values()];
}
