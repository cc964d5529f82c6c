/** Requests about resources: get, list, watch, create, update, patch, delete. */
import { decodeBody } from '../api/decodeBody.ts';
import type { FieldValidation } from '../api/decodeBody.ts';
import { deleteObject } from '../api/deletion.ts';
import { methodNotAllowed, notFound, StatusError } from '../api/errors.ts';
import { listObjects } from '../api/listing.ts';
import { isObject } from '../objects/json.ts';
import type { Resource } from '../resources/resource.ts';
import { patchTypes, renderOptions, sendObject, sendWritten } from './answering.ts';
import {
  mediaType,
  parseJsonBody,
  parseYamlBody,
  readBody,
  readObject,
  unsupportedMediaType,
} from './body.ts';
import type { RequestContext } from './context.ts';
import { booleanParameter, deleteOptions, listQuery, watchQuery, writeOptions } from './query.ts';
import { sendList } from './encode.ts';
import { send } from './respond.ts';
import type { ResourceRoute } from './routes.ts';
import { subresourceRequest } from './subresources.ts';
import { checkAllowed } from './users.ts';
import { serveWatch } from './watch.ts';

/** Names the verb as authorization does. */
export function verbOf(method: string, hasName: boolean, watch: boolean): string {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (watch) return 'watch';
      return hasName ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return hasName ? 'delete' : 'deletecollection';
    default:
      throw methodNotAllowed();
  }
}

export function authorize(context: RequestContext, route: ResourceRoute, verb: string): void {
  const { resource, namespace, name, subresource } = route;
  checkAllowed(context.user, {
    verb,
    group: resource.group,
    resource: resource.name,
    subresource,
    // Namespaces are judged as if they were in themselves.
    namespace: resource.name === 'namespaces' && !resource.namespaced ? undefined : namespace,
    name,
  });
}

/** The resource to write to: another one where the objects are stored in another group's form. */
function storedResource(resource: Resource): Resource {
  return resource.storedAs?.resource ?? resource;
}

/** A body in the form in which it is stored; checked as the kind that the client sent before it is converted. */
function storedBody(resource: Resource, body: unknown, validation: FieldValidation | undefined): unknown {
  if (!resource.storedAs || !isObject(body)) return body;
  return resource.storedAs.toStorage(decodeBody(resource, body, validation ?? 'Warn').object);
}

async function patchRequest(context: RequestContext, route: ResourceRoute, name: string): Promise<void> {
  const { resource, namespace } = route;
  const target = storedResource(resource);
  const { request, query, services } = context;
  const type = patchTypes[mediaType(request)];
  if (!type) throw unsupportedMediaType(mediaType(request), Object.keys(patchTypes));
  const options = writeOptions(query, request.headers['user-agent']);
  const text = await readBody(request);
  const ref = { namespace, name };
  if (type !== 'apply') {
    sendWritten(
      context,
      resource,
      services.api.patch(target, ref, { type, body: parseJsonBody(text) }, options),
    );
    return;
  }
  if (!query.get('fieldManager')) {
    throw new StatusError(
      422,
      'Invalid',
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      {
        group: 'meta.k8s.io',
        kind: 'PatchOptions',
        causes: [
          {
            reason: 'FieldValueRequired',
            message: 'Required value: is required for apply patch',
            field: 'fieldManager',
          },
        ],
      },
    );
  }
  const force = booleanParameter(query, 'force') ?? false;
  sendWritten(context, resource, services.api.apply(target, ref, parseYamlBody(text), { ...options, force }));
}

async function deleteRequest(context: RequestContext, route: ResourceRoute, name: string): Promise<void> {
  const { resource, namespace } = route;
  const options = deleteOptions(context.query, await readObject(context.request));
  const { object, gone } = deleteObject(context.services.api, resource, { namespace, name }, options);
  if (!gone || resource.returnsDeleted) {
    sendObject(context, resource, object);
    return;
  }
  const { uid } = object.metadata;
  const details = { name, ...(resource.group ? { group: resource.group } : {}), kind: resource.name, uid };
  send(context.response, {
    code: 200,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details },
  });
}

async function deleteCollection(context: RequestContext, route: ResourceRoute): Promise<void> {
  const { resource, namespace } = route;
  const { api } = context.services;
  const options = deleteOptions(context.query, await readObject(context.request));
  const page = listObjects(api.store, resource, { ...listQuery(context.query, namespace), limit: 0 });
  const items = page.items.map((item) => deleteObject(api, resource, item.metadata, options).object);
  const answered = { items, resourceVersion: String(api.store.revision) };
  await sendList(context.response, resource, answered, renderOptions(context, resource));
}

async function createRequest(context: RequestContext, route: ResourceRoute): Promise<void> {
  const { resource, namespace } = route;
  if (resource.namespaced && namespace === undefined) throw methodNotAllowed();
  const options = writeOptions(context.query, context.request.headers['user-agent']);
  const body = storedBody(resource, await readObject(context.request), options.fieldValidation);
  const target = storedResource(resource);
  sendWritten(context, resource, context.services.api.create(target, namespace, body, options));
}

async function collectionGet(context: RequestContext, route: ResourceRoute, watch: boolean): Promise<void> {
  const { resource, namespace } = route;
  const { store } = context.services.api;
  const options = renderOptions(context, resource);
  if (watch) {
    const query = watchQuery(context.query, namespace);
    serveWatch(store, resource, query, options, context.request, context.response, context.signal);
    return;
  }
  const page = listObjects(store, resource, listQuery(context.query, namespace));
  await sendList(context.response, resource, page, options);
}

/** Answers a request about a resource; StatusError where it cannot. */
export async function resourceRequest(context: RequestContext, route: ResourceRoute): Promise<void> {
  const { resource, namespace, name, subresource } = route;
  const method = context.request.method ?? 'GET';
  const watch = name === undefined && (booleanParameter(context.query, 'watch') ?? false);
  const verb = verbOf(method, name !== undefined, watch);
  authorize(context, route, verb);
  if (name !== undefined && subresource !== undefined) {
    await subresourceRequest(context, { ...route, name, subresource });
    return;
  }
  if (!resource.verbs.some((served) => served === verb)) throw methodNotAllowed();
  if (name === undefined) {
    if (verb === 'create') await createRequest(context, route);
    else if (verb === 'deletecollection') await deleteCollection(context, route);
    else if (verb === 'list' || verb === 'watch') await collectionGet(context, route, watch);
    else throw methodNotAllowed();
    return;
  }
  const { api } = context.services;
  const ref = { namespace, name };
  switch (verb) {
    case 'get': {
      const object = api.store.get(resource, ref);
      if (!object) throw notFound(resource, name);
      sendObject(context, resource, object);
      return;
    }
    case 'update': {
      const options = writeOptions(context.query, context.request.headers['user-agent']);
      const body = storedBody(resource, await readObject(context.request), options.fieldValidation);
      sendWritten(context, resource, api.update(storedResource(resource), ref, body, options));
      return;
    }
    case 'patch':
      await patchRequest(context, route, name);
      return;
    case 'delete':
      await deleteRequest(context, route, name);
      return;
    default:
      throw methodNotAllowed();
  }
}
