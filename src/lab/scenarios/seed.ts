/** Fills a fresh lab through the same door that `kubectl apply` uses. */
import { parseAllDocuments } from 'yaml';
import type { ObjectApi, WriteOptions } from '../api/objectApi.ts';
import { at, canonicalJson, isObject } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import { nodes } from '../resources/catalog.ts';
import { resourceOfKind } from '../resources/catalog.ts';
import { apiServerManifests, clusterObjects, dnsManifests } from './cluster.ts';
import type { Scenario } from './scenario.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** The objects of a YAML text; throws where it is broken: manifests of scenarios are part of the program. */
export function parseManifests(text: string): JsonObject[] {
  return parseAllDocuments(text, { version: '1.1', merge: true }).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw error;
    const value: unknown = document.toJS();
    return isObject(value) ? [value] : [];
  });
}

function createObject(api: ObjectApi, object: JsonObject, options: WriteOptions): void {
  const resource = resourceOfKind(String(object.apiVersion), String(object.kind));
  if (!resource) throw new Error(`the lab has no ${String(object.kind)} of ${String(object.apiVersion)}`);
  const namespace = at(object, 'metadata', 'namespace');
  const target = resource.namespaced ? (typeof namespace === 'string' ? namespace : 'default') : undefined;
  const { name } = object.metadata as { name: string };
  const ref = { name, ...(target === undefined ? {} : { namespace: target }) };
  if (api.store.get(resource, ref)) {
    api.patch(resource, ref, { type: 'merge', body: object }, options);
  } else api.create(resource, target, object, { ...options, fieldValidation: 'Strict' });
  if (!isObject(object.status)) return;
  const manager = resource.storage === nodes.storage ? 'kubelet' : 'kube-controller-manager';
  api.modify(resource, ref, { manager, subresource: 'status' }, (draft) => {
    Object.assign(draft, { status: object.status });
  });
}

/** As client-side apply leaves it, so that a later `kubectl apply` of the same file finds its own mark. */
function withLastApplied(object: JsonObject): JsonObject {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const resource = resourceOfKind(String(object.apiVersion), String(object.kind));
  const applied = {
    ...object,
    metadata: {
      ...metadata,
      annotations: isObject(metadata.annotations) ? metadata.annotations : {},
      ...(resource?.namespaced ? { namespace: metadata.namespace ?? 'default' } : {}),
    },
  };
  const annotations = { ...applied.metadata.annotations, [lastApplied]: `${canonicalJson(applied)}\n` };
  return { ...applied, metadata: { ...applied.metadata, annotations } };
}

/** Creates what every cluster has, then the scenario's objects. */
export function seed(api: ObjectApi, scenario: Scenario): void {
  const server = { manager: 'kube-apiserver' };
  for (const object of clusterObjects()) createObject(api, object, server);
  for (const object of parseManifests(apiServerManifests)) createObject(api, object, server);
  const kubectl = { manager: 'kubectl-client-side-apply' };
  for (const object of parseManifests(dnsManifests)) createObject(api, object, kubectl);
  for (const object of parseManifests(scenario.manifests))
    createObject(api, withLastApplied(object), kubectl);
}
