/** What requests about objects and about subresources share. */
import type { Written } from '../api/objectApi.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { PatchType } from '../patch/applyPatch.ts';
import { hasPlan } from '../protobuf/plan.ts';
import type { Resource } from '../resources/resource.ts';
import type { RequestContext } from './context.ts';
import { encodedObject } from './encode.ts';
import { chooseMedia } from './negotiate.ts';
import { rowObject } from './query.ts';
import type { RenderOptions } from './render.ts';
import { send } from './respond.ts';

/** Ways to patch by media type. */
export const patchTypes: Record<string, PatchType | 'apply'> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** What the client asked for, as far as the resource has it; StatusError 406. */
export function renderOptions(context: RequestContext, resource: Resource): RenderOptions {
  return {
    ...chooseMedia(context.request.headers.accept, hasPlan(resource.schema)),
    rowObject: rowObject(context.query),
  };
}

/** Answers with one object in the form and encoding asked for. */
export function sendObject(
  context: RequestContext,
  resource: Resource,
  object: ApiObject,
  { code = 200, warnings = [] }: { code?: number; warnings?: readonly string[] } = {},
): void {
  send(context.response, {
    code,
    ...encodedObject(resource, object, renderOptions(context, resource)),
    warnings,
  });
}

/** Answers with an object that was written: 201 where it is new. */
export function sendWritten(context: RequestContext, resource: Resource, written: Written): void {
  const { object, warnings } = written;
  sendObject(context, resource, object, { code: written.created ? 201 : 200, warnings });
}
