import type { ExplainedError } from '../../base/errors.ts';
import { ApiError } from '../transport/apiError.ts';

/** Where the reading of one collection stands. Times are milliseconds since the epoch. */
export type ReflectorStatus =
  /** Not reading. `since`: when what was read stopped being current; undefined: nothing was read. */
  | { readonly is: 'idle'; readonly since: number | undefined }
  /** The first list. */
  | { readonly is: 'loading' }
  | { readonly is: 'live' }
  | { readonly is: 'catching-up'; readonly since: number }
  /** Waiting to try again. `since`: when what was read stopped being current; undefined: nothing was read. */
  | {
      readonly is: 'waiting';
      readonly error: ExplainedError;
      readonly attempts: number;
      /** When the first of these attempts failed. */
      readonly failingSince: number;
      readonly since: number | undefined;
      readonly retryAt: number;
    };

/** What kind of trouble an error is, as far as it matters for the rest of the connection. */
export type Trouble = 'forbidden' | 'absent' | 'credentials' | 'busy' | 'refused' | 'network';

const credentialCodes: ReadonlySet<string> = new Set([
  'unauthorised',
  'exec-plugin-missing',
  'exec-plugin-failed',
  'credentials-unreadable',
  'credentials-over-http',
  'sign-in-failed',
  'client-certificate-refused',
]);

export function troubleOf(error: ExplainedError): Trouble {
  if (credentialCodes.has(error.code)) return 'credentials';
  if (!(error instanceof ApiError)) return 'network';
  if (error.httpStatus === 403) return 'forbidden';
  // An older server, or one without this API.
  if (error.httpStatus === 404) return 'absent';
  return error.httpStatus === 429 ? 'busy' : 'refused';
}
