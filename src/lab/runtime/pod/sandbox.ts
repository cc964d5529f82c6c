import type { Container as ContainerSpec, Pod } from '../kube.ts';
import type { ClusterNetwork } from '../network/network.ts';
import type { CpuShare } from '../system/cpuShare.ts';
import type { Program } from '../system/kernel.ts';
import { Changes, delay } from '../system/wait.ts';
import type { ClusterView, ContainerState } from '../types.ts';
import type { ContainerWorld } from './container.ts';
import { PodEtcFiles } from './etcFiles.ts';
import { ContainerLifecycle, type Pace } from './lifecycle.ts';
import { PodVolumes, type SharedStorage } from './volumes.ts';

/** What pods share. */
export interface Lab {
  readonly view: ClusterView;
  readonly network: ClusterNetwork;
  readonly storage: SharedStorage;
  readonly programs: ReadonlyMap<string, Program>;
  readonly cpu: CpuShare;
  readonly pace: Pace;
  /** Pods that take the whole time to end that they ask for, as `NAMESPACE/NAME`. */
  readonly deletedPods: readonly string[];
  /** Once the lab itself ends, no pod is waited for any longer. */
  isEnding: boolean;
  readonly report: (podUid: string, state: ContainerState) => void;
}

/** A running pod: its network, its volumes, its containers in their order. */
export class PodSandbox {
  readonly uid: string;
  private readonly lab: Lab;
  private readonly first: Pod;
  private readonly world: ContainerWorld;
  private readonly containers = new Map<string, ContainerLifecycle>();
  private readonly life = new AbortController();
  private readonly changes = new Changes();

  constructor(lab: Lab, pod: Pod) {
    this.lab = lab;
    this.first = pod;
    this.uid = pod.metadata.uid;
    this.world = {
      view: lab.view,
      network: lab.network.stackOf(pod),
      volumes: new PodVolumes(lab.view, lab.storage),
      etc: new PodEtcFiles(lab.view, pod),
      programs: lab.programs,
      cpu: lab.cpu,
    };
  }

  start(): void {
    void this.run();
    void this.keepVolumesFresh();
    this.update(this.first);
  }

  /** Starts ephemeral containers that are new, and restarts containers whose image has changed. */
  update(pod: Pod): void {
    for (const spec of pod.spec?.ephemeralContainers ?? []) {
      if (this.containers.has(spec.name)) continue;
      void this.lifecycle(spec).run(() => false);
    }
    for (const spec of pod.spec?.containers ?? []) {
      const container = this.containers.get(spec.name);
      if (container && container.image !== spec.image) container.replace(spec);
    }
  }

  container(name: string): ContainerLifecycle | undefined {
    return this.containers.get(name);
  }

  /** The network of the pod, for port-forward. */
  get network(): ContainerWorld['network'] {
    return this.world.network;
  }

  async stop(): Promise<void> {
    this.life.abort();
    this.changes.notify();
    // The lab does not make anybody wait for a shell that ignores its signal.
    const asked = (this.pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000;
    const { name, namespace = 'default' } = this.first.metadata;
    const isPatient = !this.lab.isEnding && this.lab.deletedPods.includes(`${namespace}/${name}`);
    const grace = isPatient ? asked : Math.min(asked, 2000);
    await Promise.all([...this.containers.values()].map((container) => container.stop(grace)));
  }

  private get pod(): Pod {
    const now = [...(this.lab.view.pods() as Iterable<Pod>)].find(
      ({ metadata }) => metadata.uid === this.uid,
    );
    return now ?? this.first;
  }

  /** The kubelet's sync: changed ConfigMaps and Secrets reach running pods after a while. */
  private async keepVolumesFresh(): Promise<void> {
    const { signal } = this.life;
    for (;;) {
      try {
        await delay(this.lab.pace.sync, signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      this.world.volumes.refresh(this.pod);
    }
  }

  private async run(): Promise<void> {
    const { spec } = this.first;
    const policy = spec?.restartPolicy ?? 'Always';
    const restart = (exitCode: number): boolean =>
      policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
    for (const init of spec?.initContainers ?? []) {
      if (this.life.signal.aborted) return;
      if (init.restartPolicy === 'Always') await this.startSidecar(init);
      else if ((await this.lifecycle(init).run((code) => code !== 0 && policy !== 'Never')) !== 0) return;
    }
    for (const container of spec?.containers ?? []) {
      if (this.life.signal.aborted) return;
      void this.lifecycle(container).run(restart);
    }
  }

  /** A sidecar runs on; the next container starts when it has started. */
  private async startSidecar(spec: ContainerSpec): Promise<void> {
    const container = this.lifecycle(spec);
    void container.run(() => true);
    while (!container.started) {
      try {
        await this.changes.next(this.life.signal);
      } catch (error) {
        if (this.life.signal.aborted) return;
        throw error;
      }
    }
  }

  private lifecycle(spec: ContainerSpec): ContainerLifecycle {
    const container = new ContainerLifecycle(
      this.world,
      () => this.pod,
      spec,
      this.lab.pace,
      (state) => {
        this.lab.report(this.uid, state);
        this.changes.notify();
      },
    );
    this.containers.set(spec.name, container);
    return container;
  }
}
