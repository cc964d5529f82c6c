import { readKey, startDocuments } from './placeKey.ts';
import { readDash } from './readDash.ts';
import type { Reading } from './reading.ts';
import { readValue } from './readValue.ts';
import {
  between,
  closingAllCost,
  isFieldLike,
  isValue,
  omissionCost,
  startsDocument,
  type Situation,
  type Surroundings,
} from './situation.ts';

/** Answers every reading that takes one more token than `reading` does. */
export function stepsFrom(reading: Reading, index: number, around: Surroundings): readonly Reading[] {
  const token = around.tokens[index];
  if (token === undefined) return [];
  const found: Reading[] = [];
  const step: Situation['step'] = ({ add, ops, ...more }) => {
    const cost = reading.cost + add;
    found.push({
      ...reading,
      next: index + 1,
      ...more,
      cost,
      trail: { before: reading.trail, ops, cost, rivals: [] },
    });
  };
  takeToken({ from: reading, index, token, around, step });
  return found;
}

function takeToken(at: Situation): void {
  const { mode } = at.from;
  const token = at.token;
  // A comment, and what could not be placed, end with their line at the latest.
  const ended = token.first && (mode === 'comment' || mode === 'lost');
  if (mode === 'outside') readOutside(at);
  else if (mode === 'block') readInBlock(at);
  else if (ended || mode === 'normal') readNormal(at);
  else if (mode === 'comment') readInComment(at);
  else readInLost(at);
}

function readOutside(at: Situation): void {
  const token = at.token;
  startDocuments(at, 0.5);
  const add = token.kind === 'key' ? skippedCost(at) : 0;
  at.step({ add, ops: [{ does: 'outside', token }] });
}

/** What it costs to take a key between documents for text: more where a document may start with it. */
function skippedCost(at: Situation): number {
  const token = at.token;
  if (startsDocument.has(token.name)) return 3;
  const next = at.around.tokens[at.index + 1];
  const mayStart = at.around.hypothesesAt(at.index).some(({ type }) => type.fields.has(token.name));
  if (!mayStart || !(token.first || token.joined)) return isFieldLike(token, next) ? 1.6 : 0.7;
  return isValue(next) && next?.row === token.row ? 1.5 : 3;
}

function readInComment(at: Situation): void {
  const token = at.token;
  const isKey = token.kind === 'key';
  const isDash = token.kind === 'dash';
  const add = isKey ? 1.3 + omissionCost(at) : isDash ? 0.4 : 0;
  at.step({ add, ops: [{ does: 'remark', token }] });
  if (isKey) readNormal(at, 0.2);
  else if (isDash || token.kind === 'separator') {
    readNormal(at, at.around.tokens[at.index + 1]?.kind === 'key' ? 0 : 1);
  }
}

function readInLost(at: Situation): void {
  const token = at.token;
  at.step({ add: token.kind === 'key' ? 4 : 0.3, ops: [{ does: 'lost', token }] });
  if (token.kind === 'key' || token.kind === 'dash') readNormal(at);
}

function readInBlock(at: Situation): void {
  const token = at.token;
  const { lines } = at.from;
  const { tokens } = at.around;
  if (lines < 0) {
    readBelowBlock(at);
    return;
  }
  const isKey = token.kind === 'key';
  const headed = isKey && tokens[at.index + 1]?.kind === 'header';
  const startsOther = isKey && (startsDocument.has(token.name) || headed);
  if (token.first) {
    at.step({
      add: startsOther ? 2 : isKey ? 0.6 : token.kind === 'dash' ? 0.3 : 0,
      ops: [{ does: 'content', token, whole: true }],
      lines: lines + 1,
      next: rowEnd(at),
    });
  } else {
    at.step({
      add: startsOther ? 2 : isKey ? 0.8 : token.kind === 'dash' ? 0.3 : 0,
      ops: [{ does: 'content', token, whole: false }],
      lines: lines + 1,
    });
  }
  if (isKey || token.kind === 'dash' || token.kind === 'separator') {
    const empty = lines === 0 ? 3 : 0;
    readNormal(at, empty + (headed ? 0 : 0.9));
  } else if (token.first) readNormal(at, lines === 0 ? 4 : 1.5);
}

/** Below a block scalar that kept its indentation: lines of it that lost theirs may follow. */
function readBelowBlock(at: Situation): void {
  const token = at.token;
  readNormal(at);
  if (!token.first) return;
  const add = token.kind === 'key' ? 4 : token.kind === 'dash' ? 3 : 0.9;
  at.step({ add, ops: [{ does: 'content', token, whole: true }], next: rowEnd(at) });
}

/** The first token of the next line. */
function rowEnd(at: Situation): number {
  const { tokens } = at.around;
  let next = at.index + 1;
  while (next < tokens.length && tokens[next]?.row === at.token.row) next += 1;
  return next;
}

function readNormal(at: Situation, add = 0): void {
  const token = at.token;
  switch (token.kind) {
    case 'comment':
    case 'opening':
      at.step({
        add,
        ops: [{ does: 'comment', token }],
        mode: token.kind === 'opening' ? 'comment' : 'normal',
        open: undefined,
      });
      return;
    case 'separator':
      startDocuments(at, add + closingAllCost(at));
      return;
    case 'key':
      readKey(at, add);
      break;
    case 'dash':
      readDash(at, add);
      break;
    case 'block':
    case 'flow':
    case 'header':
    case 'plain':
    case 'quoted':
      readValue(at, add);
  }
  if (token.first && at.from.frame) {
    const name = token.kind === 'key' || token.kind === 'dash' ? omissionCost(at) : 0;
    at.step({ ...between, add: add + closingAllCost(at) + 1.2 + name, ops: [{ does: 'outside', token }] });
  }
}
