/** Chooses the way to patch by the request's media type. */
import { badRequest, StatusError } from '../api/errors.ts';
import type { JsonObject } from '../objects/json.ts';
import { jsonPatch, PatchError } from './jsonPatch.ts';
import { mergePatch, strategicMergePatch } from './strategicMerge.ts';

export type PatchType = 'json' | 'merge' | 'strategic';

export interface Patch {
  type: PatchType;
  body: unknown;
}

/** The patched object; StatusError 400 or 422 where the patch does not fit. */
export function applyPatch(current: JsonObject, patch: Patch, schema: string): unknown {
  try {
    switch (patch.type) {
      case 'json':
        return jsonPatch(current, patch.body);
      case 'merge':
        return mergePatch(current, patch.body);
      case 'strategic':
        return strategicMergePatch(current, patch.body, schema);
    }
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    if (patch.type !== 'json') throw badRequest(error.message);
    throw new StatusError(
      422,
      'Invalid',
      `the server rejected our request due to an error in our request: ${error.message}`,
      {},
    );
  }
}
