/** The CronJob controller: makes jobs by the clock and forgets old ones. */
import { deleteObject } from '../api/deletion.ts';
import { controllerOf, ownedBy, timestamp } from '../objects/meta.ts';
import type { CronJob, Job } from '../objects/workloads.ts';
import { cronJobs, jobs } from '../resources/catalog.ts';
import { controllerManager } from './controller.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { jobEnd } from './jobs.ts';
import { parseSchedule } from './schedule.ts';

const minute = 60_000;
/** How often the clock is looked at. */
const tick = 5_000;

function jobsOf(plane: ControlPlane, cronJob: CronJob): Job[] {
  return [...plane.api.store.list(jobs, cronJob.metadata.namespace)].filter(
    (job) => controllerOf(job)?.uid === cronJob.metadata.uid,
  );
}

function createJob(plane: ControlPlane, cronJob: CronJob, time: Date): void {
  const { jobTemplate } = cronJob.spec;
  plane.api.create(
    jobs,
    cronJob.metadata.namespace,
    {
      metadata: {
        ...structuredClone(jobTemplate.metadata ?? {}),
        name: `${cronJob.metadata.name}-${Math.floor(time.getTime() / minute)}`,
        ownerReferences: [ownedBy(cronJob)],
      },
      spec: structuredClone(jobTemplate.spec),
    },
    { manager: controllerManager },
  );
}

function forgetOld(plane: ControlPlane, cronJob: CronJob, owned: readonly Job[]): void {
  const { successfulJobsHistoryLimit = 3, failedJobsHistoryLimit = 1 } = cronJob.spec;
  const byAge = [...owned].sort((a, b) =>
    (a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? 1 : -1,
  );
  for (const [type, limit] of [
    ['Complete', successfulJobsHistoryLimit],
    ['Failed', failedJobsHistoryLimit],
  ] as const) {
    for (const job of byAge.filter((one) => jobEnd(one)?.type === type).slice(limit)) {
      deleteObject(plane.api, jobs, job.metadata);
    }
  }
}

function reconcile(plane: ControlPlane, cronJob: CronJob, now: Date): void {
  const due = parseSchedule(cronJob.spec.schedule)?.matches(now) ?? false;
  const thisMinute = timestamp(new Date(Math.floor(now.getTime() / minute) * minute));
  const owned = jobsOf(plane, cronJob);
  const running = owned.filter((job) => !jobEnd(job));
  let scheduled = cronJob.status.lastScheduleTime;
  if (due && !cronJob.spec.suspend && scheduled !== thisMinute) {
    scheduled = thisMinute;
    const policy = cronJob.spec.concurrencyPolicy;
    if (policy === 'Replace') for (const job of running) deleteObject(plane.api, jobs, job.metadata);
    if (policy !== 'Forbid' || running.length === 0) createJob(plane, cronJob, now);
  }
  forgetOld(plane, cronJob, owned);
  const writer = { manager: controllerManager, subresource: 'status' } as const;
  plane.api.modify(cronJobs, cronJob.metadata, writer, (draft) => {
    const active = jobsOf(plane, cronJob)
      .filter((job) => !jobEnd(job))
      .map(({ metadata: { name, uid, namespace } }) => ({
        kind: 'Job',
        apiVersion: 'batch/v1',
        namespace,
        name,
        uid,
      }));
    draft.status = {
      ...(active.length > 0 ? { active } : {}),
      ...(scheduled ? { lastScheduleTime: scheduled } : {}),
      ...(draft.status.lastSuccessfulTime ? { lastSuccessfulTime: draft.status.lastSuccessfulTime } : {}),
    };
  });
}

/** Starts the CronJob controller. */
export function startCronJobs(plane: ControlPlane): Stop {
  const timer = setInterval(() => {
    for (const cronJob of [...plane.api.store.list(cronJobs)]) {
      try {
        reconcile(plane, cronJob, new Date());
      } catch (error) {
        plane.onError(`CronJob ${cronJob.metadata.name}`, error);
      }
    }
  }, tick);
  return () => {
    clearInterval(timer);
  };
}
