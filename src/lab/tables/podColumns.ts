/** `kubectl get pods` (printPod of pkg/printers/internalversion). */
import type { ContainerStatus, Pod } from '../objects/pod.ts';
import { isPodReady } from '../objects/pod.ts';
import { ageColumn, nameColumn, none } from './column.ts';
import type { Column } from './column.ts';
import { ageOf } from './duration.ts';

function terminatedText({ state }: ContainerStatus): string | undefined {
  const terminated = state?.terminated;
  if (!terminated) return undefined;
  return terminated.reason || `ExitCode:${terminated.exitCode}`;
}

/** Why an unfinished init container keeps the pod waiting. */
function initText(pod: Pod): string | undefined {
  const statuses = pod.status.initContainerStatuses ?? [];
  const sidecars = new Set(
    (pod.spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always').map(({ name }) => name),
  );
  for (const [index, status] of statuses.entries()) {
    const { state } = status;
    if (state?.terminated?.exitCode === 0) continue;
    if (sidecars.has(status.name) && status.started) continue;
    if (state?.terminated) return `Init:${terminatedText(status) ?? ''}`;
    const reason = state?.waiting?.reason;
    if (reason && reason !== 'PodInitializing') return `Init:${reason}`;
    return `Init:${index}/${statuses.length}`;
  }
  return undefined;
}

function containersText(pod: Pod, start: string): string {
  let text = start;
  let running = false;
  for (const status of [...(pod.status.containerStatuses ?? [])].reverse()) {
    const waiting = status.state?.waiting?.reason;
    const terminated = terminatedText(status);
    if (waiting) text = waiting;
    else if (terminated) text = terminated;
    else if (status.ready && status.state?.running) running = true;
  }
  if (text === 'Completed' && running) return isPodReady(pod) ? 'Running' : 'NotReady';
  return text;
}

/** The Status column: phase, or what the containers have to say. */
export function podStatusText(pod: Pod): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating';
  const start = pod.status.reason ?? pod.status.phase ?? '';
  return initText(pod) ?? containersText(pod, start);
}

function restartsText(pod: Pod, now: number): string {
  const statuses = pod.status.containerStatuses ?? [];
  const count = statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
  const last = statuses
    .map(({ lastState }) => lastState?.terminated?.finishedAt ?? '')
    .sort()
    .at(-1);
  return count > 0 && last ? `${count} (${ageOf(last, now)} ago)` : String(count);
}

export const podColumns: Column<Pod>[] = [
  nameColumn,
  {
    name: 'Ready',
    description: 'The aggregate readiness state of this pod for accepting traffic.',
    cell: (pod) => {
      const ready = (pod.status.containerStatuses ?? []).filter((s) => s.ready && s.state?.running).length;
      return `${ready}/${pod.spec.containers.length}`;
    },
  },
  {
    name: 'Status',
    description: 'The aggregate status of the containers in this pod.',
    cell: podStatusText,
  },
  {
    name: 'Restarts',
    description:
      'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
    cell: restartsText,
  },
  ageColumn,
  {
    name: 'IP',
    priority: 1,
    description: 'Address of the pod, reachable within the cluster.',
    cell: (pod) => pod.status.podIP ?? none,
  },
  {
    name: 'Node',
    priority: 1,
    description: 'The node that runs the pod.',
    cell: (pod) => pod.spec.nodeName ?? none,
  },
  { name: 'Nominated Node', priority: 1, cell: () => none },
  {
    name: 'Readiness Gates',
    priority: 1,
    cell: (pod) => {
      const gates = Array.isArray(pod.spec.readinessGates) ? (pod.spec.readinessGates as unknown[]) : [];
      if (gates.length === 0) return none;
      const met = gates.filter((gate) =>
        pod.status.conditions?.some(
          ({ type, status }) =>
            status === 'True' && (gate as { conditionType?: string }).conditionType === type,
        ),
      );
      return `${met.length}/${gates.length}`;
    },
  },
];
