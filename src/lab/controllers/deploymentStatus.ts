/** The status of a deployment. */
import { timestamp } from '../objects/meta.ts';
import type { Deployment, ReplicaSet, WorkloadCondition } from '../objects/workloads.ts';
import { deployments } from '../resources/catalog.ts';
import { controllerManager } from './controller.ts';
import type { ControlPlane } from './controller.ts';
import { absolute } from './rollout.ts';

function sum(replicaSets: readonly ReplicaSet[], field: string): number {
  return replicaSets.reduce((total, { status }) => total + Number(status[field] ?? 0), 0);
}

/** Sets a condition; its times change with its content only. */
export function withWorkloadCondition(
  conditions: readonly WorkloadCondition[],
  next: WorkloadCondition,
): WorkloadCondition[] {
  const before = conditions.find(({ type }) => type === next.type);
  const same =
    before?.status === next.status && before.reason === next.reason && before.message === next.message;
  if (before && same) return [...conditions];
  const now = timestamp();
  const condition = {
    ...next,
    lastUpdateTime: now,
    lastTransitionTime: before?.status === next.status ? (before.lastTransitionTime ?? now) : now,
  };
  return before
    ? conditions.map((old) => (old.type === next.type ? condition : old))
    : [...conditions, condition];
}

function availableCondition(available: number, needed: number): WorkloadCondition {
  return available >= needed
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

function progressCondition(complete: boolean, name: string): WorkloadCondition {
  return complete
    ? {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        message: `ReplicaSet "${name}" has successfully progressed.`,
      }
    : {
        type: 'Progressing',
        status: 'True',
        reason: 'ReplicaSetUpdated',
        message: `ReplicaSet "${name}" is progressing.`,
      };
}

/** Writes what the ReplicaSets add up to. */
export function writeDeploymentStatus(
  plane: ControlPlane,
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
  isCurrent: (replicaSet: ReplicaSet) => boolean,
): void {
  const current = replicaSets.filter(isCurrent);
  const desired = deployment.spec.replicas ?? 1;
  const total = sum(replicaSets, 'replicas');
  const available = sum(replicaSets, 'availableReplicas');
  const updated = sum(current, 'replicas');
  const complete = updated === desired && total === desired && available === desired;
  const rolling = deployment.spec.strategy?.rollingUpdate;
  const needed = desired - (rolling ? absolute(rolling.maxUnavailable ?? '25%', desired, Math.floor) : 0);
  const writer = { manager: controllerManager, subresource: 'status' } as const;
  plane.api.modify(deployments, deployment.metadata, writer, (draft) => {
    let conditions = withWorkloadCondition(
      draft.status.conditions ?? [],
      availableCondition(available, needed),
    );
    const name = current[0]?.metadata.name;
    if (name !== undefined) conditions = withWorkloadCondition(conditions, progressCondition(complete, name));
    const counts: Record<string, number> = {
      replicas: total,
      updatedReplicas: updated,
      readyReplicas: sum(replicaSets, 'readyReplicas'),
      availableReplicas: available,
      unavailableReplicas: Math.max(0, Math.max(desired, total) - available),
    };
    draft.status = {
      observedGeneration: draft.metadata.generation ?? 1,
      // Zeros are left out, as on a real server.
      ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
      terminatingReplicas: sum(replicaSets, 'terminatingReplicas'),
      conditions,
    };
  });
}
