/** `kubectl get` of workloads. */
import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../objects/workloads.ts';
import { ageColumn, labelsText, nameColumn, none, templateColumns } from './column.ts';
import type { Column } from './column.ts';
import { ageOf, humanDuration } from './duration.ts';

export const deploymentColumns: Column<Deployment>[] = [
  nameColumn,
  { name: 'Ready', cell: ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}` },
  { name: 'Up-to-date', type: 'integer', cell: ({ status }) => status.updatedReplicas ?? 0 },
  { name: 'Available', type: 'integer', cell: ({ status }) => status.availableReplicas ?? 0 },
  ageColumn,
  ...templateColumns,
];

export const replicaSetColumns: Column<ReplicaSet>[] = [
  nameColumn,
  { name: 'Desired', type: 'integer', cell: ({ spec }) => spec.replicas ?? 0 },
  { name: 'Current', type: 'integer', cell: ({ status }) => status.replicas ?? 0 },
  { name: 'Ready', type: 'integer', cell: ({ status }) => status.readyReplicas ?? 0 },
  ageColumn,
  ...templateColumns,
];

export const replicationControllerColumns: Column<ReplicationController>[] = [
  nameColumn,
  { name: 'Desired', type: 'integer', cell: ({ spec }) => spec.replicas ?? 0 },
  { name: 'Current', type: 'integer', cell: ({ status }) => status.replicas ?? 0 },
  { name: 'Ready', type: 'integer', cell: ({ status }) => status.readyReplicas ?? 0 },
  ageColumn,
  ...templateColumns,
];

export const statefulSetColumns: Column<StatefulSet>[] = [
  nameColumn,
  { name: 'Ready', cell: ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}` },
  ageColumn,
  ...templateColumns.slice(0, 2),
];

function count(status: DaemonSet['status'], field: string): number {
  const value = status[field];
  return typeof value === 'number' ? value : 0;
}

export const daemonSetColumns: Column<DaemonSet>[] = [
  nameColumn,
  { name: 'Desired', type: 'integer', cell: ({ status }) => count(status, 'desiredNumberScheduled') },
  { name: 'Current', type: 'integer', cell: ({ status }) => count(status, 'currentNumberScheduled') },
  { name: 'Ready', type: 'integer', cell: ({ status }) => count(status, 'numberReady') },
  { name: 'Up-to-date', type: 'integer', cell: ({ status }) => count(status, 'updatedNumberScheduled') },
  { name: 'Available', type: 'integer', cell: ({ status }) => count(status, 'numberAvailable') },
  { name: 'Node Selector', cell: ({ spec }) => labelsText(spec.template.spec.nodeSelector) },
  ageColumn,
  ...templateColumns,
];

function jobStatus({ spec, status }: Job): string {
  const ended = status.conditions?.find(
    ({ type, status: value }) => value === 'True' && (type === 'Complete' || type === 'Failed'),
  );
  if (ended) return ended.type;
  return spec.suspend ? 'Suspended' : 'Running';
}

export const jobColumns: Column<Job>[] = [
  nameColumn,
  { name: 'Status', cell: jobStatus },
  {
    name: 'Completions',
    cell: ({ spec, status }) => `${status.succeeded ?? 0}/${spec.completions ?? spec.parallelism ?? 1}`,
  },
  {
    name: 'Duration',
    cell: ({ status }, now) => {
      if (!status.startTime) return '';
      const end = status.completionTime ? Date.parse(status.completionTime) : now;
      return humanDuration(end - Date.parse(status.startTime));
    },
  },
  ageColumn,
  ...templateColumns,
];

export const cronJobColumns: Column<CronJob>[] = [
  nameColumn,
  { name: 'Schedule', cell: ({ spec }) => spec.schedule },
  { name: 'Timezone', cell: () => none },
  { name: 'Suspend', type: 'boolean', cell: ({ spec }) => spec.suspend ?? false },
  { name: 'Active', type: 'integer', cell: ({ status }) => status.active?.length ?? 0 },
  {
    name: 'Last Schedule',
    cell: ({ status }, now) => (status.lastScheduleTime ? ageOf(status.lastScheduleTime, now) : none),
  },
  ageColumn,
];
