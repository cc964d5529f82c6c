import type { CheckTarget } from './check.ts';
import type { Probe, Reading } from './reading.ts';
import { bash, bashWithoutTimeout } from './tools/bash.ts';
import { curl, verboseCurl } from './tools/curl.ts';
import { nc } from './tools/nc.ts';
import { perl } from './tools/perl.ts';
import { python3 } from './tools/python.ts';
import { resolver } from './tools/resolver.ts';
import { udpLadder } from './tools/udp.ts';
import { wget, wgetWithoutTimeout } from './tools/wget.ts';

/** What is tried, in this order: those that tell most come first. */
export const ladder: readonly Probe[] = [
  curl,
  wget,
  wgetWithoutTimeout,
  bash,
  bashWithoutTimeout,
  perl,
  python3,
];

/** What is tried for a question, in this order. */
export function ladderOf({ scheme }: CheckTarget): readonly Probe[] {
  if (scheme === 'dns') return [resolver];
  return scheme === 'udp' ? udpLadder : ladder;
}

/** The probe that can tell what this reading could not; undefined where the reading says all there is to say. */
export function secondLook({ tool, reason }: Reading): Probe | undefined {
  if (tool === 'curl' && reason === 'could-not-connect') return verboseCurl;
  if (tool === 'busybox-wget' && reason === 'no-reply-or-silent') return nc;
  return undefined;
}
