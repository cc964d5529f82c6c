/** The events a kubelet records when a container's state changes. */
import type { EventText } from '../controllers/events.ts';
import type { Container, ContainerStatus, Pod } from '../objects/pod.ts';
import type { ContainerState } from '../runtime/types.ts';

function fieldPath(pod: Pod, name: string): string {
  const has = (list: readonly Container[] | undefined): boolean =>
    list?.some((c) => c.name === name) ?? false;
  if (has(pod.spec.initContainers)) return `spec.initContainers{${name}}`;
  if (has(pod.spec.ephemeralContainers)) return `spec.ephemeralContainers{${name}}`;
  return `spec.containers{${name}}`;
}

/** What there is to say about a report of the runtime; nothing where the state is as it was. */
export function containerEvents(
  pod: Pod,
  container: Container,
  before: ContainerStatus | undefined,
  report: ContainerState,
): EventText[] {
  const { name, image = '' } = container;
  const path = fieldPath(pod, name);
  const normal = (reason: string, message: string): EventText => ({
    type: 'Normal',
    reason,
    message,
    fieldPath: path,
  });
  const warning = (reason: string, message: string): EventText => ({
    type: 'Warning',
    reason,
    message,
    fieldPath: path,
  });
  const { state } = report;
  if ('running' in state) {
    if (before?.state?.running && before.restartCount === report.restartCount) {
      return before.ready && !report.ready ? [warning('Unhealthy', 'Readiness probe failed')] : [];
    }
    const pulled =
      container.imagePullPolicy === 'Always' && report.restartCount === 0
        ? [
            normal('Pulling', `Pulling image "${image}"`),
            normal('Pulled', `Successfully pulled image "${image}"`),
          ]
        : [normal('Pulled', `Container image "${image}" already present on machine`)];
    return [...pulled, normal('Created', `Container created`), normal('Started', `Container started`)];
  }
  if ('waiting' in state) {
    const { reason, message } = state.waiting;
    if (before?.state?.waiting?.reason === reason) return [];
    if (reason === 'ErrImagePull') return [warning('Failed', message ?? `Failed to pull image "${image}"`)];
    if (reason === 'ImagePullBackOff') return [normal('BackOff', `Back-off pulling image "${image}"`)];
    if (reason === 'CrashLoopBackOff') {
      return [
        warning(
          'BackOff',
          `Back-off restarting failed container ${name} in pod ${pod.metadata.name}_${pod.metadata.namespace ?? ''}(${pod.metadata.uid})`,
        ),
      ];
    }
    if (reason === 'CreateContainerConfigError' || reason === 'RunContainerError') {
      return [warning('Failed', `Error: ${message ?? reason}`)];
    }
  }
  return [];
}
