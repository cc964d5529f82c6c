import type { CheckTarget, Tool } from '../check.ts';
import { answered, decidingLine, reading, type Finished, type Reading } from '../reading.ts';
import { connectErrors } from '../connectErrors.ts';
import type { Reason } from '../reason.ts';
import { commonEnding } from './endings.ts';
import { systemError } from './systemError.ts';

/*
 * What our perl and python scripts print, one line a step, seconds since the start:
 *   resolved 0.0013
 *   connected 0.0021 10.244.1.3
 *   secured 0.0100
 *   answer HTTP/1.1 200 OK
 *   failed dns|connect|tls|answer ERRNO words of the system
 *   done 0.0030
 * A run that ends with neither `failed` nor `done` was cut off.
 */

/** The path of the request; the script asks nothing over HTTP where the question is TCP. */
export function requestPath(target: CheckTarget): string {
  return target.path === '' ? '/' : target.path;
}

type Steps = Readonly<Record<string, readonly string[] | undefined>>;

function stepsOf(stdout: string): Steps {
  const steps: Record<string, readonly string[]> = Object.create(null) as Record<string, readonly string[]>;
  for (const line of stdout.split('\n')) {
    const [step = '', ...words] = line.trim().split(' ');
    if (step !== '') steps[step] ??= words;
  }
  return steps;
}

/** Reads a script's lines. Nothing is reachable without `connected` and an ending that fits it. */
export function readScript(tool: Tool, finished: Finished, target: CheckTarget): Reading {
  const steps = stepsOf(finished.stdout);
  const answer = steps.answer?.join(' ');
  const status = answer === undefined ? undefined : /^HTTP\/\d(?:\.\d)? ([1-5]\d\d)(?: |$)/.exec(answer)?.[1];
  const reason = decide(finished, target, steps, status);
  const detail = decidingLine(finished.stdout, /^(?:failed|answer) /) || decidingLine(finished.stderr);
  const ms = (step: string): number | null => {
    const seconds = Number.parseFloat(steps[step]?.[0] ?? '');
    return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1e6) / 1e3 : null;
  };
  const ip = steps.connected?.[1];
  return reading(tool, reason, detail, {
    httpStatus: status === undefined ? null : Number(status),
    timingsMs: { dns: ms('resolved'), connect: ms('connected'), tls: ms('secured'), total: ms('done') },
    remoteIp: ip !== undefined && /^[0-9a-fA-F.:]+$/.test(ip) ? ip : null,
  });
}

function decide(finished: Finished, target: CheckTarget, steps: Steps, status: string | undefined): Reason {
  const { exitCode, stdout, stderr } = finished;
  const { connected, failed, done } = steps;
  if (exitCode === 0 && failed !== undefined) return 'lost-exit-code';
  if (exitCode === 0 && done === undefined) {
    return `${stdout}${stderr}`.trim() === '' ? 'no-output' : 'lost-exit-code';
  }
  if (connected !== undefined && target.scheme === 'tcp') return 'tcp-open';
  // perl's SIGALRM, python's, or a `timeout` of the image's own.
  if (failed === undefined && (exitCode === 142 || exitCode === 124 || exitCode === 14)) {
    if (connected !== undefined) return 'silent';
    return steps.resolved === undefined ? 'name-timeout' : 'no-reply';
  }
  if (failed !== undefined) return failure(failed);
  if (exitCode !== 0 || done === undefined || connected === undefined) {
    return commonEnding(finished) ?? 'tool-failed';
  }
  if (status !== undefined) return answered(Number(status));
  if (steps.answer === undefined) return 'tcp-open';
  return steps.answer.join('').trim() === '' ? 'closed-without-answer' : 'not-http';
}

function failure(words: readonly string[]): Reason {
  const [step = '', name = '', ...text] = words;
  switch (step) {
    case 'dns':
      if (name === 'EAI_NONAME' || name === 'EAI_NODATA') return 'name-unknown';
      return systemError(text.join(' ')) === 'name-unknown' ? 'name-unknown' : 'name-server-failed';
    case 'connect':
      if (name === 'ECONNRESET') return 'reset';
      return connectErrors.get(name) ?? systemError(text.join(' ')) ?? 'tool-failed';
    case 'tls':
      return name === 'ETIMEDOUT' ? 'silent' : 'tls-failed';
    case 'answer':
      if (name === 'ETIMEDOUT') return 'silent';
      return name === 'ECONNRESET' || name === 'EPIPE' ? 'reset' : 'closed-without-answer';
    default:
      return 'tool-failed';
  }
}
