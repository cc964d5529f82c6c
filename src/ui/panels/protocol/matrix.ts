import type { Verdict } from '../../../probe/check.ts';
import { either, flag, listOf, number, oneOf, optional, reader, shape, text, type Of } from './shape.ts';

/*
 * What the matrix's page shows and says. Texts are ready to be shown, translated where they are ours; what a cluster put
 * into them is made safe by showing it as text only. Cells travel as flat lists of numbers: there may be 10,000.
 */

/** The order in which cells name them. */
export const matrixVerdicts = [
  'reachable',
  'refused',
  'timeout',
  'dns-failed',
  'reset',
  'tls-failed',
  'no-answer',
  'inconclusive',
] as const satisfies readonly Verdict[];

/** What changed since the run before, in the order in which marks name it. */
export const matrixChanges = ['broke', 'mended', 'changed', 'unknown'] as const;
export type MatrixChange = (typeof matrixChanges)[number];

const end = shape({
  /** As records name it: `pod/NS/NAME:CONTAINER`, `svc/NS/NAME:PORT`, a URL. */
  ref: text,
  name: text,
  /** What tells it from others of the name: the kind, the container. */
  detail: text,
  /** Its namespace; '' where it has none. */
  group: text,
});

const expectation = shape({
  name: text,
  is: oneOf('passed', 'failed', 'unknown'),
  word: text,
  message: text,
  /** Row and column, in pairs. */
  cells: listOf(number),
});

const comparison = shape({
  /** "3 broke, 2 were mended", and since when. */
  title: text,
  sections: listOf(
    shape({
      is: oneOf(...matrixChanges),
      title: text,
      changes: listOf(shape({ row: number, column: number, text })),
      /** How many more there are than are listed. */
      more: number,
    }),
  ),
  /** Row, column and what changed (an index into {@link matrixChanges}), in threes. */
  marks: listOf(number),
});

const content = shape({
  id: text,
  title: text,
  /** Which cluster, that it is simulated, and when it began. */
  place: text,
  state: oneOf('reading', 'running', 'done', 'cancelled', 'failed', 'gone'),
  /** The state in a word or a sentence. */
  word: text,
  from: listOf(end),
  to: listOf(end),
  /** See {@link cellLength}. */
  cells: listOf(number),
  planned: number,
  notes: listOf(text),
  comparison: optional(comparison),
  expectations: listOf(expectation),
  canRunAgain: flag,
});

/** A cell is: row, column, verdict (an index into {@link matrixVerdicts}), HTTP status or 0, milliseconds or -1. */
export const cellLength = 5;

export type MatrixContent = Of<typeof content>;
export type MatrixEnd = Of<typeof end>;
export type MatrixExpectationShown = Of<typeof expectation>;
export type MatrixComparisonShown = Of<typeof comparison>;
export const readMatrixContent = reader(content);

const evidence = shape({
  is: oneOf('evidence'),
  from: text,
  to: text,
  /** `reachable · HTTP 200 · 12 ms`. */
  outcome: text,
  verdict: oneOf(...matrixVerdicts),
  sentence: text,
  facts: listOf(shape({ name: text, value: text })),
  /** As a person would type it; '' where no command ran. */
  command: text,
  output: text,
  /** What changed since the run before, in words; '' where nothing did. */
  change: text,
  canCopyKubectl: flag,
});
export type MatrixEvidence = Of<typeof evidence>;

const note = either(
  shape({ is: oneOf('cells'), id: text, cells: listOf(number) }),
  shape({ is: oneOf('checking'), from: text, to: text, checking: flag }),
  evidence,
);
export type MatrixNote = Of<typeof note>;
export const readMatrixNote = reader(note);

const message = either(
  /** Asks for a pair's evidence, or does something about it. */
  shape({
    is: oneOf('open-cell', 'explain', 'check-again', 'copy-kubectl', 'copy-report'),
    from: text,
    to: text,
  }),
  shape({ is: oneOf('run-again', 'new', 'cancel') }),
  shape({ is: oneOf('save', 'copy'), format: oneOf('markdown', 'csv', 'json') }),
);
export type MatrixMessage = Of<typeof message>;
export const readMatrixMessage = reader(message);
