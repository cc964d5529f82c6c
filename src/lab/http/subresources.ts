/** Requests about subresources: status, scale, ephemeral containers, binding, eviction, logs. */
import { deleteObject } from '../api/deletion.ts';
import { badRequest, methodNotAllowed, notFound, StatusError } from '../api/errors.ts';
import type { Written } from '../api/objectApi.ts';
import { at, isObject } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';
import { pods } from '../resources/catalog.ts';
import { hasSubresource } from '../resources/resource.ts';
import type { Resource } from '../resources/resource.ts';
import { applyPatch } from '../patch/applyPatch.ts';
import { patchTypes, sendWritten } from './answering.ts';
import {
  mediaType,
  parseJsonBody,
  parseYamlBody,
  readBody,
  readObject,
  unsupportedMediaType,
} from './body.ts';
import type { RequestContext } from './context.ts';
import { serveLog } from './podLog.ts';
import { booleanParameter, deleteOptions, writeOptions } from './query.ts';
import { send } from './respond.ts';
import { scaleOf, replicasFromScale } from './scale.ts';

interface SubresourceRoute {
  resource: Resource;
  namespace?: string;
  name: string;
  subresource: string;
}

async function writeThrough(
  context: RequestContext,
  route: SubresourceRoute,
  subresource: 'status' | 'ephemeralcontainers',
): Promise<Written> {
  const { resource, namespace, name } = route;
  const { request, query, services } = context;
  const options = { ...writeOptions(query, request.headers['user-agent']), subresource };
  const ref = { namespace, name };
  if (request.method === 'PUT') return services.api.update(resource, ref, await readObject(request), options);
  const type = patchTypes[mediaType(request)];
  if (!type) throw unsupportedMediaType(mediaType(request), Object.keys(patchTypes));
  const text = await readBody(request);
  if (type === 'apply') {
    const force = booleanParameter(query, 'force') ?? false;
    return services.api.apply(resource, ref, parseYamlBody(text), { ...options, force });
  }
  return services.api.patch(resource, ref, { type, body: parseJsonBody(text) }, options);
}

async function scaleRequest(context: RequestContext, route: SubresourceRoute): Promise<void> {
  const { resource, namespace, name } = route;
  const { api } = context.services;
  const current = api.read(resource, { namespace, name });
  const method = context.request.method ?? 'GET';
  if (method === 'GET') {
    send(context.response, { code: 200, body: scaleOf(current) });
    return;
  }
  let wanted: unknown;
  if (method === 'PUT') wanted = await readObject(context.request);
  else {
    const type = patchTypes[mediaType(context.request)];
    if (!type) throw unsupportedMediaType(mediaType(context.request), Object.keys(patchTypes));
    const body = parseYamlBody(await readBody(context.request));
    const plain = type === 'apply' ? 'merge' : type;
    wanted = applyPatch(scaleOf(current), { type: plain, body }, 'autoscaling.v1.Scale');
  }
  const replicas = replicasFromScale(wanted);
  const spec = isObject(current.spec) ? { ...current.spec, replicas } : { replicas };
  const version = at(wanted, 'metadata', 'resourceVersion');
  const next = structuredClone({
    ...current,
    metadata: { ...current.metadata, ...(typeof version === 'string' ? { resourceVersion: version } : {}) },
    spec,
  });
  const options = writeOptions(context.query, context.request.headers['user-agent']);
  const written = api.update(resource, { namespace, name }, next, { ...options, subresource: 'scale' });
  send(context.response, { code: 200, body: scaleOf(written.object) });
}

async function bindingRequest(context: RequestContext, route: SubresourceRoute): Promise<void> {
  const { namespace, name } = route;
  const { api } = context.services;
  const pod = api.read(pods, { namespace, name });
  const node = at(await readObject(context.request), 'target', 'name');
  if (typeof node !== 'string' || node === '') throw badRequest('target.name: Required value');
  if (pod.spec.nodeName) {
    throw new StatusError(
      409,
      'Conflict',
      `Operation cannot be fulfilled on pods/binding "${name}": pod ${name} is already assigned to node "${pod.spec.nodeName}"`,
      { name, kind: 'pods/binding' },
    );
  }
  api.modify(pods, pod.metadata, { manager: 'binding', subresource: 'binding' }, (draft) => {
    draft.spec.nodeName = node;
  });
  send(context.response, {
    code: 201,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
  });
}

async function evictionRequest(context: RequestContext, route: SubresourceRoute): Promise<void> {
  const { resource, namespace, name } = route;
  const body = await readObject(context.request);
  deleteObject(
    context.services.api,
    resource,
    { namespace, name },
    deleteOptions(context.query, at(body, 'deleteOptions')),
  );
  send(context.response, {
    code: 201,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
  });
}

function readThrough(context: RequestContext, resource: Resource, object: ApiObject): void {
  sendWritten(context, resource, { object, created: false, warnings: [] });
}

/** Answers a request about a subresource; StatusError where it cannot. */
export async function subresourceRequest(context: RequestContext, route: SubresourceRoute): Promise<void> {
  const { resource, namespace, name, subresource } = route;
  const method = context.request.method ?? 'GET';
  const { api } = context.services;
  if (!hasSubresource(resource, subresource)) {
    throw new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
  }
  switch (subresource) {
    case 'status':
    case 'ephemeralcontainers':
      if (method === 'GET') readThrough(context, resource, api.read(resource, { namespace, name }));
      else if (method === 'PUT' || method === 'PATCH') {
        sendWritten(context, resource, await writeThrough(context, route, subresource));
      } else throw methodNotAllowed();
      return;
    case 'scale':
      await scaleRequest(context, route);
      return;
    case 'binding':
      if (method !== 'POST') throw methodNotAllowed();
      await bindingRequest(context, route);
      return;
    case 'eviction':
      if (method !== 'POST') throw methodNotAllowed();
      await evictionRequest(context, route);
      return;
    case 'log':
      if (method !== 'GET') throw methodNotAllowed();
      await serveLog(context, api.read(pods, { namespace, name }));
      return;
    case 'exec':
    case 'attach':
    case 'portforward':
      if (!api.store.get(pods, { namespace, name })) throw notFound(pods, name);
      throw badRequest(
        'unable to upgrade: the lab serves this over WebSocket only, and the request did not ask for it',
      );
    default:
      throw new StatusError(
        501,
        'NotImplemented',
        `the practice lab does not serve ${resource.name}/${subresource}`,
      );
  }
}
