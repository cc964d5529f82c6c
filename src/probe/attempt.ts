import type { ContainerRef } from '../model/terminal.ts';
import { targetUrl } from './address.ts';
import type { CheckRecord, CheckRequest } from './check.ts';
import type { Limits, Reading } from './reading.ts';
import { verdictOf } from './reason.ts';
import { summaryOf } from './summary.ts';

/** One run of a probe that said something, or failed on the way. */
export interface Attempt {
  readonly reading: Reading;
  readonly command: readonly string[];
  readonly exitCode: number | null;
  readonly output: string;
}

/** How records name a source: `pod/NS/NAME:CONTAINER`. */
export function labelOf({ namespace, pod, container }: ContainerRef): string {
  return `pod/${namespace}/${pod}:${container}`;
}

/** The bounds of a check in whole seconds; 3 to connect and 5 in all where the request names none. */
export function limitsOf({
  connectTimeoutSeconds = 3,
  timeoutSeconds = 5,
}: Pick<CheckRequest, 'connectTimeoutSeconds' | 'timeoutSeconds'>): Limits {
  const total = Math.max(1, Math.ceil(timeoutSeconds));
  return { connect: Math.min(Math.max(1, Math.ceil(connectTimeoutSeconds)), total), total };
}

/** The record of an attempt, its fields in the order of the contract. */
export function recordOf(
  { from, target }: { readonly from: ContainerRef | 'outside'; readonly target: CheckRequest['target'] },
  startedAt: string,
  { reading, command, exitCode, output }: Attempt,
): CheckRecord {
  const { reason, tool, detail, httpStatus, timingsMs, remoteIp, lookup } = reading;
  const evidence = {
    from: from === 'outside' ? from : labelOf(from),
    to: target.ref,
    url: targetUrl(target),
    tool,
    verdict: verdictOf[reason],
    reason,
    detail,
    httpStatus,
    timingsMs,
    remoteIp,
    exitCode,
    command,
    output,
  };
  const more = { ...(target.way && { way: target.way }), ...(lookup && { lookup }) };
  return { ...evidence, summary: summaryOf(evidence).text, startedAt, ...more };
}
