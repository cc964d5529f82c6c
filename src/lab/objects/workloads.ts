/** The fields of workloads that the lab's controllers read and write. */
import type { ApiObject } from './meta.ts';
import type { PodTemplate } from './pod.ts';

export interface LabelRequirement {
  key: string;
  operator: string;
  values?: string[];
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: LabelRequirement[];
}

export interface WorkloadCondition {
  type: string;
  status: string;
  lastUpdateTime?: string;
  lastTransitionTime?: string;
  lastProbeTime?: string;
  reason?: string;
  message?: string;
}

interface WorkloadStatus {
  observedGeneration?: number;
  replicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  updatedReplicas?: number;
  conditions?: WorkloadCondition[];
  [field: string]: unknown;
}

export interface Deployment extends ApiObject {
  spec: {
    replicas?: number;
    selector: LabelSelector;
    template: PodTemplate;
    strategy?: {
      type?: string;
      rollingUpdate?: { maxSurge?: number | string; maxUnavailable?: number | string };
    };
    revisionHistoryLimit?: number;
    paused?: boolean;
  };
  status: WorkloadStatus;
}

export interface ReplicaSet extends ApiObject {
  spec: { replicas?: number; selector: LabelSelector; template: PodTemplate };
  status: WorkloadStatus;
}

export interface ReplicationController extends ApiObject {
  spec: { replicas?: number; selector?: Record<string, string>; template: PodTemplate };
  status: WorkloadStatus;
}

export interface StatefulSet extends ApiObject {
  spec: {
    replicas?: number;
    selector: LabelSelector;
    serviceName?: string;
    podManagementPolicy?: string;
    template: PodTemplate;
    volumeClaimTemplates?: {
      metadata: { name: string; [field: string]: unknown };
      spec: Record<string, unknown>;
    }[];
  };
  status: WorkloadStatus;
}

export interface DaemonSet extends ApiObject {
  spec: { selector: LabelSelector; template: PodTemplate };
  status: WorkloadStatus;
}

export interface Job extends ApiObject {
  spec: {
    completions?: number;
    parallelism?: number;
    backoffLimit?: number;
    suspend?: boolean;
    manualSelector?: boolean;
    ttlSecondsAfterFinished?: number;
    selector?: LabelSelector;
    template: PodTemplate;
  };
  status: {
    active?: number;
    ready?: number;
    succeeded?: number;
    failed?: number;
    startTime?: string;
    completionTime?: string;
    conditions?: WorkloadCondition[];
    [field: string]: unknown;
  };
}

export interface CronJob extends ApiObject {
  spec: {
    schedule: string;
    suspend?: boolean;
    concurrencyPolicy?: string;
    successfulJobsHistoryLimit?: number;
    failedJobsHistoryLimit?: number;
    jobTemplate: { metadata?: Record<string, unknown>; spec: Job['spec'] };
  };
  status: {
    active?: { name: string; uid: string; [field: string]: unknown }[];
    lastScheduleTime?: string;
    lastSuccessfulTime?: string;
  };
}
