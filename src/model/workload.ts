import type { Pod } from './objects.ts';

/** What made a pod: a Deployment, StatefulSet and so on. */
export interface WorkloadName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The workload of a pod; undefined where nothing owns it. */
export function workloadOf({ owner, labels, namespace }: Pod): WorkloadName | undefined {
  if (owner === undefined) return undefined;
  const hash = labels['pod-template-hash'];
  // A Deployment's pods are owned by a ReplicaSet that is named after it and the template's hash.
  const isDeployments = owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`);
  if (isDeployments) return { kind: 'Deployment', namespace, name: owner.name.slice(0, -hash.length - 1) };
  return { kind: owner.kind, namespace, name: owner.name };
}
