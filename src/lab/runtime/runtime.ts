import type { Duplex } from 'node:stream';
import { askFromOutside } from './askFromOutside.ts';
import { notStarted, startExec } from './exec.ts';
import type { WorldFaults } from './network/faults.ts';
import { ClusterNetwork } from './network/network.ts';
import { kubeletPace, type Pace } from './pod/lifecycle.ts';
import { PodSandbox, type Lab } from './pod/sandbox.ts';
import { SharedStorage } from './pod/volumes.ts';
import { allPrograms } from './programs.ts';
import { serveApi } from './servers/apiServer.ts';
import { CpuShare } from './system/cpuShare.ts';
import { SystemError } from './system/errors.ts';
import type {
  AttachOptions,
  ClusterView,
  ContainerState,
  ExecOptions,
  ExecSession,
  KubeObject,
  LogOptions,
  OutsideAnswer,
  OutsideQuestion,
  PodRuntime,
} from './types.ts';

export interface RuntimeOptions {
  /** Other pauses than the kubelet's, for tests. */
  readonly pace?: Partial<Pace>;
  /** What is wrong with the world; default: nothing. */
  readonly faults?: WorldFaults;
}

/** The runtime of the practice lab: containers, shells, servers and the network, all in this process' memory. */
export function createRuntime(view: ClusterView, options: RuntimeOptions = {}): PodRuntime {
  return new LabRuntime(view, { ...kubeletPace, ...options.pace }, options.faults ?? {});
}

class LabRuntime implements PodRuntime {
  private readonly lab: Lab;
  private readonly pods = new Map<string, PodSandbox>();
  private readonly listeners = new Set<(podUid: string, state: ContainerState) => void>();
  private readonly life = new AbortController();

  constructor(view: ClusterView, pace: Pace, faults: WorldFaults) {
    const network = new ClusterNetwork(view, faults);
    serveApi(network.controlPlane);
    this.lab = {
      view,
      network,
      storage: new SharedStorage(),
      programs: allPrograms(view, network),
      cpu: new CpuShare(),
      pace,
      deletedPods: faults.deletedPods ?? [],
      isEnding: false,
      report: (podUid, state) => {
        for (const listener of this.listeners) listener(podUid, state);
      },
    };
  }

  startPod(pod: KubeObject): void {
    const known = this.pods.get(pod.metadata.uid);
    if (known) {
      known.update(pod);
      return;
    }
    const sandbox = new PodSandbox(this.lab, pod);
    this.pods.set(sandbox.uid, sandbox);
    sandbox.start();
  }

  async stopPod(podUid: string): Promise<void> {
    const sandbox = this.pods.get(podUid);
    if (sandbox === undefined) return;
    await sandbox.stop();
    this.pods.delete(podUid);
    this.lab.network.removePod(podUid);
  }

  onContainerState(listener: (podUid: string, state: ContainerState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  exec(options: ExecOptions): ExecSession {
    const container = this.pods.get(options.podUid)?.container(options.container)?.current;
    if (container === undefined) return notStarted(`container not found ("${options.container}")`);
    return startExec(container, options);
  }

  attach(options: AttachOptions): ExecSession | undefined {
    return this.pods.get(options.podUid)?.container(options.container)?.current?.attach();
  }

  async *logs(options: LogOptions, signal: AbortSignal): AsyncGenerator<string> {
    const container = this.pods.get(options.podUid)?.container(options.container);
    const log = options.previous ? container?.previousLog : container?.log;
    if (log) yield* log.read(options, AbortSignal.any([signal, this.life.signal]));
  }

  async connect(podUid: string, port: number): Promise<Duplex | undefined> {
    const sandbox = this.pods.get(podUid);
    if (sandbox === undefined) return undefined;
    try {
      return await sandbox.network.connect('127.0.0.1', port, this.life.signal);
    } catch (error) {
      if (error instanceof SystemError && error.code === 'ECONNREFUSED') return undefined;
      throw error;
    }
  }

  askFromOutside(question: OutsideQuestion, signal: AbortSignal): Promise<OutsideAnswer> {
    return askFromOutside(this.lab.network.outside, question, AbortSignal.any([signal, this.life.signal]));
  }

  async dispose(): Promise<void> {
    this.lab.isEnding = true;
    await Promise.all([...this.pods.keys()].map((uid) => this.stopPod(uid)));
    this.life.abort();
    this.lab.network.dispose();
    this.listeners.clear();
  }
}
