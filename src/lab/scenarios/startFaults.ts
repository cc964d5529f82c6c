/** Brings about what a scenario's faults do to objects: nodes that fall silent, pods that somebody deletes. */
import { deleteObject } from '../api/deletion.ts';
import { onChangeOf } from '../controllers/controller.ts';
import type { ControlPlane, Stop } from '../controllers/controller.ts';
import { WorkQueue } from '../controllers/workQueue.ts';
import { withCondition } from '../node/podStatus.ts';
import { keyOf, timestamp } from '../objects/meta.ts';
import { isPodReady } from '../objects/pod.ts';
import type { Pod } from '../objects/pod.ts';
import { nodes, pods } from '../resources/catalog.ts';
import type { WorldFaults } from '../runtime/network/faults.ts';

const nodeController = { manager: 'kube-controller-manager' };

/** As the node lifecycle controller does where a kubelet falls silent: the node is unknown and takes no pods. */
function markSilentNode(plane: ControlPlane, name: string): void {
  plane.api.modify(nodes, { name }, { ...nodeController, subresource: 'status' }, (node) => {
    node.status.conditions = (node.status.conditions ?? []).map((condition) => ({
      ...condition,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: timestamp(),
    }));
  });
  plane.api.modify(nodes, { name }, nodeController, (node) => {
    node.spec.taints = [
      { key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' },
      { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' },
    ];
  });
}

function markPodOfSilentNode(plane: ControlPlane, pod: Pod): void {
  plane.api.modify(pods, pod.metadata, { ...nodeController, subresource: 'status' }, (draft) => {
    draft.status.conditions = withCondition(draft.status.conditions ?? [], {
      type: 'Ready',
      status: 'False',
    });
  });
}

/** Starts the faults that objects show; the result stops them. */
export function startFaults(plane: ControlPlane, { nodesDown = [], deletedPods = [] }: WorldFaults): Stop {
  const { api } = plane;
  const toDelete = new Set(deletedPods);
  const queue = new WorkQueue({
    reconcile: (key) => {
      const pod = api.store.collection(pods.storage).get(key) as Pod | undefined;
      if (!pod) return;
      if (nodesDown.includes(pod.spec.nodeName ?? '') && isPodReady(pod)) markPodOfSilentNode(plane, pod);
      else if (isPodReady(pod) && toDelete.delete(key)) deleteObject(api, pods, pod.metadata);
    },
    onError: (key, error) => {
      plane.onError(`faults, pod ${key}`, error);
    },
  });
  const nodeQueue = new WorkQueue({
    reconcile: (name) => {
      markSilentNode(plane, name);
    },
    onError: (name, error) => {
      plane.onError(`faults, node ${name}`, error);
    },
  });
  const stops = [
    onChangeOf(api, nodes, ({ type, object }) => {
      if (type === 'ADDED' && nodesDown.includes(object.metadata.name)) nodeQueue.add(object.metadata.name);
    }),
    onChangeOf(api, pods, ({ object }) => {
      queue.add(keyOf(object));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.dispose();
    nodeQueue.dispose();
  };
}
