import type { Schema } from '../schema/schema.ts';
import { closing } from './frame.ts';
import { emptiness, valueOf } from './fit.ts';
import { hypothesesOf } from './hypotheses.ts';
import { markOf, type Op, type Reading, type Trail } from './reading.ts';
import type { Surroundings } from './situation.ts';
import { stepsFrom } from './steps.ts';
import type { Token } from './token.ts';

/** One complete reading of a damaged text. */
export interface Solution {
  readonly ops: readonly Op[];
  readonly cost: number;
}

export interface SearchResult {
  readonly best: Solution;
  /** Other readings that are not much worse, the nearest first. */
  readonly others: readonly Solution[];
  /** There were more readings at once than could be followed: the best may be another one. */
  readonly crowded: boolean;
}

/** So many readings are followed at once, as long as they are not this much worse than the best. */
const widest = 48;
const narrowest = 6;
const margin = 12;
/** So many readings are followed in all, before fewer are followed at once: long texts must not take forever. */
const effort = 120_000;
/** Readings that differ by more than this from the best are none that anybody meant. */
const nearby = 5;
const considered = 12;

/** Finds the cheapest reading of the tokens: a beam search over what is open after each of them. */
export function search(tokens: readonly Token[], schema: Schema): SearchResult {
  const around = surroundingsOf(tokens, schema);
  const waiting = new Map<number, Map<string, Reading>>();
  const width = Math.max(narrowest, Math.min(widest, Math.floor(effort / (tokens.length + 1))));
  let crowded = false;
  enter(waiting, start);
  for (let index = 0; index < tokens.length; index++) {
    const all = waiting.get(index);
    waiting.delete(index);
    if (all === undefined) continue;
    const { kept, cut } = select(all, width);
    crowded ||= cut;
    for (const reading of kept) {
      for (const next of stepsFrom(reading, index, around)) enter(waiting, next);
    }
  }
  const finals = [...(waiting.get(tokens.length)?.values() ?? [])].map(finish);
  finals.sort((a, b) => a.cost - b.cost);
  const [best, ...rest] = finals;
  if (best === undefined)
    throw new Error('A text without any reading: every token can at least be left out.');
  const rivals = [...rest, ...rivalsOf(best)]
    .filter((trail) => trail.cost - best.cost <= nearby)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, considered);
  return { best: solution(best), others: rivals.map(solution), crowded };
}

const start: Reading = {
  frame: undefined,
  pending: undefined,
  mode: 'outside',
  open: undefined,
  lines: 0,
  next: 0,
  cost: 0,
  trail: undefined,
};

/** Of two readings that go on alike the cheaper goes on; the other is remembered as its rival. */
function enter(waiting: Map<number, Map<string, Reading>>, reading: Reading): void {
  const all = waiting.get(reading.next) ?? new Map<string, Reading>();
  waiting.set(reading.next, all);
  const mark = markOf(reading);
  const other = all.get(mark);
  if (other === undefined) {
    all.set(mark, reading);
    return;
  }
  const [winner, loser] = reading.cost < other.cost ? [reading, other] : [other, reading];
  all.set(mark, winner);
  if (winner.trail && loser.trail && loser.cost - winner.cost <= nearby) {
    winner.trail.rivals.push(loser.trail, ...loser.trail.rivals.splice(0));
  }
}

function select(
  all: ReadonlyMap<string, Reading>,
  width: number,
): { kept: readonly Reading[]; cut: boolean } {
  const sorted = [...all.values()].sort((a, b) => a.cost - b.cost);
  const limit = (sorted[0]?.cost ?? 0) + margin;
  const near = sorted.filter((reading) => reading.cost <= limit);
  const next = near[width];
  const cut = next !== undefined && next.cost - (sorted[0]?.cost ?? 0) <= nearby;
  return { kept: near.slice(0, width), cut };
}

/** What is still missing where the text ends. */
function finish(reading: Reading): Trail {
  let cost = reading.cost;
  if (reading.pending) cost += reading.pending.isItem ? 6 : emptiness(reading.pending.type);
  for (let frame = reading.frame; frame; frame = frame.parent) cost += closing(frame);
  return { before: reading.trail, ops: [], cost, rivals: [] };
}

/** The readings that were given up for the best one, each as the best one from where they met. */
function rivalsOf(best: Trail): readonly Trail[] {
  const found: Trail[] = [];
  const after: Trail[] = [];
  for (let at: Trail | undefined = best; at; at = at.before) {
    for (const rival of at.rivals) {
      const extra = rival.cost - at.cost;
      if (extra > nearby) continue;
      const ops = after.toReversed().flatMap((trail) => trail.ops);
      found.push({ before: rival, ops, cost: best.cost + extra, rivals: [] });
    }
    after.push(at);
    if (found.length > 40) break;
  }
  return found;
}

function solution(last: Trail): Solution {
  const parts: (readonly Op[])[] = [];
  for (let at: Trail | undefined = last; at; at = at.before) parts.push(at.ops);
  return { ops: parts.toReversed().flat(), cost: last.cost };
}

function surroundingsOf(tokens: readonly Token[], schema: Schema): Surroundings {
  const columns = new Set<number>();
  const times = new Map<string, number>();
  tokens.forEach((token, index) => {
    if (token.first && (token.kind === 'key' || token.kind === 'dash')) columns.add(token.column);
    const value = tokens[index + 1];
    if (token.kind !== 'key' || (value?.kind !== 'plain' && value?.kind !== 'quoted')) return;
    const pair = `${token.name}: ${valueOf(value)}`;
    times.set(pair, (times.get(pair) ?? 0) + 1);
  });
  const hypotheses = hypothesesOf(tokens, schema);
  return {
    schema,
    tokens,
    flat: columns.size <= 1,
    listIndent: listIndentOf(tokens),
    hypothesesAt: (index) => hypotheses.at(index),
    timesOf: (key, value) => times.get(`${key}: ${value}`) ?? 0,
  };
}

/** How the text indents lists where it still does: by nothing, or else by two blanks. */
function listIndentOf(tokens: readonly Token[]): number {
  let level = 0;
  let deeper = 0;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token.kind !== 'dash' || !token.first || before?.kind !== 'key' || !before.leads) return;
    if (token.column > before.column) deeper += 1;
    else if (token.column === before.column && token.column > 0) level += 1;
  });
  return level > deeper ? 0 : 2;
}
