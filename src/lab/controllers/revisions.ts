/** The revision of a template, as StatefulSets and DaemonSets mark their pods with it. */
import { canonicalJson } from '../objects/json.ts';
import { hashName } from '../objects/names.ts';
import type { Pod, PodTemplate } from '../objects/pod.ts';

export const revisionLabel = 'controller-revision-hash';

export function templateRevision(name: string, template: PodTemplate): string {
  return `${name}-${hashName(canonicalJson(template))}`;
}

export function hasRevision(pod: Pod, revision: string): boolean {
  return pod.metadata.labels?.[revisionLabel] === revision;
}
