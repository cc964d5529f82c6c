/** Deleting objects: grace periods, finalizers, what happens to dependents. */
import { timestamp } from '../objects/meta.ts';
import type { ApiObject } from '../objects/meta.ts';
import { isPodFinished } from '../objects/pod.ts';
import type { Pod } from '../objects/pod.ts';
import { namespaces, pods } from '../resources/catalog.ts';
import type { ObjectRef, Resource } from '../resources/resource.ts';
import { conflict } from './errors.ts';
import type { ObjectApi } from './objectApi.ts';

export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: PropagationPolicy;
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: boolean;
}

/** What is left of the object: still there with a deletionTimestamp, or gone. */
export interface Deleted<T extends ApiObject> {
  object: T;
  gone: boolean;
}

const foreground = 'foregroundDeletion';
const orphan = 'orphan';

/** Finalizers that the garbage collector takes off once it has dealt with the dependents. */
export const collectorFinalizers = { foreground, orphan };

function checkPreconditions(resource: Resource, object: ApiObject, options: DeleteOptions): void {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const { metadata } = object;
  if (uid !== undefined && uid !== metadata.uid) {
    throw conflict(
      resource,
      metadata.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
    );
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    throw conflict(
      resource,
      metadata.name,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ` +
        `ResourceVersion in object meta: ${metadata.resourceVersion ?? ''}`,
    );
  }
}

/** Seconds the kubelet gets to stop a pod; 0 where no kubelet has it. */
function graceFor(resource: Resource, object: ApiObject, options: DeleteOptions): number {
  if (resource.storage !== pods.storage) return 0;
  const pod = object as Pod;
  if (!pod.spec.nodeName || isPodFinished(pod)) return 0;
  return options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
}

function finalizersFor(object: ApiObject, options: DeleteOptions): string[] {
  const finalizers = (object.metadata.finalizers ?? []).filter(
    (name) => name !== foreground && name !== orphan,
  );
  if (options.propagationPolicy === 'Foreground') finalizers.push(foreground);
  if (options.propagationPolicy === 'Orphan') finalizers.push(orphan);
  return finalizers;
}

/**
 * Deletes an object. Pods on a node wait for their kubelet, objects with finalizers for those, namespaces for their
 * content; everything else goes at once. StatusError 404, or 409 for a failed precondition.
 */
export function deleteObject<T extends ApiObject>(
  api: ObjectApi,
  resource: Resource<T>,
  ref: ObjectRef,
  options: DeleteOptions = {},
): Deleted<T> {
  const current = api.read(resource, ref);
  checkPreconditions(resource, current, options);
  const grace = graceFor(resource, current, options);
  const finalizers = finalizersFor(current, options);
  const isNamespace = resource.storage === namespaces.storage;
  const waits = grace > 0 || finalizers.length > 0 || isNamespace;
  if (options.dryRun) return { object: current, gone: !waits };
  if (!waits) return { object: api.store.remove(resource, current.metadata) ?? current, gone: true };

  const next = structuredClone(current);
  const { metadata } = next;
  const alreadyShorter =
    metadata.deletionTimestamp !== undefined && (metadata.deletionGracePeriodSeconds ?? 0) <= grace;
  if (alreadyShorter) return { object: current, gone: false };
  metadata.deletionTimestamp ??= timestamp(new Date(Date.now() + grace * 1000));
  metadata.deletionGracePeriodSeconds = grace;
  if (finalizers.length > 0) metadata.finalizers = finalizers;
  if (isNamespace) Object.assign(next, { status: { phase: 'Terminating' } });
  if (resource.hasGeneration) metadata.generation = (metadata.generation ?? 0) + 1;
  return { object: api.store.put(resource, next), gone: false };
}
