import type { CheckRequest } from '../probe/check.ts';
import { seconds } from './globalOptions.ts';

/** Options of verbs that make checks, for node:util's parseArgs. */
export const checkOptions = {
  by: { type: 'string' },
  'by-name': { type: 'boolean' },
  'connect-timeout': { type: 'string' },
  'max-time': { type: 'string' },
} as const;

export const limitUsage = `  --connect-timeout S   seconds a connection may take to open; default 3
  --max-time S          seconds a check may take in all; default 5`;

/** @throws ExplainedError that names the option and what it takes. */
export function readLimits(
  verb: string,
  values: { readonly 'connect-timeout'?: string; readonly 'max-time'?: string },
): Pick<CheckRequest, 'connectTimeoutSeconds' | 'timeoutSeconds'> {
  return {
    connectTimeoutSeconds: seconds(verb, '--connect-timeout', values['connect-timeout'], 3),
    timeoutSeconds: seconds(verb, '--max-time', values['max-time'], 5),
  };
}
