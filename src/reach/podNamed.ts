import type { Pod } from '../model/objects.ts';
import { parseRef, type Ref } from '../model/refs.ts';
import { workloadOf } from '../model/workload.ts';
import type { World } from './world.ts';

const workload =
  /^(deployment|deploy|statefulset|sts|daemonset|ds|replicaset|rs|replicationcontroller|rc|job|cronjob)\//;

/** Whether a reference names a workload, which stands for its pods: `deployment/NS/NAME`. */
export function namesWorkload(text: string): boolean {
  return workload.test(text);
}

/**
 * Reads a reference, which may name a workload in the place of a pod.
 * @throws ExplainedError that names the text and shows the forms.
 */
export function parseWorkloadRef(text: string): Ref {
  return parseRef(text.replace(workload, 'pod/'));
}

/** A pod by its name, or one of the workload of that name: a ready one if there is one. */
export function podNamed({ snapshot }: World, namespace: string, name: string): Pod | undefined {
  const pod = snapshot.get('Pod', namespace, name);
  if (pod !== undefined) return pod;
  const owned = snapshot
    .inNamespace('Pod', namespace)
    .filter((each) => each.owner?.name === name || workloadOf(each)?.name === name);
  return owned.find(({ ready }) => ready) ?? owned[0];
}
