/** The deployment controller: one ReplicaSet for each template, replaced step by step. */
import { deleteObject } from '../api/deletion.ts';
import { canonicalJson } from '../objects/json.ts';
import { controllerOf, keyOf, ownedBy } from '../objects/meta.ts';
import { hashName } from '../objects/names.ts';
import { isPodFinished } from '../objects/pod.ts';
import type { PodTemplate } from '../objects/pod.ts';
import type { Deployment, ReplicaSet } from '../objects/workloads.ts';
import { deployments, pods, replicaSets } from '../resources/catalog.ts';
import { controllerManager, onChangeOf } from './controller.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { writeDeploymentStatus } from './deploymentStatus.ts';
import { rollingStep, surgeOf } from './rollout.ts';
import { WorkQueue } from './workQueue.ts';

const revisionKey = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';
const writer = { manager: controllerManager };

function templateHash(template: PodTemplate): string {
  return hashName(canonicalJson(template));
}

/** The template of a ReplicaSet as the deployment had it: without the hash label. */
function plainTemplate(replicaSet: ReplicaSet): PodTemplate {
  const { template } = replicaSet.spec;
  const labels = Object.entries(template.metadata?.labels ?? {}).filter(([key]) => key !== hashLabel);
  return { ...template, metadata: { ...template.metadata, labels: Object.fromEntries(labels) } };
}

function revisionOf(replicaSet: ReplicaSet): number {
  return Number(replicaSet.metadata.annotations?.[revisionKey] ?? 0);
}

function replicaSetsOf(plane: ControlPlane, deployment: Deployment): ReplicaSet[] {
  return [...plane.api.store.list(replicaSets, deployment.metadata.namespace)].filter(
    (replicaSet) => controllerOf(replicaSet)?.uid === deployment.metadata.uid,
  );
}

function createReplicaSet(plane: ControlPlane, deployment: Deployment, revision: number): ReplicaSet {
  const { template } = deployment.spec;
  const hash = templateHash(template);
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  return plane.api.create(
    replicaSets,
    deployment.metadata.namespace,
    {
      metadata: {
        name: `${deployment.metadata.name}-${hash}`,
        labels,
        annotations: { [revisionKey]: String(revision) },
        ownerReferences: [ownedBy(deployment)],
      },
      spec: {
        replicas: 0,
        selector: {
          ...deployment.spec.selector,
          matchLabels: { ...deployment.spec.selector.matchLabels, [hashLabel]: hash },
        },
        template: { ...structuredClone(template), metadata: { ...template.metadata, labels } },
      },
    },
    writer,
  ).object;
}

/** The ReplicaSet of the present template, made where it is missing, under the newest revision. */
function currentReplicaSet(
  plane: ControlPlane,
  deployment: Deployment,
  owned: readonly ReplicaSet[],
): ReplicaSet {
  const wanted = canonicalJson(deployment.spec.template);
  const found = owned.find((replicaSet) => canonicalJson(plainTemplate(replicaSet)) === wanted);
  const others = owned.filter((replicaSet) => replicaSet !== found);
  const highest = Math.max(0, ...others.map(revisionOf));
  const replicaSet = found ?? createReplicaSet(plane, deployment, highest + 1);
  const revision = Math.max(revisionOf(replicaSet), highest + (revisionOf(replicaSet) > highest ? 0 : 1));
  plane.api.modify(deployments, deployment.metadata, writer, (draft) => {
    draft.metadata.annotations = { ...draft.metadata.annotations, [revisionKey]: String(revision) };
  });
  return (
    plane.api.modify(replicaSets, replicaSet.metadata, writer, (draft) => {
      draft.metadata.annotations = { ...draft.metadata.annotations, [revisionKey]: String(revision) };
    }) ?? replicaSet
  );
}

function setReplicas(
  plane: ControlPlane,
  deployment: Deployment,
  replicaSet: ReplicaSet,
  replicas: number,
): void {
  const before = replicaSet.spec.replicas ?? 0;
  const desired = deployment.spec.replicas ?? 1;
  plane.api.modify(replicaSets, replicaSet.metadata, writer, (draft) => {
    draft.spec.replicas = replicas;
    draft.metadata.annotations = {
      ...draft.metadata.annotations,
      'deployment.kubernetes.io/desired-replicas': String(desired),
      'deployment.kubernetes.io/max-replicas': String(desired + surgeOf(deployment)),
    };
  });
  if (replicas === before) return;
  const direction = replicas > before ? 'up' : 'down';
  plane.recorder.record(
    deployment,
    { component: 'deployment-controller' },
    {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled ${direction} replica set ${replicaSet.metadata.name} from ${before} to ${replicas}`,
    },
  );
}

function removeOldRevisions(plane: ControlPlane, deployment: Deployment, old: readonly ReplicaSet[]): void {
  const idle = old
    .filter(({ spec, status }) => (spec.replicas ?? 0) === 0 && (status.replicas ?? 0) === 0)
    .sort((a, b) => revisionOf(b) - revisionOf(a));
  for (const replicaSet of idle.slice(deployment.spec.revisionHistoryLimit ?? 10)) {
    deleteObject(plane.api, replicaSets, replicaSet.metadata);
  }
}

function oldPodsRun(plane: ControlPlane, deployment: Deployment, old: readonly ReplicaSet[]): boolean {
  const uids = new Set(old.map(({ metadata }) => metadata.uid));
  return [...plane.api.store.list(pods, deployment.metadata.namespace)].some(
    (pod) => !isPodFinished(pod) && uids.has(controllerOf(pod)?.uid ?? ''),
  );
}

function reconcile(plane: ControlPlane, key: string): void {
  const { store } = plane.api;
  const deployment = store.collection(deployments.storage).get(key) as Deployment | undefined;
  if (!deployment || deployment.metadata.deletionTimestamp) return;
  const owned = replicaSetsOf(plane, deployment);
  if (!deployment.spec.paused) {
    const current = currentReplicaSet(plane, deployment, owned);
    const old = owned.filter((replicaSet) => replicaSet.metadata.uid !== current.metadata.uid);
    const desired = deployment.spec.replicas ?? 1;
    if (deployment.spec.strategy?.type === 'Recreate') {
      for (const replicaSet of old) setReplicas(plane, deployment, replicaSet, 0);
      if (!oldPodsRun(plane, deployment, old)) setReplicas(plane, deployment, current, desired);
    } else {
      for (const [replicaSet, replicas] of rollingStep(deployment, current, old)) {
        setReplicas(plane, deployment, replicaSet, replicas);
      }
    }
    removeOldRevisions(plane, deployment, old);
  }
  const latest = store.get(deployments, deployment.metadata);
  if (latest)
    writeDeploymentStatus(plane, latest, replicaSetsOf(plane, latest), (replicaSet) => {
      return canonicalJson(plainTemplate(replicaSet)) === canonicalJson(latest.spec.template);
    });
}

/** Starts the deployment controller. */
export function startDeployments(plane: ControlPlane): Stop {
  const { api } = plane;
  const queue = new WorkQueue({
    reconcile: (key) => {
      reconcile(plane, key);
    },
    onError: (key, error) => {
      plane.onError(`Deployment ${key}`, error);
    },
  });
  const stops = [
    onChangeOf(api, deployments, ({ type, object }) => {
      if (type !== 'DELETED') queue.add(keyOf(object));
    }),
    onChangeOf(api, replicaSets, ({ object }) => {
      const owner = controllerOf(object);
      if (owner?.kind === 'Deployment') queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
    }),
    onChangeOf(api, pods, ({ type, object }) => {
      // A Recreate rollout waits for the last old pod.
      if (type !== 'DELETED') return;
      const name = controllerOf(object)?.name;
      const { namespace } = object.metadata;
      const replicaSet = name === undefined ? undefined : api.store.get(replicaSets, { namespace, name });
      const owner = replicaSet && controllerOf(replicaSet);
      if (owner) queue.add(`${namespace ?? ''}/${owner.name}`);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.dispose();
  };
}
