/** What requests about objects and about subresources share. */
import type { Written } from '../api/objectApi.ts';
import type { PatchType } from '../patch/applyPatch.ts';
import type { Resource } from '../resources/resource.ts';
import type { RequestContext } from './context.ts';
import { chooseForm } from './negotiate.ts';
import { rowObject } from './query.ts';
import { renderObject } from './render.ts';
import type { RenderOptions } from './render.ts';
import { send } from './respond.ts';

/** Ways to patch by media type. */
export const patchTypes: Record<string, PatchType | 'apply'> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

export function renderOptions(context: RequestContext): RenderOptions {
  return {
    form: chooseForm(context.request.headers.accept),
    rowObject: rowObject(context.query),
  };
}

/** Answers with an object that was written: 201 where it is new. */
export function sendWritten(context: RequestContext, resource: Resource, written: Written): void {
  send(context.response, {
    code: written.created ? 201 : 200,
    body: renderObject(resource, written.object, renderOptions(context)),
    warnings: written.warnings,
  });
}
