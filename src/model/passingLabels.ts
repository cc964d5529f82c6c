import type { Labels } from './objects.ts';

/** Labels that a controller gives to the pods of one version of a template only. */
const versionLabels: readonly string[] = [
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
];

/** Labels that a controller gives to single pods, or to those of one version or one run of a job only. */
const passingLabels: ReadonlySet<string> = new Set([
  ...versionLabels,
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
  'controller-uid',
  'job-name',
]);

/** Whether a controller makes this label anew for each pod or rollout, so that no template and no rule has it. */
export function isPassingLabel(key: string): boolean {
  return passingLabels.has(key);
}

/** The labels by which a pod can be selected now and after the next rollout. */
export function lastingLabels(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !passingLabels.has(key)));
}

/** The labels that pods keep from one rollout to the next; a single pod's own, such as its name, among them. */
export function withoutVersionLabels(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !versionLabels.includes(key)));
}
