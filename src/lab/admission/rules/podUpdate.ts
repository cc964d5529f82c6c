/** What of a pod may change once it exists. */
import { omit, sameJson } from '../../objects/json.ts';
import type { Container, Pod, PodSpec, Toleration } from '../../objects/pod.ts';
import { forbiddenField, invalidValue } from '../fieldErrors.ts';
import type { FieldError } from '../fieldErrors.ts';

const mayChange =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,' +
  '`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),' +
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

function withoutImages(containers: readonly Container[] | undefined): unknown {
  return containers?.map((container) => omit(container, 'image'));
}

/** The spec without what may change; who gets the API volume and mounts does not matter either way. */
function fixedPart(spec: PodSpec): unknown {
  return {
    ...omit(
      spec,
      'activeDeadlineSeconds',
      'tolerations',
      'terminationGracePeriodSeconds',
      'ephemeralContainers',
    ),
    containers: withoutImages(spec.containers),
    initContainers: withoutImages(spec.initContainers),
  };
}

function keepsAll(next: readonly Toleration[], current: readonly Toleration[]): boolean {
  return current.every((old) => next.some((toleration) => sameJson(toleration, old)));
}

export function validatePodUpdate(next: Pod, current: Pod): FieldError[] {
  if (next.spec.containers.length !== current.spec.containers.length) {
    return [forbiddenField('spec.containers', 'pod updates may not add or remove containers')];
  }
  const errors: FieldError[] = [];
  if (!keepsAll(next.spec.tolerations ?? [], current.spec.tolerations ?? [])) {
    errors.push(
      forbiddenField(
        'spec.tolerations',
        'existing toleration can not be modified except its tolerationSeconds',
      ),
    );
  }
  if (!sameJson(fixedPart(next.spec), fixedPart(current.spec)))
    errors.push(forbiddenField('spec', mayChange));
  return errors;
}

/** Ephemeral containers can be added, and nothing else. */
export function validateEphemeralUpdate(next: Pod, current: Pod): FieldError[] {
  const before = current.spec.ephemeralContainers ?? [];
  const after = next.spec.ephemeralContainers ?? [];
  const errors: FieldError[] = [];
  for (const old of before) {
    const index = after.findIndex(({ name }) => name === old.name);
    if (index < 0) {
      const text = `existing ephemeral containers ${JSON.stringify(old.name)} may not be removed\n`;
      errors.push(forbiddenField('spec.ephemeralContainers', text));
    } else if (!sameJson(after[index], old)) {
      const text = `existing ephemeral containers ${JSON.stringify(old.name)} may not be changed\n`;
      errors.push(forbiddenField('spec.ephemeralContainers', text));
    }
  }
  const targets = [...next.spec.containers, ...(next.spec.initContainers ?? [])].map(({ name }) => name);
  for (const [index, { targetContainerName }] of after.entries()) {
    if (targetContainerName && !targets.includes(targetContainerName)) {
      errors.push(
        invalidValue(
          `spec.ephemeralContainers[${index}].targetContainerName`,
          targetContainerName,
          'not found',
        ),
      );
    }
  }
  return errors;
}
