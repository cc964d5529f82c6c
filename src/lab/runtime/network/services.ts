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
}

/** The default of kube-apiserver's --service-cluster-ip-range in kubeadm clusters. */
const serviceRange = '10.96.0.0/12';

/** kube-proxy: from cluster IPs, node ports and external IPs to a ready endpoint. Reads the store as it is now. */
export class ServiceTable {
  private readonly view: ClusterView;

  constructor(view: ClusterView) {
    this.view = view;
  }

  /** The route of a packet, or undefined when no service claims its destination. */
  route(to: SocketAddress, protocol: Protocol, from: Origin): ServiceRoute | undefined {
    let claimed = false;
    for (const service of this.view.services() as Iterable<Service>) {
      if (!serviceAddresses(service).includes(to.address)) continue;
      claimed = true;
      const port = service.spec?.ports?.find((p) => p.port === to.port && (p.protocol ?? 'TCP') === protocol);
      if (port) return this.choose(service, port, from, service.spec?.internalTrafficPolicy === 'Local');
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
    if (node === undefined) return undefined;
    for (const service of this.view.services() as Iterable<Service>) {
      const type = service.spec?.type;
      if (type !== 'NodePort' && type !== 'LoadBalancer') continue;
      const port = service.spec?.ports?.find(
        (p) => p.nodePort === to.port && (p.protocol ?? 'TCP') === protocol,
      );
      if (port === undefined) continue;
      const local = service.spec?.externalTrafficPolicy === 'Local';
      return this.choose(service, port, local ? { ...from, node: node.metadata.name } : from, local);
    }
    return undefined;
  }

  private nodeWith(address: string): KubeNode | undefined {
    return [...(this.view.nodes() as Iterable<KubeNode>)].find((node) =>
      nodeAddresses(node).includes(address),
    );
  }

  private choose(service: Service, port: ServicePort, from: Origin, localOnly: boolean): ServiceRoute {
    const name = `${inNamespace(service)}/${service.metadata.name}`;
    const all = this.endpointsFor(service, port);
    const usable = localOnly ? all.filter(({ endpoint }) => endpoint.nodeName === from.node) : all;
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
  const { spec, status } = service;
  const cluster = spec?.clusterIPs ?? (spec?.clusterIP === undefined ? [] : [spec.clusterIP]);
  const balancers = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => (ip === undefined ? [] : [ip]));
  return [...cluster, ...(spec?.externalIPs ?? []), ...balancers].filter((ip) => ip !== '' && ip !== 'None');
}

function hash(text: string): number {
  let sum = 0;
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}
