import { readFileSync } from 'node:fs';
import path from 'node:path';
import { planUrl } from '../../../src/probe/planUrl.ts';
import type { CheckTarget } from '../../../src/probe/check.ts';
import type { Finished, Probe } from '../../../src/probe/reading.ts';
import { bash, bashWithoutTimeout } from '../../../src/probe/tools/bash.ts';
import { curl, verboseCurl } from '../../../src/probe/tools/curl.ts';
import { nc } from '../../../src/probe/tools/nc.ts';
import { perl } from '../../../src/probe/tools/perl.ts';
import { python3 } from '../../../src/probe/tools/python.ts';
import { wget } from '../../../src/probe/tools/wget.ts';

export const fixtures = path.join(import.meta.dirname, '../../fixtures');

/** One line of test/fixtures/probe/transcripts.ndjson. */
export interface Transcript extends Finished {
  readonly tool: string;
  readonly version: string;
  readonly scenario: string;
  readonly url: string;
}

export function transcripts(): readonly Transcript[] {
  const text = readFileSync(path.join(fixtures, 'probe/transcripts.ndjson'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Transcript);
}

/** The probe a transcript's `tool` stands for. */
export const probes: Readonly<Record<string, Probe>> = {
  curl,
  'curl-verbose': verboseCurl,
  wget,
  'busybox-wget': wget,
  'busybox-nc': nc,
  bash,
  'bash-no-timeout': bashWithoutTimeout,
  perl,
  python3,
};

export function targetOf(url: string): CheckTarget {
  return planUrl(url).targets[0]!;
}

interface Recording {
  readonly frames: readonly { readonly channel: number; readonly text: string }[];
}

/** A recorded exec of a real cluster as a program that ended; undefined where its status holds no exit code. */
export function recordedExec(name: string): Finished | undefined {
  const { frames } = JSON.parse(
    readFileSync(path.join(fixtures, `recordings/${name}.json`), 'utf8'),
  ) as Recording;
  const all = (channel: number): string =>
    frames
      .filter((frame) => frame.channel === channel)
      .map(({ text }) => text)
      .join('');
  const status = JSON.parse(all(3)) as {
    readonly status: string;
    readonly details?: {
      readonly causes?: readonly { readonly reason?: string; readonly message: string }[];
    };
  };
  const cause = status.details?.causes?.find(({ reason }) => reason === 'ExitCode');
  if (status.status !== 'Success' && cause === undefined) return undefined;
  return {
    exitCode: cause === undefined ? 0 : Number(cause.message),
    stdout: all(1),
    stderr: all(2),
  };
}
