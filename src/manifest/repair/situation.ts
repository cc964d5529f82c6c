import type { Schema, Type } from '../schema/schema.ts';
import { costs, emptiness, misfit, valueOf } from './fit.ts';
import { closing, contentsOf, hasName, isAnyObject, type Frame, type Hypothesis } from './frame.ts';
import type { Op, Reading } from './reading.ts';
import type { Token } from './token.ts';

/** What the steps need to know of the whole text. */
export interface Surroundings {
  readonly schema: Schema;
  readonly tokens: readonly Token[];
  /** Everything stands at the margin: columns say nothing. */
  readonly flat: boolean;
  /** How far the markers of a list are indented below its key. */
  readonly listIndent: number;
  /** The kinds that a document starting at a token may be. */
  hypothesesAt(index: number): readonly Hypothesis[];
  /** How often a key stands with a value. */
  timesOf(key: string, value: string): number;
}

/** A reading that comes to its next token. */
export interface Situation {
  readonly from: Reading;
  readonly token: Token;
  readonly index: number;
  readonly around: Surroundings;
  /** Goes on as `more` says, at the cost `add`. */
  step(more: Partial<Reading> & { readonly add: number; readonly ops: readonly Op[] }): void;
}

/** Keys with which people start a document. */
export const startsDocument: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** No kind is nested deeper than about 25 levels. */
export const deepest = 60;

/** Between documents. */
export const between = {
  frame: undefined,
  pending: undefined,
  mode: 'outside',
  open: undefined,
  lines: 0,
} as const satisfies Partial<Reading>;

export function isValue(token: Token | undefined): boolean {
  return token !== undefined && ['plain', 'quoted', 'flow', 'block', 'header'].includes(token.kind);
}

/** A document that says another kind than it was taken for. */
export function rootMismatch(
  hypothesis: Hypothesis | undefined,
  field: string,
  value: Token | undefined,
): number {
  if (hypothesis === undefined || value === undefined || !isValue(value)) return 0;
  if (field === 'kind') return valueOf(value).toLowerCase() === hypothesis.kind.toLowerCase() ? 0 : 8;
  if (field !== 'apiVersion') return 0;
  return hypothesis.apiVersion === undefined || valueOf(value) === hypothesis.apiVersion ? 0 : 8;
}

/** Whether a key between manifests looks like a field and not like a word of a sentence. */
export function isFieldLike(token: Token, next: Token | undefined): boolean {
  const inSentence = next?.row === token.row && next.kind === 'plain' && /\s/.test(next.raw);
  return token.leads && /^[a-z][A-Za-z]*$/.test(token.name) && !inSentence;
}

/** What it costs to end the document here. */
export function closingAllCost(at: Situation): number {
  let cost = unfilledCost(at);
  for (let frame = at.from.frame; frame; frame = frame.parent) cost += closing(frame);
  return cost;
}

/** What it costs that the key or marker before gets no value. */
export function unfilledCost(at: Situation): number {
  const { pending } = at.from;
  if (pending === undefined) return 0;
  return pending.isItem ? 6 : emptiness(pending.type);
}

/** The nearest map of known fields where the key with its value may stand. */
export function knownPlace(at: Situation, frame: Frame | undefined): Frame | undefined {
  const token = at.token;
  const value = at.around.tokens[at.index + 1];
  for (let each = frame; each; each = each.parent) {
    if (each.contents.holds !== 'fields' || hasName(each, token.name)) continue;
    const field = each.contents.type.fields.get(token.name);
    if (field === undefined) continue;
    const unfit = value && isValue(value) ? misfit(field.type, value, field.name) : 0;
    if (unfit < costs.wrong && rootMismatch(each.contents.hypothesis, token.name, value) === 0) return each;
  }
  return undefined;
}

/** What it costs to take a key for text around the manifest, or of a comment: much where it has its place. */
export function omissionCost(at: Situation): number {
  const { pending, frame } = at.from;
  const { name, kind, row } = at.token;
  const next = at.around.tokens[at.index + 1];
  if (kind === 'dash') return next?.row === row && takesItem(at, next) ? 2.5 : 0;
  if (startsDocument.has(name)) return 3;
  const contents = pending ? contentsOf(pending.type, at.around.schema) : undefined;
  const below = contents?.holds === 'items' ? contentsOf(contents.of, at.around.schema) : contents;
  const isBelow = below?.holds === 'fields' && below.type.fields.has(name);
  if (isBelow || knownPlace(at, frame) || takesItem(at, at.token)) return 5;
  // With a value that does not fit there, it is still more of a field than of a text.
  if (isFieldLike(at.token, next) && hasPlaceByName(frame, name)) return 4;
  const inMap = contents?.holds === 'keys' || frame?.contents.holds === 'keys';
  const isSentence = /^[A-Z][a-z]*$/.test(name) && next?.kind === 'plain' && /\s/.test(next.raw);
  if (inMap && isValue(next) && !isSentence) return 2.7;
  return isFieldLike(at.token, next) ? 2 : 0.7;
}

function hasPlaceByName(frame: Frame | undefined, name: string): boolean {
  for (let each = frame; each; each = each.parent) {
    if (each.contents.holds === 'fields' && each.contents.type.fields.has(name) && !hasName(each, name))
      return true;
  }
  return false;
}

/** Whether a list is open, or waited for, that may have an item starting with this token. */
function takesItem(at: Situation, next: Token): boolean {
  const { pending, frame } = at.from;
  const takes = (of: Type | undefined): boolean =>
    next.kind === 'key'
      ? of?.is === 'object' &&
        !isAnyObject(of) &&
        at.around.schema.type(of.name)?.fields.has(next.name) === true
      : of?.is === 'scalar' && isValue(next);
  if (pending?.type?.is === 'list' && takes(pending.type.of)) return true;
  for (let each = frame; each; each = each.parent) {
    if (each.contents.holds === 'items' && takes(each.contents.of)) return true;
  }
  return false;
}

/** The token has no place: it becomes a comment. */
export function lose(at: Situation, add: number): void {
  const token = at.token;
  at.step({
    add,
    ops: [{ does: 'lost', token }],
    mode: 'lost',
    pending: at.from.pending,
    open: undefined,
  });
}

/** Where the token stands in its line, if that says something: at the margin its indentation may be lost. */
export function columnOf(at: Situation): number | undefined {
  const { leads, column } = at.token;
  return at.around.flat || !leads || column === 0 ? undefined : column;
}

/** At the margin stands what belongs there, or lost its indentation: then it may belong anywhere. */
export function marginCost(at: Situation, frame: Frame | undefined): number {
  const { leads, column } = at.token;
  return at.around.flat || !leads || column !== 0 || frame === undefined ? 0 : 0.4;
}

/** Keys of one map, and markers of one list, should stand in one column. */
export function sameColumnCost(at: Situation, column: number): number {
  const each = columnOf(at);
  return each === undefined || each === column ? 0 : 0.8;
}

/** What stands under a key should be indented more than it, or, for a list marker, not less. */
export function indentCost(at: Situation, column: number | undefined, more: boolean): number {
  const each = columnOf(at);
  if (each === undefined || column === undefined) return 0;
  return more ? (each > column ? 0 : 0.8) : each >= column ? 0 : 0.8;
}
