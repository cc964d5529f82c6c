/** The job controller: pods that run to their end. */
import { deleteObject } from '../api/deletion.ts';
import { controllerOf, keyOf, timestamp } from '../objects/meta.ts';
import { isPodReady } from '../objects/pod.ts';
import type { Pod } from '../objects/pod.ts';
import type { Job, WorkloadCondition } from '../objects/workloads.ts';
import { jobs, pods } from '../resources/catalog.ts';
import { controllerManager, onChangeOf } from './controller.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { createPod, deletePod, isActive, podsOf } from './podSet.ts';
import { WorkQueue } from './workQueue.ts';

export function jobEnd(job: Job): WorkloadCondition | undefined {
  return job.status.conditions?.find(
    ({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'),
  );
}

function condition(type: string, reason: string, message: string): WorkloadCondition {
  const now = timestamp();
  return { type, status: 'True', lastProbeTime: now, lastTransitionTime: now, reason, message };
}

interface Counts {
  active: Pod[];
  succeeded: number;
  failed: number;
}

function countsOf(owned: readonly Pod[]): Counts {
  return {
    active: owned.filter(isActive),
    succeeded: owned.filter((pod) => pod.status.phase === 'Succeeded').length,
    failed: owned.filter((pod) => pod.status.phase === 'Failed').length,
  };
}

/** Under restartPolicy OnFailure a failure shows as a restart. */
function failures({ active, failed }: Counts): number {
  const restarts = active
    .flatMap((pod) => pod.status.containerStatuses ?? [])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  return failed + restarts;
}

function endConditions(job: Job, counts: Counts): WorkloadCondition[] {
  const wanted = job.spec.completions;
  const complete =
    wanted === undefined ? counts.succeeded > 0 && counts.active.length === 0 : counts.succeeded >= wanted;
  if (complete) {
    const text = 'Reached expected number of succeeded pods';
    return [
      condition('SuccessCriteriaMet', 'CompletionsReached', text),
      condition('Complete', 'CompletionsReached', text),
    ];
  }
  if (failures(counts) <= (job.spec.backoffLimit ?? 6)) return [];
  const text = 'Job has reached the specified backoff limit';
  return [
    condition('FailureTarget', 'BackoffLimitExceeded', text),
    condition('Failed', 'BackoffLimitExceeded', text),
  ];
}

function writeStatus(
  plane: ControlPlane,
  job: Job,
  counts: Counts,
  ended: readonly WorkloadCondition[],
): void {
  const writer = { manager: controllerManager, subresource: 'status' } as const;
  plane.api.modify(jobs, job.metadata, writer, (draft) => {
    const active = ended.length > 0 ? 0 : counts.active.length;
    const complete = ended.some(({ type }) => type === 'Complete');
    draft.status = {
      ...(ended.length > 0 ? { conditions: [...ended] } : {}),
      startTime: draft.status.startTime ?? timestamp(),
      ...(complete ? { completionTime: draft.status.completionTime ?? timestamp() } : {}),
      ...(active > 0 ? { active } : {}),
      ready: counts.active.filter(isPodReady).length,
      terminating: 0,
      ...(counts.succeeded > 0 ? { succeeded: counts.succeeded } : {}),
      ...(counts.failed > 0 ? { failed: counts.failed } : {}),
      uncountedTerminatedPods: {},
    };
  });
}

function reconcile(plane: ControlPlane, queue: WorkQueue, key: string): void {
  const job = plane.api.store.collection(jobs.storage).get(key) as Job | undefined;
  if (!job || job.metadata.deletionTimestamp) return;
  const end = jobEnd(job);
  if (end) {
    const seconds = job.spec.ttlSecondsAfterFinished;
    if (seconds === undefined) return;
    const left = Date.parse(end.lastTransitionTime ?? '') + seconds * 1000 - Date.now();
    if (left > 0) queue.addLater(key, left);
    else deleteObject(plane.api, jobs, job.metadata, { propagationPolicy: 'Background' });
    return;
  }
  const counts = countsOf(podsOf(plane, job));
  const ended = endConditions(job, counts);
  if (ended.length > 0 || job.spec.suspend) {
    for (const pod of counts.active) deletePod(plane, job, pod);
  } else {
    const completions = job.spec.completions ?? Number.POSITIVE_INFINITY;
    const parallelism = job.spec.parallelism ?? 1;
    const anySucceeded = job.spec.completions === undefined && counts.succeeded > 0;
    const wanted = anySucceeded ? 0 : Math.min(parallelism, completions - counts.succeeded);
    for (let missing = Math.min(100, wanted - counts.active.length); missing > 0; missing--) {
      createPod(plane, job, job.spec.template);
    }
  }
  writeStatus(plane, job, countsOf(podsOf(plane, job)), ended);
  const [first] = ended.filter(({ type }) => type === 'Complete' || type === 'Failed');
  if (!first) return;
  plane.recorder.record(
    job,
    { component: 'job-controller' },
    first.type === 'Complete'
      ? { type: 'Normal', reason: 'Completed', message: 'Job completed' }
      : { type: 'Warning', reason: 'BackoffLimitExceeded', message: first.message ?? '' },
  );
}

/** Starts the job controller. */
export function startJobs(plane: ControlPlane): Stop {
  const { api } = plane;
  const queue = new WorkQueue({
    reconcile: (key) => {
      reconcile(plane, queue, key);
    },
    onError: (key, error) => {
      plane.onError(`Job ${key}`, error);
    },
  });
  const stops = [
    onChangeOf(api, jobs, ({ type, object }) => {
      if (type !== 'DELETED') queue.add(keyOf(object));
    }),
    onChangeOf(api, pods, ({ object }) => {
      const owner = controllerOf(object);
      if (owner?.kind === 'Job') queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.dispose();
  };
}
