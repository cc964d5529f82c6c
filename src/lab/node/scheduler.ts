/** The scheduler: gives pods to nodes, or says why no node will have them. */
import { onChangeOf } from '../controllers/controller.ts';
import type { ControlPlane, Stop } from '../controllers/controller.ts';
import { WorkQueue } from '../controllers/workQueue.ts';
import { keyOf } from '../objects/meta.ts';
import { tolerates } from '../objects/network.ts';
import type { Node } from '../objects/network.ts';
import { isPodFinished } from '../objects/pod.ts';
import type { Pod } from '../objects/pod.ts';
import { nodes, pods } from '../resources/catalog.ts';
import { matchesLabels } from '../store/selectors.ts';
import { matchesNodeAffinity } from './nodeAffinity.ts';
import { withCondition } from './podStatus.ts';

const source = { component: 'default-scheduler' };

function hostPorts(pod: Pod): string[] {
  return pod.spec.containers.flatMap(({ ports }) =>
    (ports ?? []).flatMap(({ hostPort, protocol }) => (hostPort ? [`${protocol ?? 'TCP'}/${hostPort}`] : [])),
  );
}

/** Why a node will not have the pod, in the scheduler's words; undefined where it will. */
export function refusal(pod: Pod, node: Node, podsOnNode: readonly Pod[]): string | undefined {
  const tolerations = pod.spec.tolerations ?? [];
  if (node.spec.unschedulable) return 'node(s) were unschedulable';
  const taint = node.spec.taints?.find(
    (candidate) =>
      candidate.effect !== 'PreferNoSchedule' &&
      !tolerations.some((toleration) => tolerates(toleration, candidate)),
  );
  if (taint) return `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`;
  if (!matchesLabels(pod.spec.nodeSelector ?? {}, node.metadata.labels) || !matchesNodeAffinity(pod, node)) {
    return "node(s) didn't match Pod's node affinity/selector";
  }
  const wanted = hostPorts(pod);
  if (
    wanted.length > 0 &&
    podsOnNode.some((other) => hostPorts(other).some((port) => wanted.includes(port)))
  ) {
    return "node(s) didn't have free ports for the requested pod ports";
  }
  if (podsOnNode.length >= Number(node.status.allocatable?.pods ?? 110)) return 'Too many pods';
  return undefined;
}

/** The message of a pod that fits nowhere. */
export function unschedulableText(refusals: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of refusals) counts.set(text, (counts.get(text) ?? 0) + 1);
  const reasons = [...counts].map(([text, count]) => `${count} ${text}`).sort();
  const total = refusals.length;
  const helpless = `preemption: 0/${total} nodes are available: ${total} Preemption is not helpful for scheduling.`;
  if (total === 0) return 'no nodes available to schedule pods';
  return `0/${total} nodes are available: ${reasons.join(', ')}. ${helpless}`;
}

function schedule(plane: ControlPlane, pod: Pod): void {
  const { api, recorder } = plane;
  const all = [...api.store.list(nodes)].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const onNode = (node: Node): Pod[] =>
    [...api.store.list(pods)].filter(
      (other) => other.spec.nodeName === node.metadata.name && !isPodFinished(other),
    );
  const tried = all.map((node) => {
    const present = onNode(node);
    return { node, load: present.length, refused: refusal(pod, node, present) };
  });
  const fitting = tried.filter(({ refused }) => refused === undefined);
  const [best] = fitting.sort((a, b) => a.load - b.load);
  if (best) {
    const nodeName = best.node.metadata.name;
    api.modify(pods, pod.metadata, { manager: source.component, subresource: 'binding' }, (draft) => {
      draft.spec.nodeName = nodeName;
      draft.status.conditions = withCondition(draft.status.conditions ?? [], {
        type: 'PodScheduled',
        status: 'True',
      });
    });
    const { namespace, name } = pod.metadata;
    recorder.record(pod, source, {
      type: 'Normal',
      reason: 'Scheduled',
      message: `Successfully assigned ${namespace ?? ''}/${name} to ${nodeName}`,
    });
    return;
  }
  const message = unschedulableText(tried.flatMap(({ refused }) => refused ?? []));
  if (pod.status.conditions?.some((condition) => condition.message === message)) return;
  api.modify(pods, pod.metadata, { manager: source.component, subresource: 'status' }, (draft) => {
    draft.status.conditions = withCondition(draft.status.conditions ?? [], {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
    });
  });
  recorder.record(pod, source, { type: 'Warning', reason: 'FailedScheduling', message });
}

/** Starts the scheduler. */
export function startScheduler(plane: ControlPlane): Stop {
  const { api } = plane;
  const queue = new WorkQueue({
    reconcile: (key) => {
      const pod = api.store.collection(pods.storage).get(key) as Pod | undefined;
      if (pod && !pod.spec.nodeName && !pod.metadata.deletionTimestamp) schedule(plane, pod);
    },
    onError: (key, error) => {
      plane.onError(`scheduler, pod ${key}`, error);
    },
  });
  const waiting = (): Pod[] => [...api.store.list(pods)].filter((pod) => !pod.spec.nodeName);
  const stops = [
    onChangeOf(api, pods, ({ type, object }) => {
      if (type === 'DELETED') for (const pod of waiting()) queue.add(keyOf(pod));
      else if (!object.spec.nodeName) queue.add(keyOf(object));
    }),
    onChangeOf(api, nodes, () => {
      for (const pod of waiting()) queue.add(keyOf(pod));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.dispose();
  };
}
