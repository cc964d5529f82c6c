/** The kubelets of the lab's nodes: they start pods in the runtime and write what becomes of them. */
import { onChangeOf } from '../controllers/controller.ts';
import type { ControlPlane, Stop } from '../controllers/controller.ts';
import { WorkQueue } from '../controllers/workQueue.ts';
import { timestamp } from '../objects/meta.ts';
import { allContainers, isPodFinished } from '../objects/pod.ts';
import type { Container, ContainerStatus, Pod } from '../objects/pod.ts';
import { nodes, pods } from '../resources/catalog.ts';
import type { ContainerState, PodRuntime } from '../runtime/types.ts';
import { internalIp, PodAddresses } from './addresses.ts';
import { containerEvents } from './containerEvents.ts';
import { refreshPodStatus, reportedStatus, waitingStatus } from './podStatus.ts';

interface RunningPod {
  namespace: string | undefined;
  name: string;
  nodeName: string;
  /** The pod's generation that the runtime was told of: it grows with new images and ephemeral containers. */
  generation: number;
}

const statusLists = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'] as const;

class Kubelets {
  readonly #plane: ControlPlane;
  readonly #runtime: PodRuntime;
  readonly #addresses: PodAddresses;
  readonly #queue: WorkQueue;
  readonly #pods = new Map<string, RunningPod>();
  readonly #stopping = new Set<string>();
  readonly #stopListening: (() => void)[];

  constructor(plane: ControlPlane, runtime: PodRuntime) {
    this.#plane = plane;
    this.#runtime = runtime;
    this.#addresses = new PodAddresses(plane.api);
    this.#queue = new WorkQueue({
      reconcile: (uid) => {
        this.#reconcile(uid);
      },
      onError: (uid, error) => {
        plane.onError(`kubelet, pod ${uid}`, error);
      },
    });
    this.#stopListening = [
      onChangeOf(plane.api, pods, ({ object }) => {
        if (object.spec.nodeName) this.#queue.add(object.metadata.uid);
      }),
      runtime.onContainerState((uid, state) => {
        this.#report(uid, state);
      }),
    ];
  }

  stop(): void {
    for (const stop of this.#stopListening) stop();
    this.#queue.dispose();
  }

  #find(uid: string): Pod | undefined {
    const known = this.#pods.get(uid);
    const direct = known && this.#plane.api.store.get(pods, known);
    if (direct?.metadata.uid === uid) return direct;
    for (const pod of this.#plane.api.store.list(pods)) if (pod.metadata.uid === uid) return pod;
    return undefined;
  }

  #reconcile(uid: string): void {
    const pod = this.#find(uid);
    const running = this.#pods.get(uid);
    if (!pod) {
      if (running) this.#stopInBackground(uid, () => this.#forget(uid));
    } else if (pod.metadata.deletionTimestamp) {
      this.#stopInBackground(uid, () => this.#terminate(pod));
    } else if (!running) this.#start(pod);
    else if ((pod.metadata.generation ?? 1) > running.generation) this.#update(pod, running);
  }

  /** One pod that takes its time to stop must not hold up the others. */
  #stopInBackground(uid: string, stop: () => Promise<void>): void {
    if (this.#stopping.has(uid)) return;
    this.#stopping.add(uid);
    stop()
      .catch((error: unknown) => {
        this.#plane.onError(`kubelet, stopping pod ${uid}`, error);
      })
      .finally(() => {
        this.#stopping.delete(uid);
        // What was asked for meanwhile: a finalizer taken off, a deletion by force.
        if (this.#find(uid)) this.#queue.addLater(uid, 1000);
      });
  }

  #start(pod: Pod): void {
    const { nodeName } = pod.spec;
    if (!nodeName || isPodFinished(pod)) return;
    const node = this.#plane.api.store.get(nodes, { name: nodeName });
    // A pod bound to a node that does not exist stays Pending, as on a real cluster.
    if (!node) return;
    const hostIP = internalIp(node) ?? '';
    const podIP = pod.spec.hostNetwork ? hostIP : this.#addresses.next(nodeName);
    const { metadata } = pod;
    this.#pods.set(metadata.uid, {
      namespace: metadata.namespace,
      name: metadata.name,
      nodeName,
      generation: metadata.generation ?? 1,
    });
    const started = this.#writeStatus(pod, (draft) => {
      const { status, spec } = draft;
      const hasInit = (spec.initContainers?.length ?? 0) > 0;
      const waiting = (list: readonly Container[], afterInit: boolean): ContainerStatus[] =>
        list.map((container) => waitingStatus(container, afterInit));
      status.hostIP = hostIP;
      status.hostIPs = [{ ip: hostIP }];
      if (podIP !== undefined) {
        status.podIP = podIP;
        status.podIPs = [{ ip: podIP }];
      }
      status.startTime ??= timestamp();
      status.containerStatuses = waiting(spec.containers, hasInit);
      if (hasInit) status.initContainerStatuses = waiting(spec.initContainers ?? [], true);
      if (spec.ephemeralContainers)
        status.ephemeralContainerStatuses = waiting(spec.ephemeralContainers, false);
    });
    if (started) this.#runtime.startPod(started);
  }

  #update(pod: Pod, running: RunningPod): void {
    running.generation = pod.metadata.generation ?? 1;
    const updated = this.#writeStatus(pod, (draft) => {
      const known = draft.status.ephemeralContainerStatuses ?? [];
      const added = (draft.spec.ephemeralContainers ?? []).filter(
        ({ name }) => !known.some((status) => status.name === name),
      );
      if (added.length === 0) return;
      draft.status.ephemeralContainerStatuses = [
        ...known,
        ...added.map((container) => waitingStatus(container, false)),
      ];
    });
    // A pod that runs already is looked through for what is new: ephemeral containers and other images.
    if (updated) this.#runtime.startPod(updated);
  }

  async #terminate(pod: Pod): Promise<void> {
    const { uid } = pod.metadata;
    if (this.#pods.has(uid)) {
      for (const { name } of pod.spec.containers) {
        this.#plane.recorder.record(pod, this.#source(pod), {
          type: 'Normal',
          reason: 'Killing',
          message: `Stopping container ${name}`,
          fieldPath: `spec.containers{${name}}`,
        });
      }
      await this.#forget(uid);
    }
    const current = this.#find(uid);
    if (current?.metadata.deletionTimestamp && !current.metadata.finalizers?.length) {
      this.#plane.api.store.remove(pods, current.metadata);
    }
  }

  async #forget(uid: string): Promise<void> {
    // What containers do while they end is reported too: readiness that goes, exit codes.
    await this.#runtime.stopPod(uid);
    this.#pods.delete(uid);
  }

  #report(uid: string, report: ContainerState): void {
    const pod = this.#find(uid);
    // Reports of a pod that is being removed come too late to matter.
    if (!pod || !this.#pods.has(uid)) return;
    const container = allContainers(pod.spec).find(({ name }) => name === report.container);
    if (!container) return;
    const before = this.#statusOf(pod, container.name);
    const updated = this.#writeStatus(pod, (draft) => {
      for (const list of statusLists) {
        draft.status[list] = draft.status[list]?.map((status) =>
          status.name === container.name ? reportedStatus(container, status, report, uid) : status,
        );
        if (draft.status[list] === undefined) Reflect.deleteProperty(draft.status, list);
      }
    });
    if (!updated) return;
    for (const text of containerEvents(pod, container, before, report)) {
      this.#plane.recorder.record(pod, this.#source(pod), text);
    }
  }

  #statusOf(pod: Pod, name: string): ContainerStatus | undefined {
    return statusLists.flatMap((list) => pod.status[list] ?? []).find((status) => status.name === name);
  }

  #source(pod: Pod): { component: string; host: string } {
    return { component: 'kubelet', host: pod.spec.nodeName ?? '' };
  }

  #writeStatus(pod: Pod, change: (draft: Pod) => void): Pod | undefined {
    return this.#plane.api.modify(
      pods,
      pod.metadata,
      { manager: 'kubelet', subresource: 'status' },
      (draft) => {
        change(draft);
        refreshPodStatus(draft);
      },
    );
  }
}

/** Starts the kubelets of all nodes. */
export function startKubelets(plane: ControlPlane, runtime: PodRuntime): Stop {
  const kubelets = new Kubelets(plane, runtime);
  return () => {
    kubelets.stop();
  };
}
