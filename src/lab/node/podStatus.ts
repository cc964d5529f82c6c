/** Makes a pod's status of what its containers do, as the kubelet does. */
import { timestamp } from '../objects/meta.ts';
import { hexId } from '../objects/names.ts';
import type { Container, ContainerStateFields, ContainerStatus, Pod, PodCondition } from '../objects/pod.ts';
import type { ContainerState } from '../runtime/types.ts';
import { fullImageName, imageId } from './images.ts';

const creating: ContainerStateFields = { waiting: { reason: 'ContainerCreating' } };

function mountStatuses(container: Container): unknown[] {
  return (container.volumeMounts ?? []).map(({ name, mountPath, readOnly }) => ({
    name,
    mountPath,
    ...(readOnly ? { readOnly, recursiveReadOnly: 'Disabled' } : {}),
  }));
}

/** The status of a container nobody has heard of yet. */
export function waitingStatus(container: Container, hasInit: boolean): ContainerStatus {
  return {
    name: container.name,
    state: hasInit ? { waiting: { reason: 'PodInitializing' } } : creating,
    lastState: {},
    ready: false,
    restartCount: 0,
    image: container.image ?? '',
    imageID: '',
    started: false,
  };
}

/** The status after a report of the runtime. */
export function reportedStatus(
  container: Container,
  before: ContainerStatus,
  report: ContainerState,
  podUid: string,
): ContainerStatus {
  const { state } = report;
  const hasRun = !('waiting' in state);
  const image = container.image ?? '';
  const restarted = report.restartCount > before.restartCount || 'waiting' in state;
  const containerID = `containerd://${hexId(`${podUid}/${container.name}/${report.restartCount}`)}`;
  return {
    ...before,
    state: 'terminated' in state ? { terminated: { ...state.terminated, containerID } } : state,
    lastState:
      restarted && before.state?.terminated
        ? { terminated: before.state.terminated }
        : (before.lastState ?? {}),
    ready: report.ready,
    started: 'running' in state,
    restartCount: report.restartCount,
    resources: {},
    ...(hasRun ? { image: fullImageName(image), imageID: imageId(image), containerID } : {}),
    ...(hasRun && container.volumeMounts ? { volumeMounts: mountStatuses(container) } : {}),
  };
}

/** Sets a condition, keeping its transition time while its status stays. */
export function withCondition(conditions: readonly PodCondition[], next: PodCondition): PodCondition[] {
  const before = conditions.find(({ type }) => type === next.type);
  const lastTransitionTime =
    before?.status === next.status && before.lastTransitionTime ? before.lastTransitionTime : timestamp();
  const condition = { ...next, lastProbeTime: null, lastTransitionTime };
  return before
    ? conditions.map((old) => (old.type === next.type ? condition : old))
    : [...conditions, condition];
}

function unready(statuses: readonly ContainerStatus[]): string {
  const names = statuses.filter(({ ready }) => !ready).map(({ name }) => name);
  return `containers with unready status: [${names.join(' ')}]`;
}

/** Pending, Running, Succeeded or Failed (getPhase of pkg/kubelet/kubelet_pods.go, shortened). */
export function podPhase(pod: Pod): string {
  const statuses = pod.status.containerStatuses ?? [];
  const policy = pod.spec.restartPolicy ?? 'Always';
  const initFailed = (pod.status.initContainerStatuses ?? []).some(
    ({ state }) => state?.terminated && state.terminated.exitCode !== 0,
  );
  if (initFailed && policy === 'Never') return 'Failed';
  const waitsForFirstStart = statuses.some(({ state, restartCount }) => state?.waiting && restartCount === 0);
  if (statuses.length === 0 || waitsForFirstStart) return 'Pending';
  const exitCodes = statuses.map(({ state }) => state?.terminated?.exitCode);
  if (exitCodes.some((code) => code === undefined) || policy === 'Always') return 'Running';
  if (exitCodes.every((code) => code === 0)) return 'Succeeded';
  return policy === 'Never' ? 'Failed' : 'Running';
}

function conditionOf(
  type: string,
  status: boolean,
  generation: number,
  why?: { reason: string; message?: string },
): PodCondition {
  return {
    type,
    observedGeneration: generation,
    status: status ? 'True' : 'False',
    ...(status || !why ? {} : why),
  };
}

/** What the kubelet says of each readiness gate whose condition is not True (pkg/kubelet/status/generate.go). */
function unmetGates({ spec, status }: Pod): string[] {
  return (spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const found = status.conditions?.find(({ type }) => type === conditionType);
    if (found === undefined)
      return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    if (found.status === 'True') return [];
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`];
  });
}

/** Brings phase and conditions in line with the container statuses; changes the pod in place. */
export function refreshPodStatus(pod: Pod): void {
  const { status } = pod;
  const generation = pod.metadata.generation ?? 1;
  const statuses = status.containerStatuses ?? [];
  const init = status.initContainerStatuses ?? [];
  status.phase = podPhase(pod);
  status.observedGeneration = generation;
  status.resources = {};
  const finished = status.phase === 'Succeeded' || status.phase === 'Failed';
  const initialized = init.every(({ state, started, ready }) =>
    state?.terminated ? state.terminated.exitCode === 0 : started === true && ready,
  );
  const containersReady = !finished && statuses.length > 0 && statuses.every((entry) => entry.ready);
  const why = finished
    ? { reason: status.phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }
    : { reason: 'ContainersNotReady', message: unready(statuses) };
  const gates = unmetGates(pod);
  let conditions = status.conditions ?? [];
  const set = (condition: PodCondition): void => {
    conditions = withCondition(conditions, condition);
  };
  set(conditionOf('PodReadyToStartContainers', !finished, generation));
  set(
    conditionOf('Initialized', initialized, generation, {
      reason: 'ContainersNotInitialized',
      message: `containers with incomplete status: [${init.map(({ name }) => name).join(' ')}]`,
    }),
  );
  const gateWhy = { reason: 'ReadinessGatesNotReady', message: gates.join(', ') };
  set(
    conditionOf('Ready', containersReady && gates.length === 0, generation, containersReady ? gateWhy : why),
  );
  set(conditionOf('ContainersReady', containersReady, generation, why));
  set(conditionOf('PodScheduled', true, generation));
  status.conditions = conditions;
}
