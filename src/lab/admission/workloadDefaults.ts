/** Defaults of workloads (pkg/apis/apps/v1 and batch/v1, defaults.go). */
import { isObject } from '../objects/json.ts';
import type { PodTemplate } from '../objects/pod.ts';
import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../objects/workloads.ts';
import { defaultPodSpec } from './podDefaults.ts';

function defaultTemplate(template: PodTemplate): void {
  defaultPodSpec(template.spec);
}

export function defaultDeployment(deployment: Deployment): void {
  const spec: Deployment['spec'] & Record<string, unknown> = deployment.spec;
  spec.replicas ??= 1;
  spec.strategy ??= {};
  spec.strategy.type ??= 'RollingUpdate';
  if (spec.strategy.type === 'RollingUpdate') {
    spec.strategy.rollingUpdate ??= {};
    spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
    spec.strategy.rollingUpdate.maxSurge ??= '25%';
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  defaultTemplate(spec.template);
}

export function defaultReplicaSet(replicaSet: ReplicaSet): void {
  replicaSet.spec.replicas ??= 1;
  defaultTemplate(replicaSet.spec.template);
}

export function defaultReplicationController(controller: ReplicationController): void {
  const { spec } = controller;
  spec.replicas ??= 1;
  spec.selector ??= spec.template.metadata?.labels ?? {};
  defaultTemplate(spec.template);
}

export function defaultStatefulSet(set: StatefulSet): void {
  const spec: StatefulSet['spec'] & Record<string, unknown> = set.spec;
  spec.replicas ??= 1;
  spec.podManagementPolicy ??= 'OrderedReady';
  if (!isObject(spec.updateStrategy) || spec.updateStrategy.type === undefined) {
    spec.updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 0 } };
  }
  spec.revisionHistoryLimit ??= 10;
  spec.persistentVolumeClaimRetentionPolicy ??= { whenDeleted: 'Retain', whenScaled: 'Retain' };
  for (const claim of spec.volumeClaimTemplates ?? []) claim.spec.volumeMode ??= 'Filesystem';
  defaultTemplate(spec.template);
}

export function defaultDaemonSet(set: DaemonSet): void {
  const spec: DaemonSet['spec'] & Record<string, unknown> = set.spec;
  if (!isObject(spec.updateStrategy) || spec.updateStrategy.type === undefined) {
    spec.updateStrategy = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } };
  }
  spec.revisionHistoryLimit ??= 10;
  defaultTemplate(spec.template);
}

export function defaultJobSpec(job: Job['spec']): void {
  const spec: Job['spec'] & Record<string, unknown> = job;
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= 6;
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= 'TerminatingOrFailed';
  defaultTemplate(spec.template);
}

/** A job's selector is made of its uid; the template gets the labels to match. */
export function prepareJob(job: Job): void {
  job.status = {};
  if (job.spec.manualSelector === true) return;
  const { uid, name } = job.metadata;
  const labels = { 'batch.kubernetes.io/controller-uid': uid, 'controller-uid': uid };
  const names = { 'batch.kubernetes.io/job-name': name, 'job-name': name };
  job.spec.template.metadata = {
    ...job.spec.template.metadata,
    labels: { ...job.spec.template.metadata?.labels, ...labels, ...names },
  };
  job.spec.selector = {
    ...job.spec.selector,
    matchLabels: { ...job.spec.selector?.matchLabels, 'batch.kubernetes.io/controller-uid': uid },
  };
}

export function defaultCronJob(cronJob: CronJob): void {
  const { spec } = cronJob;
  spec.concurrencyPolicy ??= 'Allow';
  spec.suspend ??= false;
  spec.successfulJobsHistoryLimit ??= 3;
  spec.failedJobsHistoryLimit ??= 1;
  defaultJobSpec(spec.jobTemplate.spec);
}
