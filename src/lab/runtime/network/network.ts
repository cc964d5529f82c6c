import {
  nodeAddresses,
  podAddresses,
  type EndpointSlice,
  type KubeNode,
  type Pod,
  type Service,
} from '../kube.ts';
import { SystemError } from '../system/errors.ts';
import { delay } from '../system/wait.ts';
import type { ClusterView } from '../types.ts';
import { isLoopback, isOutside } from './addresses.ts';
import type { Connection, SocketAddress } from './connection.ts';
import type { DnsAnswer, DnsQuestion } from './dns.ts';
import { losesPackets, type WorldFaults } from './faults.ts';
import { policiesAllow, type Party, type PolicyWorld } from './policy.ts';
import { balancerAddresses, ServiceTable } from './services.ts';
import { NetworkStack, type Protocol, type StackOwner, type Uplink } from './stack.ts';

/** Linux gives up after so long without an answer to its SYN (tcp_syn_retries = 6). */
const connectGivesUpAfter = 130_000;

/** Of the client outside, and of what stands for the internet: an address kept for documentation (RFC 5737). */
const outsideAddress = '203.0.113.7';

/** Where a packet arrives: a stack that takes it, or nobody who answers. */
type Destination =
  | { readonly kind: 'stack'; readonly stack: NetworkStack; readonly at: SocketAddress }
  | { readonly kind: 'refused' }
  | { readonly kind: 'dropped' };

/** The cluster's network: pods and nodes with their addresses, services in front of them, policies between. */
export class ClusterNetwork implements Uplink {
  readonly services: ServiceTable;
  private readonly view: ClusterView;
  private readonly faults: WorldFaults;
  private readonly pods = new Map<string, NetworkStack>();
  private readonly nodes = new Map<string, NetworkStack>();

  constructor(view: ClusterView, faults: WorldFaults = {}) {
    this.view = view;
    this.faults = faults;
    this.services = new ServiceTable(view, faults);
    this.policyWorld = {
      policies: () => this.view.networkPolicies(),
      otherPolicies: () => this.view.otherPolicies?.() ?? [],
      labelsOfNamespace: (name) => {
        const namespace = [...(this.view.namespaces?.() ?? [])].find((n) => n.metadata.name === name);
        return { 'kubernetes.io/metadata.name': name, ...namespace?.metadata.labels };
      },
      ipBlocksMissPods: faults.ipBlocksMissPods === true,
    };
  }

  /** The stack of a pod: its own, or its node's with `hostNetwork`. */
  stackOf(pod: Pod): NetworkStack {
    if (pod.spec?.hostNetwork === true) return this.nodeStack(pod.spec.nodeName ?? '');
    const { uid } = pod.metadata;
    const known = this.pods.get(uid);
    if (known) return known;
    const stack = new NetworkStack({ kind: 'pod', uid, pod: () => this.podByUid(uid) }, this);
    this.pods.set(uid, stack);
    return stack;
  }

  nodeOf(pod: Pod): NetworkStack {
    return this.nodeStack(pod.spec?.nodeName ?? '');
  }

  nodeStack(name: string): NetworkStack {
    const known = this.nodes.get(name);
    if (known) return known;
    const node = (): KubeNode | undefined => [...this.view.nodes()].find((n) => n.metadata.name === name);
    const stack = new NetworkStack({ kind: 'node', name, node }, this);
    this.nodes.set(name, stack);
    return stack;
  }

  /** The API server's own machine: at the addresses that the `kubernetes` service's endpoints have. */
  readonly controlPlane: NetworkStack = new NetworkStack(
    { kind: 'node', name: 'control-plane', node: () => this.controlPlaneNode() },
    this,
  );

  /** A client outside of the cluster: it reaches what is published, and no pod or cluster IP. */
  readonly outside: NetworkStack = new NetworkStack(
    {
      kind: 'node',
      name: '',
      node: () => ({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: '', uid: '' },
        status: { addresses: [{ type: 'ExternalIP', address: outsideAddress }] },
      }),
    },
    this,
  );

  /** Whether a client outside gets to an address at all: nodes and load balancers. */
  private isPublished({ address, port }: SocketAddress): boolean {
    const isNode = [...(this.view.nodes() as Iterable<KubeNode>)].some((node) =>
      nodeAddresses(node).includes(address),
    );
    const isNodePort = port >= 30_000 && port <= 32_767;
    if (isNode) return !(isNodePort && this.faults.nodePortsFirewalled === true);
    return [...(this.view.services() as Iterable<Service>)].some((service) =>
      balancerAddresses(service).includes(address),
    );
  }

  private controlPlaneNode(): KubeNode {
    const slices = [...(this.view.endpointSlices() as Iterable<EndpointSlice>)].filter(
      ({ metadata }) =>
        metadata.namespace === 'default' && metadata.labels?.['kubernetes.io/service-name'] === 'kubernetes',
    );
    const addresses = slices.flatMap(({ endpoints }) =>
      (endpoints ?? []).flatMap((endpoint) => endpoint.addresses ?? []),
    );
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'control-plane', uid: 'control-plane' },
      status: { addresses: addresses.map((address) => ({ type: 'InternalIP', address })) },
    };
  }

  removePod(uid: string): void {
    this.pods.get(uid)?.close();
    this.pods.delete(uid);
  }

  dispose(): void {
    for (const stack of [...this.pods.values(), ...this.nodes.values(), this.controlPlane, this.outside])
      stack.close();
  }

  addressesOf(owner: StackOwner): readonly string[] {
    if (owner.kind === 'node') {
      const node = owner.node();
      return node ? nodeAddresses(node) : [];
    }
    const pod = owner.pod();
    return pod ? podAddresses(pod) : [];
  }

  async connect(from: NetworkStack, to: SocketAddress, signal: AbortSignal): Promise<Connection> {
    const source = { address: from.sourceAddress(to.address), port: from.nextPort() };
    const { stack, at } = await this.arrive(from, to, 'TCP', signal);
    const connection = stack.accept(source, at, to, from.inMesh);
    const far = nodeName(from) !== nodeName(stack);
    if (far && this.faults.mtu !== undefined) connection.limitPackets(this.faults.mtu);
    return connection;
  }

  async ask(
    from: NetworkStack,
    server: string,
    question: DnsQuestion,
    signal: AbortSignal,
    port = 53,
  ): Promise<DnsAnswer> {
    const { stack, at } = await this.arrive(from, { address: server, port }, 'UDP', signal);
    return stack.datagramHandler(at)(question, signal);
  }

  ping(from: NetworkStack, address: string): boolean {
    if (isLoopback(address) || from.addresses().includes(address)) return true;
    const target = this.stackAt(address);
    // Policies are about ports; an echo request has none and passes only between pods that none isolates.
    return (
      target !== undefined &&
      !this.isLost(from, target) &&
      this.allowed(from, target, { address, port: 0 }, 'TCP')
    );
  }

  letsOut(from: NetworkStack, port: number): boolean {
    if (this.faults.policiesNotEnforced === true) return true;
    const source = this.party(from, from.sourceAddress(outsideAddress));
    return policiesAllow(this.policyWorld, {
      from: source,
      to: { address: outsideAddress },
      port,
      protocol: 'TCP',
    });
  }

  private isLost(from: NetworkStack, to: NetworkStack): boolean {
    return from !== to && losesPackets(this.faults, nodeName(from), nodeName(to));
  }

  /** Where a first packet arrives. @throws SystemError ECONNREFUSED; ETIMEDOUT, once the caller's system gives up */
  private async arrive(
    from: NetworkStack,
    to: SocketAddress,
    protocol: Protocol,
    signal: AbortSignal,
  ): Promise<Extract<Destination, { kind: 'stack' }>> {
    const destination = this.destinationOf(from, to, protocol);
    // Packets take a moment; nothing in a network happens within the caller's own step.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    if (destination.kind === 'stack') return destination;
    if (destination.kind === 'refused') throw new SystemError('ECONNREFUSED');
    await delay(connectGivesUpAfter, signal);
    throw new SystemError('ETIMEDOUT');
  }

  private destinationOf(from: NetworkStack, to: SocketAddress, protocol: Protocol): Destination {
    const here: Destination = { kind: 'stack', stack: from, at: to };
    if (isLoopback(to.address)) return here;
    if (from === this.outside && !this.isPublished(to)) return { kind: 'dropped' };
    const route = this.route(from, to, protocol);
    if (route?.kind === 'rejected') return { kind: 'refused' };
    if (route?.kind === 'dropped') return { kind: 'dropped' };
    if (route === undefined && from.addresses().includes(to.address)) return here;
    if (route !== undefined && this.faults.noHairpin === true && from.addresses().includes(route.to.address))
      return { kind: 'dropped' };
    return this.deliver(from, route?.to ?? to, protocol);
  }

  private route(
    from: NetworkStack,
    to: SocketAddress,
    protocol: Protocol,
  ): ReturnType<ServiceTable['route']> {
    return this.services.route(to, protocol, {
      address: from.sourceAddress(to.address),
      node: nodeName(from),
      isPod: from.owner.kind === 'pod',
    });
  }

  private deliver(from: NetworkStack, dialled: SocketAddress, protocol: Protocol): Destination {
    const to = this.hostPort(dialled, protocol) ?? dialled;
    const stack = this.stackAt(to.address);
    if (stack === undefined || this.isLost(from, stack) || !this.allowed(from, stack, to, protocol))
      return { kind: 'dropped' };
    return { kind: 'stack', stack, at: to };
  }

  /** Where a container's `hostPort` leads from its node's addresses. */
  private hostPort(to: SocketAddress, protocol: Protocol): SocketAddress | undefined {
    const node = [...(this.view.nodes() as Iterable<KubeNode>)].find((n) =>
      nodeAddresses(n).includes(to.address),
    );
    if (node === undefined) return undefined;
    for (const pod of this.view.pods() as Iterable<Pod>) {
      if (
        pod.spec?.nodeName !== node.metadata.name ||
        pod.spec.hostNetwork === true ||
        !this.pods.has(pod.metadata.uid)
      )
        continue;
      const ports = pod.spec.containers?.flatMap((container) => container.ports ?? []) ?? [];
      const port = ports.find((p) => p.hostPort === to.port && (p.protocol ?? 'TCP') === protocol);
      const address = podAddresses(pod)[0];
      if (port && address !== undefined) return { address, port: port.containerPort };
    }
    return undefined;
  }

  private allowed(from: NetworkStack, stack: NetworkStack, to: SocketAddress, protocol: Protocol): boolean {
    if (from === stack || this.faults.policiesNotEnforced === true) return true;
    const source = this.party(from, from.sourceAddress(to.address));
    const target = this.party(stack, to.address);
    // A node always reaches its own pods: the kubelet's probes come from it.
    const sameNode = from.owner.kind === 'node' && target.pod?.spec?.nodeName === from.owner.name;
    return sameNode || policiesAllow(this.policyWorld, { from: source, to: target, port: to.port, protocol });
  }

  private readonly policyWorld: PolicyWorld;

  private party(stack: NetworkStack, address: string): Party {
    const pod = stack.owner.kind === 'pod' ? stack.owner.pod() : undefined;
    return pod ? { address, pod } : { address };
  }

  private stackAt(address: string): NetworkStack | undefined {
    if (isOutside(address)) return undefined;
    for (const pod of this.view.pods() as Iterable<Pod>) {
      const stack = podAddresses(pod).includes(address) ? this.pods.get(pod.metadata.uid) : undefined;
      if (stack !== undefined) return stack;
    }
    const node = [...(this.view.nodes() as Iterable<KubeNode>)].find((n) =>
      nodeAddresses(n).includes(address),
    );
    if (node) return this.nodeStack(node.metadata.name);
    return this.controlPlane.addresses().includes(address) ? this.controlPlane : undefined;
  }

  private podByUid(uid: string): Pod | undefined {
    for (const pod of this.view.pods() as Iterable<Pod>) if (pod.metadata.uid === uid) return pod;
    return undefined;
  }
}

/** The node that a stack is on. */
function nodeName({ owner }: NetworkStack): string {
  return owner.kind === 'node' ? owner.name : (owner.pod()?.spec?.nodeName ?? '');
}
