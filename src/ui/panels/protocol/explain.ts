import { either, flag, listOf, number, oneOf, optional, reader, shape, text, type Of } from './shape.ts';

/*
 * What the page of an explained connection shows and says. All texts are ready to be shown, translated where they are
 * ours; what a cluster put into them is made safe by showing it as text only.
 */

const evidence = shape({
  text,
  /** A reference such as `pod/NS/NAME`, and the field it was read from. */
  object: optional(text),
  path: optional(text),
});

const probe = shape({
  /** As a person would type it. */
  command: text,
  output: text,
  /** Its verdict in a word or two, and what tells more: exit code, tool, times. */
  outcome: text,
  details: text,
});

const hop = shape({
  id: text,
  title: text,
  /** What happens at this station, for those who learn. */
  about: text,
  status: oneOf('ok', 'failed', 'warning', 'not-seen', 'not-used'),
  word: text,
  evidence: listOf(evidence),
  probe: optional(probe),
});

const fix = shape({
  title: text,
  yaml: optional(text),
  command: optional(text),
  /** Whether it can be applied to the cluster from here. */
  canApply: flag,
});

const cause = shape({
  id: text,
  summary: text,
  /** `certain` or `possible`, and the word for it. */
  certainty: oneOf('certain', 'possible'),
  word: text,
  evidence: listOf(evidence),
  fixes: listOf(fix),
});

const content = shape({
  from: text,
  to: text,
  /** Which cluster, that it is simulated, or which files. */
  place: text,
  /** How and when it was found out. */
  how: text,
  verdict: oneOf('reachable', 'unreachable', 'inconclusive', 'running', 'stopped'),
  headline: text,
  sentence: text,
  /** What happened since, such as a fix that was applied. */
  notice: optional(text),
  hops: listOf(hop),
  /** The decisive one first. */
  causes: listOf(cause),
  notSeen: listOf(text),
  /** What can be done from here now. */
  can: shape({ runAgain: flag, probe: flag, copy: flag }),
});

export type ExplainContent = Of<typeof content>;
export type ExplainHop = Of<typeof hop>;
export type ExplainCause = Of<typeof cause>;
export type ExplainEvidence = Of<typeof evidence>;
export type ExplainFix = Of<typeof fix>;
export const readExplainContent = reader(content);

/** What is being tried while the content says `running`. */
const note = shape({ progress: text });
export const readExplainNote = reader(note);

const message = either(
  shape({ is: oneOf('open-object'), object: text, path: optional(text) }),
  shape({ is: oneOf('open-cause'), cause: text }),
  /** `cause` and `fix` count from 0, as the content lists them. */
  shape({ is: oneOf('copy-yaml', 'copy-command', 'apply'), cause: number, fix: number }),
  shape({ is: oneOf('run-again', 'run-with-probes', 'run-without-probes', 'cancel', 'copy-markdown') }),
);
export type ExplainMessage = Of<typeof message>;
export const readExplainMessage = reader(message);
