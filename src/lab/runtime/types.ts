/** The border between the lab's API server and what runs "inside" its pods. */

import type { Duplex } from 'node:stream';

/** A Kubernetes object as the API serves it. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    deletionTimestamp?: string;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** What the runtime reads of the API's store; always the present state, never a copy. */
export interface ClusterView {
  pods(): Iterable<KubeObject>;
  services(): Iterable<KubeObject>;
  endpointSlices(): Iterable<KubeObject>;
  nodes(): Iterable<KubeObject>;
  networkPolicies(): Iterable<KubeObject>;
  /** CiliumNetworkPolicies, where the cluster knows such. */
  otherPolicies?(): Iterable<KubeObject>;
  configMaps(): Iterable<KubeObject>;
  secrets(): Iterable<KubeObject>;
  /** For the labels that namespace selectors of network policies ask for; without it only the name's label is known. */
  namespaces?(): Iterable<KubeObject>;
}

/** What a container is doing, in the shape of `status.containerStatuses[].state`. */
export interface ContainerState {
  container: string;
  state:
    | { running: { startedAt: string } }
    | { waiting: { reason: string; message?: string } }
    | {
        terminated: {
          exitCode: number;
          reason: string;
          message?: string;
          startedAt: string;
          finishedAt: string;
        };
      };
  restartCount: number;
  ready: boolean;
}

/** One process started in a container: `kubectl exec`, over whatever protocol. */
export interface ExecSession {
  /** Bytes for the client, as they come; both end when the process has ended. */
  readonly stdout: AsyncIterable<Uint8Array>;
  readonly stderr: AsyncIterable<Uint8Array>;
  writeStdin(bytes: Uint8Array): void;
  /** End of the client's input (v5's `[255, 0]`). */
  endStdin(): void;
  resize(columns: number, rows: number): void;
  /** Ends the process, as when its container is killed. */
  kill(): void;
  /**
   * The exit code, or why no process could be started: the kubelet's text, which the API server sends as the
   * message of an `InternalError` Status behind `Internal error occurred: ` (twice in `message`, once in the cause).
   */
  readonly exited: Promise<{ exitCode: number } | { notStarted: string }>;
}

export interface ExecOptions {
  podUid: string;
  container: string;
  command: readonly string[];
  tty: boolean;
  stdin: boolean;
}

export interface AttachOptions {
  podUid: string;
  container: string;
  stdin: boolean;
}

export interface LogOptions {
  podUid: string;
  container: string;
  previous: boolean;
  timestamps: boolean;
  tailLines?: number;
  sinceTime?: Date;
  limitBytes?: number;
  follow: boolean;
}

/** A connection to make from outside of the cluster. */
export interface OutsideQuestion {
  /** An address of the lab's world. */
  host: string;
  port: number;
  scheme: 'http' | 'https' | 'tcp';
  path: string;
  connectSeconds: number;
  totalSeconds: number;
}

export interface OutsideAnswer {
  is:
    | 'answered'
    | 'connected'
    | 'refused'
    | 'no-reply'
    | 'silent'
    | 'reset'
    | 'empty'
    | 'not-http'
    | 'tls'
    | 'certificate'
    | 'incomplete';
  httpStatus: number | null;
  connectMs: number | null;
}

/** Runs pods: file systems, shells, servers and the network between them. */
export interface PodRuntime {
  /**
   * Starts a scheduled pod's containers; states arrive through `onContainerState`. The pod's addresses are read
   * from `status.podIPs`/`podIP` of the view's present object, so they should be there before this call.
   * Called again for a known pod it starts what is new: ephemeral containers, and containers whose image changed.
   */
  startPod(pod: KubeObject): void;
  /** Ends a pod's containers and forgets its file systems; resolves when all processes have ended. */
  stopPod(podUid: string): Promise<void>;
  onContainerState(listener: (podUid: string, state: ContainerState) => void): () => void;
  exec(options: ExecOptions): ExecSession;
  /**
   * Connects to the main process of a container whose spec has `stdin: true`: its input, and what it writes from now
   * on (a terminal where the spec has `tty: true`). The session ends with the process; `kill` only lets go of it.
   * Undefined where the container does not run or has no input. A runtime without it shows output only.
   */
  attach?(options: AttachOptions): ExecSession | undefined;
  /** Log text, line by line with line ends; with `follow` until the container ends or the signal aborts. */
  logs(options: LogOptions, signal: AbortSignal): AsyncIterable<string>;
  /** A byte stream to a port inside a pod, or undefined if nothing listens there (port-forward). */
  connect(podUid: string, port: number): Promise<Duplex | undefined>;
  /** Connects as somebody outside of the cluster does. A runtime without it has no outside. */
  askFromOutside?(question: OutsideQuestion, signal: AbortSignal): Promise<OutsideAnswer>;
  dispose(): Promise<void>;
}
