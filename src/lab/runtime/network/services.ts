import {
  inNamespace,
  nodeAddresses,
  type Endpoint,
  type EndpointSlice,
  type KubeNode,
  type Service,
  type ServicePort,
} from '../kube.ts';
import type { ClusterView, KubeObject } from '../types.ts';
import { blockContains } from './addresses.ts';
import type { SocketAddress } from './connection.ts';
import type { WorldFaults } from './faults.ts';
import { hintedTo, zoneOf } from './topology.ts';
import type { Protocol } from './stack.ts';

/** What kube-proxy's rules do with a packet. */
export type ServiceRoute =
  | { readonly kind: 'endpoint'; readonly to: SocketAddress }
  | { readonly kind: 'rejected'; readonly why: string }
  | { readonly kind: 'dropped'; readonly why: string };

/** Where a packet comes from: node traffic policies and session affinity ask. */
export interface Origin {
  readonly address: string;
  readonly node: string | undefined;
  /** Whether a pod sends it, and not a node or somebody outside. */
  readonly isPod: boolean;
}

/** Services with this label are left to another proxy. */
const otherProxyLabel = 'service.kubernetes.io/service-proxy-name';

/** The default of kube-apiserver's --service-cluster-ip-range in kubeadm clusters. */
const serviceRange = '10.96.0.0/12';

/** kube-proxy: from cluster IPs, node ports and external IPs to a ready endpoint. Reads the store as it is now. */
export class ServiceTable {
  private readonly view: ClusterView;
  private readonly faults: WorldFaults;

  constructor(view: ClusterView, faults: WorldFaults = {}) {
    this.view = view;
    this.faults = faults;
  }

  /** What kube-proxy looks after. */
  private *own(): Iterable<Service> {
    for (const service of this.view.services() as Iterable<Service>) {
      if (service.metadata.labels?.[otherProxyLabel] === undefined) yield service;
    }
  }

  /** The route of a packet, or undefined when no service claims its destination. */
  route(to: SocketAddress, protocol: Protocol, from: Origin): ServiceRoute | undefined {
    let claimed = false;
    if (this.isDownOn(from.node)) {
      // Nobody maps the addresses of Services on this node, so they are addresses of nobody.
      if (blockContains(serviceRange, to.address)) return { kind: 'dropped', why: 'no kube-proxy' };
      return this.nodePort(to, protocol, from);
    }
    for (const service of this.own()) {
      if (!serviceAddresses(service).includes(to.address)) continue;
      claimed = true;
      const port = service.spec?.ports?.find((p) => p.port === to.port && (p.protocol ?? 'TCP') === protocol);
      if (port === undefined) continue;
      if (balancerAddresses(service).includes(to.address) && !admits(service, from.address))
        return { kind: 'dropped', why: 'loadBalancerSourceRanges' };
      return this.choose(service, port, from, service.spec?.internalTrafficPolicy === 'Local');
    }
    // In nftables mode kube-proxy rejects other ports of a cluster IP and drops unallocated cluster IPs.
    if (claimed) return { kind: 'rejected', why: `no service has port ${to.port} at ${to.address}` };
    if (blockContains(serviceRange, to.address)) return { kind: 'dropped', why: 'unallocated cluster IP' };
    return this.nodePort(to, protocol, from);
  }

  /** Endpoint slices of a service: they belong to it by label, not by name or owner. */
  slicesOf(service: KubeObject): EndpointSlice[] {
    return [...(this.view.endpointSlices() as Iterable<EndpointSlice>)].filter(
      (slice) =>
        inNamespace(slice) === inNamespace(service) &&
        slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
    );
  }

  private nodePort(to: SocketAddress, protocol: Protocol, from: Origin): ServiceRoute | undefined {
    const node = this.nodeWith(to.address);
    if (node === undefined || this.isDownOn(node.metadata.name)) return undefined;
    for (const service of this.own()) {
      const type = service.spec?.type;
      if (type !== 'NodePort' && type !== 'LoadBalancer') continue;
      const port = service.spec?.ports?.find(
        (p) => p.nodePort === to.port && (p.protocol ?? 'TCP') === protocol,
      );
      if (port === undefined) continue;
      // Of a pod on the asked node itself kube-proxy knows that it is inside, and takes any endpoint.
      const atHome = from.isPod && from.node === node.metadata.name;
      const local = service.spec?.externalTrafficPolicy === 'Local' && !atHome;
      return this.choose(service, port, local ? { ...from, node: node.metadata.name } : from, local);
    }
    return undefined;
  }

  private isDownOn(node: string | undefined): boolean {
    return node !== undefined && this.faults.kubeProxyDown?.includes(node) === true;
  }

  private nodeWith(address: string): KubeNode | undefined {
    return [...(this.view.nodes() as Iterable<KubeNode>)].find((node) =>
      nodeAddresses(node).includes(address),
    );
  }

  private choose(service: Service, port: ServicePort, from: Origin, localOnly: boolean): ServiceRoute {
    const name = `${inNamespace(service)}/${service.metadata.name}`;
    const all = this.endpointsFor(service, port);
    const zone = zoneOf(this.view, from.node);
    const usable = localOnly
      ? all.filter(({ endpoint }) => endpoint.nodeName === from.node)
      : hintedTo(zone, all);
    if (all.length === 0) return { kind: 'rejected', why: `service ${name} has no ready endpoints` };
    if (usable.length === 0) {
      return { kind: 'dropped', why: `service ${name} has no ready endpoints on node ${from.node ?? ''}` };
    }
    const sticky = service.spec?.sessionAffinity === 'ClientIP';
    const index = sticky ? hash(from.address) % usable.length : Math.floor(Math.random() * usable.length);
    const chosen = usable[index];
    if (chosen === undefined) return { kind: 'rejected', why: `service ${name} has no ready endpoints` };
    return { kind: 'endpoint', to: chosen.to };
  }

  private endpointsFor(service: Service, port: ServicePort): { to: SocketAddress; endpoint: Endpoint }[] {
    const found: { to: SocketAddress; endpoint: Endpoint }[] = [];
    for (const slice of this.slicesOf(service)) {
      if (slice.addressType === 'FQDN') continue;
      const match = slice.ports?.find(
        (p) => (p.name ?? '') === (port.name ?? '') && (p.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
      );
      const target = match?.port;
      if (target === undefined) continue;
      for (const endpoint of slice.endpoints ?? []) {
        const address = endpoint.addresses?.[0];
        if (address !== undefined) found.push({ to: { address, port: target }, endpoint });
      }
    }
    const ready = found.filter(({ endpoint }) => endpoint.conditions?.ready !== false);
    if (ready.length > 0) return ready;
    // Without ready ones, traffic goes on to those that are serving while they terminate.
    return found.filter(
      ({ endpoint: { conditions } }) => conditions?.serving === true && conditions.terminating === true,
    );
  }
}

/** All virtual addresses of a service. */
export function serviceAddresses(service: Service): string[] {
  const { spec } = service;
  const cluster = spec?.clusterIPs ?? (spec?.clusterIP === undefined ? [] : [spec.clusterIP]);
  return [...cluster, ...(spec?.externalIPs ?? []), ...balancerAddresses(service)].filter(
    (ip) => ip !== '' && ip !== 'None',
  );
}

/** Where load balancers answer for a service. */
export function balancerAddresses({ status }: Service): string[] {
  return (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => (ip === undefined ? [] : [ip]));
}

/** Whether loadBalancerSourceRanges let a client in; kube-proxy asks of everybody, pods included. */
function admits({ spec }: Service, client: string): boolean {
  const ranges = spec?.loadBalancerSourceRanges ?? [];
  return ranges.length === 0 || ranges.some((range) => blockContains(range, client));
}

function hash(text: string): number {
  let sum = 0;
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}
