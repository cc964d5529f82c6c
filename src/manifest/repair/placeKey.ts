import type { Type } from '../schema/schema.ts';
import { costs, isFreeText, isProse, oddness, valueOf } from './fit.ts';
import {
  closing,
  contentsOf,
  disorder,
  hasName,
  isAnyObject,
  needlessName,
  openFrame,
  withName,
  type Frame,
} from './frame.ts';
import type { Op, Pending } from './reading.ts';
import { fieldNear, unusualness } from './shape.ts';
import {
  between,
  columnOf,
  deepest,
  indentCost,
  isValue,
  knownPlace,
  lose,
  marginCost,
  rootMismatch,
  sameColumnCost,
  startsDocument,
  unfilledCost,
  type Situation,
} from './situation.ts';

/** Every place that a key may have: below the key before it, in what is open, or as part of a text. */
export function readKey(at: Situation, add: number): void {
  const token = at.token;
  const { pending, frame, open } = at.from;
  if (pending) placeBelow(at, pending, frame, add);
  let cost = add + unfilledCost(at);
  const known = knownPlace(at, frame);
  for (let each = frame; each; each = each.parent) {
    placeIn(at, each, cost, known);
    cost += closing(each);
  }
  if (frame && startsDocument.has(token.name) && isWholeDocument(frame)) startDocuments(at, cost + 3);
  if (open && !pending) {
    const unlikely = token.first || !open.isProse ? 7 : 3.5;
    at.step({ add: add + unlikely + (known ? 3 : 0), ops: [{ does: 'glue', token }] });
  }
  if (pending && isFreeText(pending.type) && !token.first) {
    const { role } = pending;
    const op: Op = { does: 'value', token, indent: pending.mapIndent };
    at.step({
      add: add + 4 + (known ? 3 : 0),
      ops: [op],
      pending: undefined,
      open: { isProse: isProse(role) },
      mode: 'normal',
    });
  }
  lose(at, add + costs.lost);
}

/** A key as the first of the map that is the value of the key or marker before. */
function placeBelow(at: Situation, pending: Pending, frame: Frame | undefined, add: number): void {
  const { schema } = at.around;
  if (isAnyObject(pending.type)) placeInListedObject(at, pending, frame, add);
  const contents = contentsOf(pending.type, schema);
  if (contents === undefined || (frame?.depth ?? 0) > deepest) return;
  const column = columnOf(at);
  const { role, mapIndent, listIndent } = pending;
  if (contents.holds !== 'items') {
    const map = openFrame({
      parent: frame,
      role: pending.isItem ? '' : role,
      indent: mapIndent,
      column,
      contents,
    });
    placeIn(at, map, add + indentCost(at, pending.column, true), undefined);
    return;
  }
  // The markers of the list were lost.
  const inner = contentsOf(contents.of, schema);
  if (inner?.holds !== 'fields') return;
  const list = openFrame({ parent: frame, role, indent: listIndent, column: undefined, contents });
  placeInAddedItem(at, list, inner, add + 2.4);
}

/** The first key of an object in a List, which may be of any kind. */
function placeInListedObject(
  at: Situation,
  { mapIndent }: Pending,
  parent: Frame | undefined,
  add: number,
): void {
  at.around.hypothesesAt(at.index).forEach((hypothesis, rank) => {
    const contents = { holds: 'fields' as const, type: hypothesis.type, hypothesis };
    const object = openFrame({ parent, role: '', indent: mapIndent, column: columnOf(at), contents });
    if (hypothesis.kind !== 'List') placeKey(at, object, add + rank * 0.05, []);
  });
}

function placeInAddedItem(at: Situation, list: Frame, contents: Frame['contents'], add: number): void {
  const item: Op = { does: 'item', token: at.token, indent: list.indent, added: true };
  const parent = withName(list, '', undefined);
  const map = openFrame({ parent, role: '', indent: list.indent + 2, column: columnOf(at), contents });
  placeIn(at, map, add, undefined, [item]);
}

/** With these fields people start the items of lists. */
const startsItem = new Set([
  'name',
  'port',
  'containerPort',
  'key',
  'apiGroups',
  'host',
  'path',
  'type',
  'ip',
]);

/** Puts the key into an open frame, where that may hold it. */
function placeIn(
  at: Situation,
  frame: Frame,
  cost: number,
  known: Frame | undefined,
  ops: readonly Op[] = [],
): void {
  const token = at.token;
  const add =
    cost + marginCost(at, frame.parent) + (frame.column === undefined ? 0 : sameColumnCost(at, frame.column));
  if (frame.contents.holds !== 'items') {
    placeKey(at, frame, add, ops, known);
    return;
  }
  // Another item whose marker was lost.
  const contents = contentsOf(frame.contents.of, at.around.schema);
  if (ops.length === 0 && contents?.holds === 'fields' && contents.type.fields.has(token.name)) {
    placeInAddedItem(at, frame, contents, cost + (startsItem.has(token.name) ? 3 : 4));
  }
}

function placeKey(at: Situation, frame: Frame, cost: number, ops: readonly Op[], known?: Frame): void {
  const token = at.token;
  const value = at.around.tokens[at.index + 1];
  const { contents } = frame;
  let add = cost;
  let type: Type | undefined;
  if (contents.holds === 'fields') {
    const near = fieldNear(contents.type, token.name);
    if (near === undefined || hasName(frame, near.field.name)) return;
    if (!near.exact) add += 1.5;
    add += disorder(frame, near.field.name) + needlessName(frame, near.field.name);
    type = near.field.type;
    add += unusualness(contents.type, near.field.name, frame.parent?.role ?? '');
    add += rootMismatch(contents.hypothesis, near.field.name, value);
  } else if (contents.holds === 'keys') {
    if (hasName(frame, token.name)) return;
    type = contents.of;
    const text = value && isValue(value) ? valueOf(value) : '';
    if (type) {
      const times = at.around.timesOf(token.name, text);
      const knownOutside = known !== undefined && known !== frame;
      add += oddness({ role: frame.role, values: type, key: token.name, knownOutside, times });
      if (!isValue(value)) add += 4;
    } else add += 0.3;
  } else return;
  const name =
    contents.holds === 'fields'
      ? (fieldNear(contents.type, token.name)?.field.name ?? token.name)
      : token.name;
  const isEntry = contents.holds === 'keys' && type?.is === 'scalar';
  const column = columnOf(at);
  const inside = withName(frame, name, column);
  at.step({
    add,
    ops: [...ops, { does: 'key', token, indent: frame.indent, frame }],
    frame: inside,
    pending: {
      type,
      role: isEntry ? frame.role : name,
      isItem: false,
      mapIndent: frame.indent + 2,
      listIndent: frame.indent + at.around.listIndent,
      column,
    },
    mode: 'normal',
    open: undefined,
    lines: 0,
  });
}

/** Starts a document of each kind that it may be; `add` is what leaving the one before costs. */
export function startDocuments(at: Situation, add: number): void {
  const token = at.token;
  if (token.kind === 'separator') {
    at.step({ ...between, add, ops: [] });
    return;
  }
  if (token.kind !== 'key') return;
  const usual = startsDocument.has(token.name);
  if (!usual && at.from.frame) return;
  at.around.hypothesesAt(at.index).forEach((hypothesis, rank) => {
    const contents = { holds: 'fields' as const, type: hypothesis.type, hypothesis };
    const root = openFrame({ parent: undefined, role: '', indent: 0, column: undefined, contents });
    const document: Op = { does: 'document', token, hypothesis };
    if (usual || hypothesis.type.fields.has(token.name)) {
      placeKey(at, root, add + rank * 0.05 + (usual ? 0 : 0.3), [document]);
    }
  });
}

function isWholeDocument(frame: Frame): boolean {
  let root = frame;
  while (root.parent) root = root.parent;
  return hasName(root, 'kind') && hasName(root, 'apiVersion') && root.size > 2;
}
