/** The Scale form of workloads. */
import { at, isObject, shown } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';
import { invalid } from '../api/errors.ts';
import { invalidValue } from '../admission/fieldErrors.ts';
import { selectorText } from '../store/selectors.ts';

function selectorOf(object: ApiObject): string {
  const selector = at(object, 'spec', 'selector');
  if (!isObject(selector)) return '';
  const isLabelSelector = 'matchLabels' in selector || 'matchExpressions' in selector;
  return selectorText(isLabelSelector ? selector : { matchLabels: selector as Record<string, string> });
}

/** `GET …/scale`. */
export function scaleOf(object: ApiObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const replicas = at(object, 'spec', 'replicas');
  const current = at(object, 'status', 'replicas');
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: replicas ?? 0 },
    status: { replicas: current ?? 0, selector: selectorOf(object) },
  };
}

/** The replicas a Scale asks for; StatusError 422 below zero. */
export function replicasFromScale(scale: unknown): number {
  const replicas = at(scale, 'spec', 'replicas') ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || replicas < 0) {
    throw invalid({ group: 'autoscaling', kind: 'Scale' }, shown(at(scale, 'metadata', 'name') ?? ''), [
      invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0'),
    ]);
  }
  return replicas;
}
