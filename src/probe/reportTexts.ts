import type { Verdict } from './check.ts';

/*
 * The words of reports, the only place where they stand. They are keys for translation too; what each placeholder
 * stands for is said where it is not plain.
 */

/** A verdict in a word or two. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  reachable: 'reachable',
  refused: 'refused',
  timeout: 'timed out',
  'dns-failed': 'DNS failed',
  reset: 'reset',
  'tls-failed': 'TLS failed',
  'no-answer': 'no answer',
  inconclusive: 'inconclusive',
};

/** The report of one check. */
export const checkTexts = {
  withStatus: '{0} (HTTP {1})',
  expectedWithStatus: '{0} with HTTP {1}',
  from: 'From',
  to: 'To',
  asked: 'Asked',
  verdict: 'Verdict',
  tool: 'Tool',
  exitCode: 'Exit code',
  remoteAddress: 'Remote address',
  times: 'Times',
  when: 'When',
  none: 'none',
  untimed: 'not told by the tool',
  lookedUp: 'name looked up after {0}',
  connected: 'connected after {0}',
  secured: 'TLS ready after {0}',
  done: 'done after {0}',
  printedNothing: 'The command printed nothing.',
  ownSockets: 'This machine’s own sockets were used; there is no output.',
  way: 'Way',
  addresses: 'Addresses',
  nameServers: 'Name servers',
  expansions: 'Asked in this order',
  askedBy: 'Asked by',
  samePod: 'within the pod, on node {0}',
  sameNode: 'to another pod on the same node, {0}',
  acrossNodes: 'across nodes: {0} to {1}',
} as const;

/** What a person should know of a plan. {0} is what was asked about. */
export const noteTexts = {
  hostNetwork: "{0} uses its node's network: {1} is the address of node {2}, shared with all on it.",
  leftOutOfTcp: '{0} also has {1}, left out: only TCP tells whether something listens.',
  leftOutOfUdp: '{0} also has {1}, left out: UDP was asked for.',
  headlessPort: "{0} is headless: nothing translates port {1}, so the pods' own port {2} is asked.",
  notReady: '{0} is an endpoint of {1} that is not ready: the service sends it nothing.',
  terminating: '{0} is an endpoint of {1} that is terminating: the service sends it nothing.',
  nodeWithoutAddress: 'Node {0} has no IP address: left out.',
  externalTrafficLocal: '{0} has externalTrafficPolicy: Local: only nodes that run one of its pods answer.',
  notRunning: 'Container {0} of pod {1} does not run: left out.',
  otherDirectory:
    '{0} mounts subPath {1} at {2}, another directory than the one that is written to: not compared.',
  leftOut: 'left out: {0}.',
} as const;

/** The report of a matrix. */
export const matrixTexts = {
  title: 'Matrix: {0}',
  context: 'Context {0}.',
  lab: 'Context {0}: the practice lab. Its network is simulated.',
  running: 'Started {0}; still running.',
  done: 'Started {0}; done.',
  cancelled: 'Started {0}; stopped before its end.',
  failed: 'Started {0}; broke off.',
  counts: '{0} reachable, {1} not, {2} not found out',
  // What is in these two stands behind the counts.
  size: '{0} checks, from {1} sources to {2} targets.',
  partOf: '{0} checks ({1} were not made), from {2} sources to {3} targets.',
  expected: 'Expected',
  asExpected: 'as expected',
  notAsExpected: 'NOT as expected',
  notFoundOut: 'not found out',
  since: 'Since the run before',
  broke: '{0} broke',
  mended: '{0} mended',
  changed: '{0} fail in another way',
  unknown: '{0} could not be found out this time',
  nowOtherwise: '{0} → {1}: {2}, now {3}',
  nothingChanged: 'Nothing changed among the {0} pairs of the run before.',
  table: 'Table',
  wrong: 'Not reachable, or not found out',
  notes: 'Notes',
  more: '… and {0} more',
  moreInExport: '… and {0} more: export as CSV or JSON',
} as const;
