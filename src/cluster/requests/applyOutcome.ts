import type { IncomingHttpHeaders } from 'node:http';
import { oneLine } from '../../base/hostileText.ts';
import type { ApplyOutcome, FieldConflict } from '../../model/requests.ts';
import { ApiError, type StatusCause } from '../transport/apiError.ts';

/** What RBAC says; any other 403 of a write comes from admission, and is about the object. */
const missingRight = /\bcannot \S+ resource ".*" in API group "/;
/** Server-side apply's word for fields that the kind does not have; it comes with 500 and without causes. Up to 1.20 unnamed. */
const wrongType = /^failed to create typed patch object(?: \(.*?\))?: (?:errors: )?/;

/** Reads a refused apply: what is not about the object itself is thrown on. */
export function refusedApply(error: unknown): ApplyOutcome {
  if (!(error instanceof ApiError)) throw error;
  const { httpStatus, message, causes } = error;
  const conflicts = causes.filter(({ reason }) => reason === 'FieldManagerConflict').map(readConflict);
  if (httpStatus === 409 && conflicts.length > 0) return { is: 'conflict', conflicts, message };
  if (httpStatus === 500 && wrongType.test(message)) {
    return { is: 'invalid', message, causes: readTypeErrors(message.replace(wrongType, '')) };
  }
  const refusedByAdmission = httpStatus === 403 && !missingRight.test(message);
  if (httpStatus !== 400 && httpStatus !== 422 && !refusedByAdmission) throw error;
  return {
    is: 'invalid',
    message,
    causes: causes.map((cause) => ({ field: cause.field, message: cause.message })),
  };
}

/** `.spec.a: field not declared in schema .spec.b: expected string, got &{1}` */
function readTypeErrors(errors: string): { field: string; message: string }[] {
  return [...errors.matchAll(/(\.\S+): (.*?)(?=\s+\.\S+: |$)/g)].map(([, field = '', message = '']) => ({
    field,
    message,
  }));
}

/** `conflict with "kubectl" with subresource "status" using apps/v1 at 2026-…` (apimachinery's managedfields). */
function readConflict({ message, field }: StatusCause): FieldConflict {
  const quoted = /^conflict with ("(?:[^"\\]|\\.)*")/.exec(message)?.[1];
  return { manager: quoted === undefined ? message : unquote(quoted), field };
}

/** The texts of an answer's Warning headers, in one line each (RFC 7234, 5.5: `299 - "text"`). */
export function warningsOf(headers: IncomingHttpHeaders): readonly string[] {
  const joined = headers.warning ?? '';
  return [...joined.matchAll(/\b\d{3} \S+ ("(?:[^"\\]|\\.)*")/g)].map(([, quoted = '""']) =>
    oneLine(unquote(quoted), 600),
  );
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
}
