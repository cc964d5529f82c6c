import { createRuntime, type RuntimeOptions } from '../../../src/lab/runtime/runtime.ts';
import type {
  ClusterView,
  ContainerState,
  ExecSession,
  KubeObject,
  PodRuntime,
} from '../../../src/lab/runtime/types.ts';

type Objects = Record<keyof Required<ClusterView>, KubeObject[]>;

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code, or why nothing was started. */
  readonly exit: number | string;
}

/** A cluster of plain objects around a runtime: what the API server is to it in the lab. */
export class World {
  readonly objects: Objects = {
    pods: [],
    services: [],
    endpointSlices: [],
    nodes: [],
    networkPolicies: [],
    otherPolicies: [],
    configMaps: [],
    secrets: [],
    namespaces: [],
  };
  readonly runtime: PodRuntime;
  readonly states: { pod: string; state: ContainerState }[] = [];
  private readonly waiting = new Set<() => void>();
  private lastAddress = 1;

  constructor(options: RuntimeOptions = {}) {
    const view = Object.fromEntries(
      Object.entries(this.objects).map(([kind, list]) => [kind, () => list]),
    ) as unknown as ClusterView;
    this.runtime = createRuntime(view, options);
    this.objects.nodes.push(node('node1', '172.18.0.2'), node('node2', '172.18.0.3'));
    this.runtime.onContainerState((uid, state) => {
      const pod = this.objects.pods.find(({ metadata }) => metadata.uid === uid);
      this.states.push({ pod: pod?.metadata.name ?? uid, state });
      for (const wake of this.waiting) wake();
    });
  }

  /** Adds a pod with an address of its own and starts it. */
  pod(name: string, spec: Record<string, unknown>, metadata: Record<string, unknown> = {}): KubeObject {
    const podIP = `10.244.1.${++this.lastAddress}`;
    const pod: KubeObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', uid: `uid-${name}`, ...metadata },
      spec: { nodeName: 'node1', ...spec },
      status: { phase: 'Pending', podIP, podIPs: [{ ip: podIP }], hostIP: '172.18.0.2' },
    };
    this.objects.pods.push(pod);
    this.runtime.startPod(pod);
    return pod;
  }

  address(pod: KubeObject): string {
    return (pod.status as { podIP: string }).podIP;
  }

  /** A service with one slice of the given pods' addresses. */
  service(
    name: string,
    options: {
      ip?: string;
      port: number;
      target?: number;
      pods?: KubeObject[];
      spec?: Record<string, unknown>;
      namespace?: string;
      protocol?: string;
    },
  ): KubeObject {
    const namespace = options.namespace ?? 'default';
    const protocol = options.protocol ?? 'TCP';
    const service: KubeObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, uid: `uid-svc-${name}` },
      spec: {
        type: 'ClusterIP',
        clusterIP: options.ip ?? 'None',
        ports: [{ port: options.port, targetPort: options.target ?? options.port, protocol }],
        ...options.spec,
      },
    };
    this.objects.services.push(service);
    this.objects.endpointSlices.push({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-abc`,
        namespace,
        uid: `uid-slice-${name}`,
        labels: { 'kubernetes.io/service-name': name },
      },
      addressType: 'IPv4',
      ports: [{ name: '', port: options.target ?? options.port, protocol }],
      endpoints: (options.pods ?? []).map((pod) => ({
        addresses: [this.address(pod)],
        conditions: { ready: true },
        nodeName: (pod.spec as { nodeName: string }).nodeName,
        hostname: (pod.spec as { hostname?: string }).hostname,
        targetRef: { kind: 'Pod', name: pod.metadata.name, namespace },
      })),
    });
    return service;
  }

  /** The cluster's DNS: a coredns pod behind kube-dns. */
  async dns(): Promise<KubeObject> {
    const pod = this.pod(
      'coredns',
      { containers: [{ name: 'coredns', image: 'registry.k8s.io/coredns/coredns:v1.12.1' }] },
      { namespace: 'kube-system' },
    );
    this.service('kube-dns', {
      ip: '10.96.0.10',
      port: 53,
      pods: [pod],
      namespace: 'kube-system',
      protocol: 'UDP',
    });
    await this.ready('coredns');
    return pod;
  }

  /** Waits until a container's state fits. */
  async until(
    pod: string,
    fits: (state: ContainerState) => boolean,
    container?: string,
  ): Promise<ContainerState> {
    for (;;) {
      const last = this.states.findLast(
        (entry) => entry.pod === pod && (container === undefined || entry.state.container === container),
      );
      if (last && fits(last.state)) return last.state;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.waiting.delete(wake);
          resolve();
        };
        this.waiting.add(wake);
      });
    }
  }

  async ready(pod: string, container?: string): Promise<void> {
    await this.until(pod, ({ ready }) => ready, container);
  }

  start(
    pod: KubeObject,
    command: readonly string[],
    options: { container?: string; tty?: boolean; stdin?: boolean } = {},
  ): ExecSession {
    const [first] = (pod.spec as { containers: { name: string }[] }).containers;
    return this.runtime.exec({
      podUid: pod.metadata.uid,
      container: options.container ?? first?.name ?? '',
      command,
      tty: options.tty ?? false,
      stdin: options.stdin ?? options.tty ?? false,
    });
  }

  /** Runs a command to its end. */
  async run(
    pod: KubeObject,
    command: readonly string[],
    options: { container?: string; input?: string } = {},
  ): Promise<Output> {
    const session = this.start(pod, command, { ...options, stdin: options.input !== undefined });
    if (options.input !== undefined) {
      session.writeStdin(Buffer.from(options.input));
      session.endStdin();
    }
    const [stdout, stderr, exited] = await Promise.all([
      text(session.stdout),
      text(session.stderr),
      session.exited,
    ]);
    return { stdout, stderr, exit: 'exitCode' in exited ? exited.exitCode : exited.notStarted };
  }

  sh(
    pod: KubeObject,
    script: string,
    options: { container?: string; input?: string; shell?: string } = {},
  ): Promise<Output> {
    return this.run(pod, [options.shell ?? 'sh', '-c', script], options);
  }

  dispose(): Promise<void> {
    return this.runtime.dispose();
  }
}

export async function text(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function node(name: string, address: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: `uid-${name}` },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
    },
  };
}
