import type { CheckRecord, CheckTarget, Lookup, Tool } from './check.ts';
import type { Reason } from './reason.ts';

/** Whole seconds. */
export interface Limits {
  readonly connect: number;
  readonly total: number;
}

/** A program that ran to its end in the container, and what it said. */
export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What an outcome says, before it becomes a record. */
export interface Reading {
  readonly reason: Reason;
  readonly tool: Tool;
  readonly detail: string;
  readonly httpStatus: number | null;
  readonly timingsMs: CheckRecord['timingsMs'];
  readonly remoteIp: string | null;
  /** Only of a DNS question. */
  readonly lookup?: Lookup;
}

/** One way to ask. Reading is pure and never throws, whatever the tool printed. */
export interface Probe {
  readonly tool: Tool;
  /** The programs it needs, in the order in which they start each other. */
  readonly programs: readonly string[];
  command(target: CheckTarget, limits: Limits): readonly string[];
  read(finished: Finished, target: CheckTarget): Reading;
}

export const noTimings: CheckRecord['timingsMs'] = { dns: null, connect: null, tls: null, total: null };

/** A reading with what most tools do not tell left empty. */
export function reading(
  tool: Tool,
  reason: Reason,
  detail: string,
  more: Partial<Pick<Reading, 'httpStatus' | 'timingsMs' | 'remoteIp'>> = {},
): Reading {
  return { tool, reason, detail, httpStatus: null, timingsMs: noTimings, remoteIp: null, ...more };
}

/** Where a tool's own words decide: the last line that matches, or else the last line at all. */
export function decidingLine(text: string, pattern?: RegExp): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (pattern && lines.findLast((line) => pattern.test(line))) ?? lines.at(-1) ?? '';
}

/** The reason of an HTTP answer by its status: 400 and more is reachable too. */
export function answered(status: number): Reason {
  return status >= 400 ? 'http-error-status' : 'http-answer';
}
