import { ExplainedError } from '../../base/errors.ts';

/** What came is no answer of the API, or was changed on the way. */
export function malformed(why: string): ExplainedError {
  return new ExplainedError('malformed-answer', `The cluster's answer cannot be read: ${why}.`, {
    remedy: 'It is tried again; if it lasts, look for a proxy that changes answers on the way.',
  });
}
