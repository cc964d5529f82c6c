import type { Verdict } from './check.ts';

/**
 * Why a check got its verdict: finer than the verdict, and as stable. Each reason belongs to one verdict and has
 * one sentence in texts.ts.
 */
export const verdictOf = {
  'http-answer': 'reachable',
  'http-error-status': 'reachable',
  /** A status came, the rest of the answer did not within the time. */
  'http-unfinished': 'reachable',
  'tcp-open': 'reachable',
  /** Connected, and what came back is not HTTP: a banner, another protocol. */
  'not-http': 'reachable',
  /** A DNS question: the name has addresses. */
  'name-resolved': 'reachable',
  /** Something came back over UDP. */
  'udp-answer': 'reachable',
  /** A shared volume: what was written through one mount was read through this one. */
  'marker-read': 'reachable',
  refused: 'refused',
  /** The tool could not connect at once and does not tell a refusal from a missing route. */
  'could-not-connect': 'refused',
  /** The source's own network, or a router, answered that there is no way there. Nothing at the address did. */
  unreachable: 'timeout',
  'no-reply': 'timeout',
  /** Time ran out, and the tool does not tell whether the connection had opened. */
  'no-reply-or-silent': 'timeout',
  'name-unknown': 'dns-failed',
  /** Not resolved, and the tool does not tell a name that does not exist from a name server that failed. */
  'name-not-resolved': 'dns-failed',
  'name-server-failed': 'dns-failed',
  'name-timeout': 'dns-failed',
  reset: 'reset',
  'tls-failed': 'tls-failed',
  'closed-without-answer': 'no-answer',
  silent: 'no-answer',
  /** A shared volume: the file is not there, or holds something else. */
  'marker-missing': 'no-answer',
  'marker-differs': 'no-answer',
  /** UDP knows no handshake: silence may be an open port that has nothing to say. */
  'udp-silent': 'inconclusive',
  /** Nothing could be written to the volume, so nothing could be looked for. */
  'marker-unwritten': 'inconclusive',
  'marker-unreadable': 'inconclusive',
  'no-tool': 'inconclusive',
  /** A DNS question, and nothing there looks names up. */
  'no-resolver': 'inconclusive',
  'tool-failed': 'inconclusive',
  'tool-crashed': 'inconclusive',
  'tool-killed': 'inconclusive',
  /** Exit code 0, and not a word of what the tool must print. */
  'no-output': 'inconclusive',
  /** Exit code 0, and the output speaks of a failure: the exit code was lost on the way. */
  'lost-exit-code': 'inconclusive',
  'exec-refused': 'inconclusive',
  'exec-failed': 'inconclusive',
  'exec-no-status': 'inconclusive',
  'exec-timed-out': 'inconclusive',
} as const satisfies Readonly<Record<string, Verdict>>;

export type Reason = keyof typeof verdictOf;
