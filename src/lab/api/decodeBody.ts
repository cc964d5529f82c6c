/** Reads a request's object as the resource's kind. */
import { isObject, shown } from '../objects/json.ts';
import type { JsonObject } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';
import { apiVersionOf } from '../resources/resource.ts';
import { decode, DecodeError } from '../schema/decode.ts';
import { badRequest } from './errors.ts';

/** What to do with fields the kind does not have (`fieldValidation=`). */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

export interface KindRef {
  group: string;
  version: string;
  kind: string;
  schema: string;
}

function cannotBeHandled(kind: KindRef, why: string): Error {
  return badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${why}`);
}

function checkKind(raw: JsonObject, kind: KindRef): void {
  const expected = apiVersionOf(kind);
  if (raw.kind === undefined && raw.apiVersion === undefined) return;
  if (raw.kind === undefined || raw.kind === '') {
    throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(raw)}'`);
  }
  if (raw.apiVersion === undefined || raw.apiVersion === '') {
    throw badRequest(`Object 'apiVersion' is missing in '${JSON.stringify(raw)}'`);
  }
  if (raw.apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${shown(raw.apiVersion)}) does not match the expected API version (${expected})`,
    );
  }
  if (raw.kind !== kind.kind) {
    throw badRequest(
      `${shown(raw.kind)} in version "${kind.version}" cannot be handled as a ${kind.kind}: ` +
        `the object provided is unrecognized (must be of type ${kind.kind})`,
    );
  }
}

export interface DecodedBody {
  object: ApiObject;
  warnings: string[];
}

/** Decodes a body; throws a 400 StatusError for a wrong kind, a wrong type, or (Strict) an unknown field. */
export function decodeBody(
  kind: KindRef,
  raw: unknown,
  validation: FieldValidation,
  strictPrefix = true,
): DecodedBody {
  if (!isObject(raw)) throw cannotBeHandled(kind, 'json: cannot unmarshal the body into an object');
  checkKind(raw, kind);
  try {
    const { value, unknownFields } = decode(kind.schema, raw);
    const texts = unknownFields.map((path) => `unknown field ${JSON.stringify(path)}`);
    if (validation === 'Strict' && texts.length > 0) {
      const why = `strict decoding error: ${texts.join(', ')}`;
      throw strictPrefix ? cannotBeHandled(kind, why) : badRequest(why);
    }
    const metadata = isObject(value.metadata) ? value.metadata : {};
    const object = { ...value, apiVersion: apiVersionOf(kind), kind: kind.kind, metadata };
    // The schema has been checked; name and uid are made sure of by the caller.
    return { object: object as unknown as ApiObject, warnings: validation === 'Warn' ? texts : [] };
  } catch (error) {
    if (error instanceof DecodeError) throw cannotBeHandled(kind, error.message);
    throw error;
  }
}
