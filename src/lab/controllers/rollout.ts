/** The arithmetic of a rolling update. */
import type { Deployment, ReplicaSet } from '../objects/workloads.ts';

/** A number or a percentage of the wanted replicas. */
export function absolute(value: number | string, total: number, round: (value: number) => number): number {
  if (typeof value === 'number') return value;
  return round((Number.parseInt(value, 10) / 100) * total);
}

/** How many pods more than wanted a rollout may have. */
export function surgeOf({ spec }: Deployment): number {
  if (spec.strategy?.type === 'Recreate') return 0;
  return absolute(spec.strategy?.rollingUpdate?.maxSurge ?? '25%', spec.replicas ?? 1, Math.ceil);
}

function replicas(replicaSet: ReplicaSet): number {
  return replicaSet.spec.replicas ?? 0;
}

function available(replicaSet: ReplicaSet): number {
  return replicaSet.status.availableReplicas ?? 0;
}

function sum(replicaSets: readonly ReplicaSet[], count: (replicaSet: ReplicaSet) => number): number {
  return replicaSets.reduce((total, replicaSet) => total + count(replicaSet), 0);
}

/**
 * How many replicas each ReplicaSet gets next: never more than maxSurge above the wanted number, never fewer
 * available than maxUnavailable below it.
 */
export function rollingStep(
  deployment: Deployment,
  current: ReplicaSet,
  old: readonly ReplicaSet[],
): [ReplicaSet, number][] {
  const desired = deployment.spec.replicas ?? 1;
  const { maxUnavailable = '25%' } = deployment.spec.strategy?.rollingUpdate ?? {};
  const surge = surgeOf(deployment);
  let unavailable = absolute(maxUnavailable, desired, Math.floor);
  if (surge === 0 && unavailable === 0) unavailable = 1;

  const running = old.filter((replicaSet) => replicas(replicaSet) > 0);
  const total = sum([current, ...running], replicas);
  const wantedNew =
    running.length === 0 || replicas(current) >= desired
      ? desired
      : Math.min(desired, replicas(current) + Math.max(0, desired + surge - total));
  const step: [ReplicaSet, number][] = [[current, wantedNew]];

  // Old pods that do not work go first; working ones only as far as enough are available.
  const newUnavailable = replicas(current) - available(current);
  let removable = total - (desired - unavailable) - newUnavailable;
  for (const replicaSet of running) {
    const broken = Math.max(0, Math.min(replicas(replicaSet) - available(replicaSet), removable));
    const spare = sum([current, ...running], available) - (desired - unavailable);
    const working = Math.max(0, Math.min(available(replicaSet), removable - broken, spare));
    removable -= broken + working;
    if (broken + working > 0) step.push([replicaSet, replicas(replicaSet) - broken - working]);
  }
  return step;
}
