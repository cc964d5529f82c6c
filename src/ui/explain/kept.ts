import { reader, shape, text, flag, oneOf, optional, type Of } from '../panels/protocol/shape.ts';
import { readExplainContent, type ExplainContent } from '../panels/protocol/explain.ts';
import type { Question } from './question.ts';

const kept = shape({
  question: shape({
    from: text,
    to: text,
    protocol: oneOf('TCP', 'UDP', 'SCTP'),
    context: text,
    probe: flag,
    files: optional(flag),
  }),
});
const readKept: (value: unknown) => Of<typeof kept> | undefined = reader(kept);

/** What outlives a reload of the window: the question, and the answer as it was. */
export interface KeptExplanation {
  readonly question: Question;
  readonly content: ExplainContent;
}

/** Reads what an earlier window kept; undefined where it is of another version. An answer cut short is stopped. */
export function readKeptExplanation(
  value: unknown,
  stopped: (content: ExplainContent) => ExplainContent,
): KeptExplanation | undefined {
  const known = readKept(value);
  if (known === undefined) return undefined;
  const content = readExplainContent((value as { content?: unknown }).content);
  if (content === undefined) return undefined;
  return { question: known.question, content: content.verdict === 'running' ? stopped(content) : content };
}
