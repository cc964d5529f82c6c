/** Everything that runs behind the API: scheduler, kubelets, controllers. */
import { startKubelets } from '../node/kubelet.ts';
import { startScheduler } from '../node/scheduler.ts';
import type { PodRuntime } from '../runtime/types.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { startCronJobs } from './cronJobs.ts';
import { startDaemonSets } from './daemonSets.ts';
import { startDeployments } from './deployments.ts';
import { startEndpoints } from './endpointSlices.ts';
import { startGarbageCollector } from './garbageCollector.ts';
import { startJobs } from './jobs.ts';
import { startNamespaces } from './namespaces.ts';
import { startReplicaSets } from './replicaSets.ts';
import { startStatefulSets } from './statefulSets.ts';
import { startVolumes } from './volumes.ts';

export interface ControllerNeeds {
  runtime: PodRuntime;
  /** PEM, for the ConfigMap `kube-root-ca.crt` of each namespace. */
  authority: string;
}

/** Starts all controllers; the result stops them. */
export function startControllers(plane: ControlPlane, needs: ControllerNeeds): () => Promise<void> {
  const stops: Stop[] = [
    startGarbageCollector(plane),
    startNamespaces(plane, needs.authority),
    startScheduler(plane),
    startKubelets(plane, needs.runtime),
    startEndpoints(plane),
    startReplicaSets(plane),
    startDeployments(plane),
    startStatefulSets(plane),
    startDaemonSets(plane),
    startJobs(plane),
    startCronJobs(plane),
    startVolumes(plane),
  ];
  return async () => {
    for (const stop of stops.reverse()) await stop();
  };
}
