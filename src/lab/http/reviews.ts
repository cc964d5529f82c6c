/** Questions about the caller's own rights. */
import { randomUUID } from 'node:crypto';
import { decodeBody } from '../api/decodeBody.ts';
import { invalid, methodNotAllowed } from '../api/errors.ts';
import { invalidValue } from '../admission/fieldErrors.ts';
import { managedFieldsAfterUpdate } from '../fields/managers.ts';
import { at, isObject } from '../objects/json.ts';
import { resources } from '../resources/catalog.ts';
import { apiVersionOf } from '../resources/resource.ts';
import { virtualKinds } from '../resources/virtual.ts';
import type { VirtualKind } from '../resources/virtual.ts';
import { readObject } from './body.ts';
import type { RequestContext } from './context.ts';
import { writeOptions } from './query.ts';
import { send } from './respond.ts';
import { splitGroupVersion } from './routes.ts';
import type { User } from './users.ts';

/** The review kind a path names, or undefined. */
export function virtualKindAt(segments: readonly string[]): VirtualKind | undefined {
  const split = splitGroupVersion(segments);
  return virtualKinds.find(
    (kind) =>
      kind.group === split?.group &&
      kind.version === split.version &&
      split.rest.length === 1 &&
      split.rest[0] === kind.name,
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function accessStatus(user: User, spec: unknown): unknown {
  const attributes = at(spec, 'resourceAttributes');
  if (!isObject(attributes)) return { allowed: isObject(at(spec, 'nonResourceAttributes')) };
  const allowed = user.allows({
    verb: text(attributes.verb),
    group: text(attributes.group),
    resource: text(attributes.resource),
    subresource: text(attributes.subresource) || undefined,
    namespace: text(attributes.namespace) || undefined,
    name: text(attributes.name) || undefined,
  });
  return { allowed };
}

/** Every resource with the verbs the user has on it; an administrator's rules are said in one. */
function rulesStatus(user: User, namespace: string): unknown {
  const own = {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  };
  const everything = user.allows({ verb: '*', group: '*', resource: '*' });
  const rules = everything
    ? [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }]
    : resources.flatMap((resource) => {
        const names = [resource.name, ...resource.subresources.map(({ name }) => `${resource.name}/${name}`)];
        return names.flatMap((full) => {
          const [name = '', subresource] = full.split('/');
          const verbs = resource.verbs.filter((verb) =>
            user.allows({ verb, group: resource.group, resource: name, subresource, namespace }),
          );
          return verbs.length > 0 ? [{ verbs, apiGroups: [resource.group], resources: [full] }] : [];
        });
      });
  return {
    resourceRules: [...rules, own],
    nonResourceRules: [
      {
        verbs: everything ? ['*'] : ['get'],
        nonResourceURLs: everything
          ? ['*']
          : [
              '/api',
              '/api/*',
              '/apis',
              '/apis/*',
              '/healthz',
              '/livez',
              '/openapi',
              '/openapi/*',
              '/readyz',
              '/version',
              '/version/',
            ],
      },
    ],
    incomplete: false,
  };
}

/** Answers a review; StatusError 400, 405 or 422. */
export async function reviewRequest(context: RequestContext, kind: VirtualKind): Promise<void> {
  if (context.request.method !== 'POST') throw methodNotAllowed();
  const options = writeOptions(context.query, context.request.headers['user-agent']);
  const { object, warnings } = decodeBody(
    kind,
    await readObject(context.request),
    options.fieldValidation ?? 'Warn',
  );
  const { user } = context;
  const spec = object.spec;
  let status: unknown;
  if (kind.kind === 'SelfSubjectAccessReview') {
    const both = isObject(at(spec, 'resourceAttributes')) && isObject(at(spec, 'nonResourceAttributes'));
    const neither = !isObject(at(spec, 'resourceAttributes')) && !isObject(at(spec, 'nonResourceAttributes'));
    if (both || neither) {
      throw invalid(kind, '', [
        invalidValue(
          'spec.resourceAttributes',
          at(spec, 'resourceAttributes') ?? null,
          'exactly one of nonResourceAttributes or resourceAttributes must be specified',
        ),
      ]);
    }
    status = accessStatus(user, spec);
  } else if (kind.kind === 'SelfSubjectRulesReview') {
    status = rulesStatus(user, text(at(spec, 'namespace')));
  } else {
    status = { userInfo: { username: user.name, uid: randomUUID(), groups: user.groups } };
  }
  const writer = { manager: options.manager, apiVersion: apiVersionOf(kind) };
  const metadata =
    kind.kind === 'SelfSubjectAccessReview'
      ? { managedFields: managedFieldsAfterUpdate(undefined, object, kind.schema, writer) }
      : {};
  const body = { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata, spec: spec ?? {}, status };
  send(context.response, { code: 201, body, warnings });
}
