/** What every namespace gets, and what happens when one is deleted. */
import { deleteObject } from '../api/deletion.ts';
import { configMaps, namespaces, resources, serviceAccounts } from '../resources/catalog.ts';
import type { Resource } from '../resources/resource.ts';
import { onChangeOf } from './controller.ts';
import type { ControlPlane, Stop } from './controller.ts';
import { controllerManager } from './controller.ts';
import { WorkQueue } from './workQueue.ts';

function furnish(plane: ControlPlane, name: string, authority: string): void {
  const { api } = plane;
  const manager = { manager: controllerManager };
  if (!api.store.get(serviceAccounts, { namespace: name, name: 'default' })) {
    api.create(serviceAccounts, name, { metadata: { name: 'default' } }, manager);
  }
  if (api.store.get(configMaps, { namespace: name, name: 'kube-root-ca.crt' })) return;
  const about = 'kubernetes.io/description';
  const text =
    'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the ' +
    'internal service IP or kubernetes.default.svc.';
  const metadata = { name: 'kube-root-ca.crt', annotations: { [about]: text } };
  api.create(configMaps, name, { metadata, data: { 'ca.crt': authority } }, manager);
}

/** Deletes what is in a namespace; true when nothing is left. */
function empty(plane: ControlPlane, name: string): boolean {
  const { api } = plane;
  const namespaced = resources.filter((resource: Resource) => resource.namespaced);
  let left = 0;
  for (const resource of namespaced) {
    for (const object of [...api.store.list(resource, name)]) {
      // Pods are not waited for: their namespace goes, and they with it.
      const { gone } = deleteObject(api, resource, object.metadata, { gracePeriodSeconds: 1 });
      if (!gone) left++;
    }
  }
  return left === 0;
}

/** Starts the namespace controller. `authority` is the API's certificate authority in PEM. */
export function startNamespaces(plane: ControlPlane, authority: string): Stop {
  const { api } = plane;
  const queue = new WorkQueue({
    reconcile: (name) => {
      const namespace = api.store.get(namespaces, { name });
      if (!namespace) return;
      if (!namespace.metadata.deletionTimestamp) furnish(plane, name, authority);
      else if (empty(plane, name)) api.store.remove(namespaces, { name });
    },
    onError: (name, error) => {
      plane.onError(`namespace ${name}`, error);
    },
  });
  const stops = [
    onChangeOf(api, namespaces, ({ type, object }) => {
      if (type !== 'DELETED') queue.add(object.metadata.name);
    }),
    api.store.onChange(({ type, object }) => {
      const { namespace } = object.metadata;
      if (namespace === undefined || type !== 'DELETED') return;
      // Either the last object of a namespace that ends is gone, or one that every namespace has was deleted.
      queue.add(namespace);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.dispose();
  };
}
