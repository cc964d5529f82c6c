import { SystemError } from '../system/errors.ts';
import type { KubeNode, Pod } from '../kube.ts';
import { isLoopback } from './addresses.ts';
import { Connection, type SocketAddress } from './connection.ts';
import type { DnsAnswer, DnsQuestion } from './dns.ts';

/** Whose network a stack is; always the present object. */
export type StackOwner =
  | { readonly kind: 'pod'; readonly uid: string; readonly pod: () => Pod | undefined }
  | { readonly kind: 'node'; readonly name: string; readonly node: () => KubeNode | undefined };

export type Protocol = 'TCP' | 'UDP';

export interface Listener {
  readonly protocol: Protocol;
  /** `0.0.0.0`, `::` or one address. */
  readonly address: string;
  readonly port: number;
  /** The listening process, as `ss -p` and `netstat -p` show it. */
  readonly program: string;
  close(): void;
}

interface TcpListener extends Listener {
  accept(connection: Connection): void;
}

export type DatagramHandler = (question: DnsQuestion, signal: AbortSignal) => Promise<DnsAnswer>;

interface UdpListener extends Listener {
  answer: DatagramHandler;
}

/** What the cluster's network does for a stack. */
export interface Uplink {
  addressesOf(owner: StackOwner): readonly string[];
  /** @throws SystemError ECONNREFUSED, ETIMEDOUT after minutes, ENETUNREACH */
  connect(from: NetworkStack, to: SocketAddress, signal: AbortSignal): Promise<Connection>;
  /** Asks a name server. @throws SystemError ECONNREFUSED; waits without end when nobody answers */
  ask(
    from: NetworkStack,
    server: string,
    question: DnsQuestion,
    signal: AbortSignal,
    port?: number,
  ): Promise<DnsAnswer>;
  /** The stack of the node that a pod runs on: from there the kubelet probes. */
  nodeOf(pod: Pod): NetworkStack;
  /** Whether an echo request is answered. */
  ping(from: NetworkStack, address: string): boolean;
  /** Whether policies let connections out to the internet. */
  letsOut(from: NetworkStack, port: number): boolean;
}

const firstEphemeralPort = 32_768;
const ephemeralPorts = 28_000;

/** The network namespace of a pod, or of a node for host network pods: interfaces, sockets, loopback. */
export class NetworkStack {
  readonly owner: StackOwner;
  readonly uplink: Uplink;
  /** Whether a mesh's proxy runs here: it takes connections from inside the mesh only (strict mutual TLS). */
  inMesh = false;
  private readonly listeners = new Set<TcpListener | UdpListener>();
  private readonly open = new Set<Connection>();
  private lastPort = 0;

  constructor(owner: StackOwner, uplink: Uplink) {
    this.owner = owner;
    this.uplink = uplink;
  }

  addresses(): readonly string[] {
    return this.uplink.addressesOf(this.owner);
  }

  /** The address packets leave with. */
  sourceAddress(destination: string): string {
    if (isLoopback(destination)) return destination;
    const sameFamily = this.addresses().find(
      (address) => address.includes(':') === destination.includes(':'),
    );
    return sameFamily ?? (destination.includes(':') ? '::1' : '127.0.0.1');
  }

  nextPort(): number {
    this.lastPort = (this.lastPort + 1) % ephemeralPorts;
    return firstEphemeralPort + this.lastPort;
  }

  /**
   * Opens a listening TCP socket.
   * @throws SystemError EADDRINUSE when a socket of the pod, of whichever container, has the port
   */
  listen(address: string, port: number, program: string, accept: (connection: Connection) => void): Listener {
    return this.add({ protocol: 'TCP', address, port, program, accept, close: () => undefined });
  }

  /** Opens a UDP socket that answers questions. @throws SystemError EADDRINUSE */
  serve(address: string, port: number, program: string, answer: DatagramHandler): Listener {
    return this.add({ protocol: 'UDP', address, port, program, answer, close: () => undefined });
  }

  /** The listening sockets, by port. */
  listening(): readonly Listener[] {
    return [...this.listeners].sort((a, b) => a.port - b.port);
  }

  /** Opens a connection, by the loopback interface or out through the cluster's network. */
  connect(address: string, port: number, signal: AbortSignal): Promise<Connection> {
    const destination = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
    return this.uplink.connect(this, { address: destination, port }, signal);
  }

  /** A connection that reaches this stack at one of its addresses. @throws SystemError ECONNREFUSED */
  accept(client: SocketAddress, at: SocketAddress, dialled: SocketAddress, fromMesh: boolean): Connection {
    // A mesh's proxy takes every connection, whether or not the application listens, and ends those in plain text.
    if (this.inMesh && !fromMesh) return refusedByMesh(client, dialled);
    const listener = this.find('TCP', at);
    if (listener === undefined || !('accept' in listener)) throw new SystemError('ECONNREFUSED');
    // The client goes on believing that it talks to the address it dialled, as with a cluster IP.
    const [here, there] = Connection.pair(client, dialled);
    this.open.add(there);
    there.once('close', () => this.open.delete(there));
    listener.accept(there);
    return here;
  }

  /** The handler of a UDP socket. @throws SystemError ECONNREFUSED */
  datagramHandler(at: SocketAddress): DatagramHandler {
    const listener = this.find('UDP', at);
    if (listener === undefined || !('answer' in listener)) throw new SystemError('ECONNREFUSED');
    return listener.answer;
  }

  /** Ends everything, as when the pod goes. */
  close(): void {
    this.listeners.clear();
    for (const connection of this.open) connection.reset();
  }

  private find(protocol: Protocol, { address, port }: SocketAddress): TcpListener | UdpListener | undefined {
    return [...this.listeners].find(
      (listener) =>
        listener.protocol === protocol && listener.port === port && this.bound(listener.address, address),
    );
  }

  private bound(listening: string, address: string): boolean {
    if (listening === address || listening === '::') return true;
    return listening === '0.0.0.0' && !address.includes(':');
  }

  private add(listener: TcpListener | UdpListener): Listener {
    for (const other of this.listeners) {
      const samePlace =
        this.bound(other.address, listener.address) || this.bound(listener.address, other.address);
      if (other.protocol === listener.protocol && other.port === listener.port && samePlace) {
        throw new SystemError('EADDRINUSE');
      }
    }
    listener.close = () => {
      this.listeners.delete(listener);
    };
    this.listeners.add(listener);
    return listener;
  }
}

/** A connection that stands, and is reset by the first thing that is sent. */
function refusedByMesh(client: SocketAddress, dialled: SocketAddress): Connection {
  const [here, there] = Connection.pair(client, dialled);
  there.once('data', () => there.reset());
  return here;
}
