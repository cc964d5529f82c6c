import type { Schema, Type } from '../schema/schema.ts';
import { costs, emptiness, misfit, oddness, valueOf } from './fit.ts';
import {
  closing,
  contentsOf,
  disorder,
  hasName,
  openFrame,
  withName,
  type Frame,
  type Hypothesis,
} from './frame.ts';
import type { Op, Pending, Reading } from './reading.ts';
import { fieldNear, unusualness } from './shape.ts';
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

type Step = (more: Partial<Reading> & { readonly add: number; readonly ops: readonly Op[] }) => void;

/** No kind is nested deeper than about 25 levels. */
const deepest = 60;
const startsDocument = new Set(['apiVersion', 'kind', 'metadata']);
const isValue = (token: Token | undefined): boolean =>
  token !== undefined && ['plain', 'quoted', 'flow', 'block', 'header'].includes(token.kind);

/** Answers every reading that takes one more token than `reading` does. */
export function stepsFrom(reading: Reading, index: number, around: Surroundings): readonly Reading[] {
  const token = around.tokens[index];
  if (token === undefined) return [];
  const found: Reading[] = [];
  const step: Step = ({ add, ops, ...more }) => {
    const cost = reading.cost + add;
    const faults = reading.faults + (add >= costs.wrong ? add : 0);
    found.push({
      ...reading,
      next: index + 1,
      ...more,
      cost,
      faults,
      trail: { before: reading.trail, ops, cost, faults, rivals: [] },
    });
  };
  new Steps(reading, index, token, around, step).take();
  return found;
}

class Steps {
  readonly #from: Reading;
  readonly #index: number;
  readonly #token: Token;
  readonly #around: Surroundings;
  readonly #step: Step;

  constructor(from: Reading, index: number, token: Token, around: Surroundings, step: Step) {
    this.#from = from;
    this.#index = index;
    this.#token = token;
    this.#around = around;
    this.#step = step;
  }

  take(): void {
    const { mode } = this.#from;
    const token = this.#token;
    // A comment, and what could not be placed, end with their line at the latest.
    const ended = token.first && (mode === 'comment' || mode === 'lost');
    if (mode === 'outside') this.#outside();
    else if (mode === 'block') this.#inBlock();
    else if (ended || mode === 'normal') this.#normal();
    else if (mode === 'comment') this.#inComment();
    else this.#inLost();
  }

  #outside(): void {
    const token = this.#token;
    this.#startDocuments(0.5);
    const add = token.kind === 'key' ? this.#skipped() : 0;
    this.#step({ add, ops: [{ does: 'outside', token }] });
  }

  /** What it costs to take a key between documents for text: more where a document may start with it. */
  #skipped(): number {
    const token = this.#token;
    if (startsDocument.has(token.name)) return 3;
    const next = this.#around.tokens[this.#index + 1];
    const mayStart = this.#around.hypothesesAt(this.#index).some(({ type }) => type.fields.has(token.name));
    if (!mayStart || !(token.first || token.joined)) return 0.7;
    return isValue(next) && next?.row === token.row ? 1.5 : 3;
  }

  /** Starts a document of each kind that it may be; `add` is what leaving the one before costs. */
  #startDocuments(add: number): void {
    const token = this.#token;
    if (token.kind === 'separator') {
      this.#step({ ...blank, add, ops: [] });
      return;
    }
    if (token.kind !== 'key') return;
    const usual = startsDocument.has(token.name);
    if (!usual && this.#from.frame) return;
    this.#around.hypothesesAt(this.#index).forEach((hypothesis, rank) => {
      const contents = { holds: 'fields' as const, type: hypothesis.type, hypothesis };
      const root = openFrame({ parent: undefined, role: '', indent: 0, column: undefined, contents });
      const document: Op = { does: 'document', token, hypothesis };
      if (usual || hypothesis.type.fields.has(token.name)) {
        this.#place(root, add + rank * 0.05 + (usual ? 0 : 0.3), [document]);
      }
    });
  }

  #inComment(): void {
    const token = this.#token;
    const isKey = token.kind === 'key';
    const isDash = token.kind === 'dash';
    const add = isKey ? 1.3 + this.#omission() : isDash ? 0.4 : 0;
    this.#step({ add, ops: [{ does: 'remark', token }] });
    if (isKey) this.#normal(0.2);
    else if (isDash || token.kind === 'separator') {
      this.#normal(this.#around.tokens[this.#index + 1]?.kind === 'key' ? 0 : 1);
    }
  }

  #inLost(): void {
    const token = this.#token;
    this.#step({ add: token.kind === 'key' ? 6 : 0.3, ops: [{ does: 'lost', token }] });
    if (token.kind === 'key' || token.kind === 'dash') this.#normal();
  }

  #inBlock(): void {
    const token = this.#token;
    const { lines } = this.#from;
    const { tokens } = this.#around;
    if (lines < 0) {
      this.#belowBlock();
      return;
    }
    const isKey = token.kind === 'key';
    const headed = isKey && tokens[this.#index + 1]?.kind === 'header';
    const startsOther = isKey && (startsDocument.has(token.name) || headed);
    if (token.first) {
      this.#step({
        add: startsOther ? 2 : isKey ? 0.6 : token.kind === 'dash' ? 0.3 : 0,
        ops: [{ does: 'content', token, whole: true }],
        lines: lines + 1,
        next: this.#rowEnd(),
      });
    } else {
      this.#step({
        add: startsOther ? 2 : isKey ? 0.8 : token.kind === 'dash' ? 0.3 : 0,
        ops: [{ does: 'content', token, whole: false }],
        lines: lines + 1,
      });
    }
    if (isKey || token.kind === 'dash' || token.kind === 'separator') {
      const empty = lines === 0 ? 3 : 0;
      this.#normal(empty + (headed ? 0 : 0.9));
    } else if (token.first) this.#normal(lines === 0 ? 4 : 1.5);
  }

  /** Below a block scalar that kept its indentation: lines of it that lost theirs may follow. */
  #belowBlock(): void {
    const token = this.#token;
    this.#normal();
    if (!token.first) return;
    const add = token.kind === 'key' ? 4 : token.kind === 'dash' ? 3 : 0.9;
    this.#step({ add, ops: [{ does: 'content', token, whole: true }], next: this.#rowEnd() });
  }

  /** The first token of the next line. */
  #rowEnd(): number {
    const { tokens } = this.#around;
    let next = this.#index + 1;
    while (next < tokens.length && tokens[next]?.row === this.#token.row) next += 1;
    return next;
  }

  #normal(add = 0): void {
    const token = this.#token;
    switch (token.kind) {
      case 'comment':
      case 'opening':
        this.#step({
          add,
          ops: [{ does: 'comment', token }],
          mode: token.kind === 'opening' ? 'comment' : 'normal',
          open: undefined,
        });
        return;
      case 'separator':
        this.#startDocuments(add + this.#closingAll());
        return;
      case 'key':
        this.#key(add);
        break;
      case 'dash':
        this.#dash(add);
        break;
      case 'block':
      case 'flow':
      case 'header':
      case 'plain':
      case 'quoted':
        this.#value(add);
    }
    if (token.first && this.#from.frame) {
      const name = token.kind === 'key' || token.kind === 'dash' ? this.#omission() : 0;
      this.#step({ ...blank, add: add + this.#closingAll() + 1.2 + name, ops: [{ does: 'outside', token }] });
    }
  }

  /** What it costs to take a key for text around the manifest, or of a comment: much where it has its place. */
  #omission(): number {
    const { pending, frame } = this.#from;
    const { name, kind, row } = this.#token;
    const next = this.#around.tokens[this.#index + 1];
    if (kind === 'dash') return next?.row === row && this.#takesItem(next) ? 2.5 : 0;
    if (startsDocument.has(name)) return 3;
    const contents = pending ? contentsOf(pending.type, this.#around.schema) : undefined;
    const isBelow = contents?.holds === 'fields' && contents.type.fields.has(name);
    if (isBelow || this.#knownOutside(frame)) return 5;
    const inMap = contents?.holds === 'keys' || frame?.contents.holds === 'keys';
    const isSentence = /^[A-Z][a-z]*$/.test(name) && next?.kind === 'plain' && /\s/.test(next.raw);
    return inMap && isValue(next) && !isSentence ? 2.7 : 0.7;
  }

  /** Whether a list is open, or waited for, that may have an item starting with this token. */
  #takesItem(next: Token): boolean {
    const { pending, frame } = this.#from;
    const takes = (of: Type | undefined): boolean =>
      next.kind === 'key'
        ? of?.is === 'object' && this.#around.schema.type(of.name)?.fields.has(next.name) === true
        : of?.is === 'scalar' && isValue(next);
    if (pending?.type?.is === 'list' && takes(pending.type.of)) return true;
    for (let at = frame; at; at = at.parent) {
      if (at.contents.holds === 'items' && takes(at.contents.of)) return true;
    }
    return false;
  }

  /** What it costs to end the document here. */
  #closingAll(): number {
    let cost = this.#emptiness();
    for (let frame = this.#from.frame; frame; frame = frame.parent) cost += closing(frame);
    return cost;
  }

  /** What it costs that the key or marker before gets no value. */
  #emptiness(): number {
    const { pending } = this.#from;
    if (pending === undefined) return 0;
    return pending.isItem ? 4 : emptiness(pending.type);
  }

  #key(add: number): void {
    const token = this.#token;
    const { pending, frame, open } = this.#from;
    if (pending) this.#keyBelow(pending, frame, add);
    let cost = add + this.#emptiness();
    const known = this.#knownOutside(frame);
    for (let at = frame; at; at = at.parent) {
      this.#keyIn(at, cost, known);
      cost += closing(at);
    }
    if (frame && startsDocument.has(token.name) && this.#isWholeDocument(frame))
      this.#startDocuments(cost + 3);
    if (open?.isText === true && !pending) {
      this.#step({ add: add + (token.first ? 6 : 3.5), ops: [{ does: 'glue', token }] });
    }
    if (pending?.type?.is === 'scalar' && pending.type.scalar === 'text' && !token.first) {
      const { role } = pending;
      const op: Op = { does: 'value', token, indent: pending.mapIndent };
      this.#step({
        add: add + 4,
        ops: [op],
        pending: undefined,
        open: { role, isText: true },
        mode: 'normal',
      });
    }
    this.#lose(add + costs.lost);
  }

  /** A key as the first of the map that is the value of the key or marker before. */
  #keyBelow(pending: Pending, frame: Frame | undefined, add: number): void {
    const { schema } = this.#around;
    const contents = contentsOf(pending.type, schema);
    if (contents === undefined || (frame?.depth ?? 0) > deepest) return;
    const column = this.#column();
    const { role, mapIndent, listIndent } = pending;
    if (contents.holds !== 'items') {
      const map = openFrame({
        parent: frame,
        role: pending.isItem ? '' : role,
        indent: mapIndent,
        column,
        contents,
      });
      this.#keyIn(map, add + this.#indentCost(pending.column, true), undefined);
      return;
    }
    // The markers of the list were lost.
    const inner = contentsOf(contents.of, schema);
    if (inner?.holds !== 'fields') return;
    const list = openFrame({ parent: frame, role, indent: listIndent, column: undefined, contents });
    this.#keyInAddedItem(list, inner, add);
  }

  #keyInAddedItem(list: Frame, contents: Frame['contents'], add: number): void {
    const item: Op = { does: 'item', token: this.#token, indent: list.indent, added: true };
    const parent = withName(list, '', undefined);
    const map = openFrame({ parent, role: '', indent: list.indent + 2, column: this.#column(), contents });
    this.#keyIn(map, add + 5, undefined, [item]);
  }

  /** Puts the key into an open frame, where that may hold it. */
  #keyIn(frame: Frame, cost: number, known: Frame | undefined, ops: readonly Op[] = []): void {
    const token = this.#token;
    const add =
      cost +
      this.#marginCost(frame.parent) +
      (frame.column === undefined ? 0 : this.#sameColumnCost(frame.column));
    if (frame.contents.holds !== 'items') {
      this.#place(frame, add, ops, known);
      return;
    }
    // Another item whose marker was lost.
    const contents = contentsOf(frame.contents.of, this.#around.schema);
    if (ops.length === 0 && contents?.holds === 'fields' && contents.type.fields.has(token.name)) {
      this.#keyInAddedItem(frame, contents, cost);
    }
  }

  #place(frame: Frame, cost: number, ops: readonly Op[], known?: Frame): void {
    const token = this.#token;
    const value = this.#around.tokens[this.#index + 1];
    const { contents } = frame;
    let add = cost;
    let type: Type | undefined;
    if (contents.holds === 'fields') {
      const near = fieldNear(contents.type, token.name);
      if (near === undefined || hasName(frame, near.field.name)) return;
      if (!near.exact) add += 1.5;
      add += disorder(frame, near.field.name);
      type = near.field.type;
      add += unusualness(contents.type, near.field.name, frame.parent?.role ?? '');
      add += rootMismatch(contents.hypothesis, near.field.name, value);
    } else if (contents.holds === 'keys') {
      if (hasName(frame, token.name)) return;
      type = contents.of;
      const text = value && isValue(value) ? valueOf(value) : '';
      if (type) {
        const times = this.#around.timesOf(token.name, text);
        const knownOutside = known !== undefined && known !== frame;
        add += oddness({ role: frame.role, values: type, key: token.name, knownOutside, times });
        if (!isValue(value)) add += 4;
      } else add += 0.3;
    } else return;
    const name =
      contents.holds === 'fields'
        ? (fieldNear(contents.type, token.name)?.field.name ?? token.name)
        : token.name;
    const column = this.#column();
    const inside = withName(frame, name, column);
    this.#step({
      add,
      ops: [...ops, { does: 'key', token, indent: frame.indent, frame }],
      frame: inside,
      pending: {
        type,
        role: name,
        isItem: false,
        mapIndent: frame.indent + 2,
        listIndent: frame.indent + this.#around.listIndent,
        column,
      },
      mode: 'normal',
      open: undefined,
      lines: 0,
    });
  }

  /** The nearest map of known fields where the key with its value may stand. */
  #knownOutside(frame: Frame | undefined): Frame | undefined {
    const token = this.#token;
    const value = this.#around.tokens[this.#index + 1];
    for (let at = frame; at; at = at.parent) {
      if (at.contents.holds !== 'fields' || hasName(at, token.name)) continue;
      const field = at.contents.type.fields.get(token.name);
      if (field === undefined) continue;
      const unfit = value && isValue(value) ? misfit(field.type, value, field.name) : 0;
      if (unfit < costs.wrong && rootMismatch(at.contents.hypothesis, token.name, value) === 0) return at;
    }
    return undefined;
  }

  #isWholeDocument(frame: Frame): boolean {
    let root = frame;
    while (root.parent) root = root.parent;
    return hasName(root, 'kind') && hasName(root, 'apiVersion') && root.size > 2;
  }

  #dash(add: number): void {
    const token = this.#token;
    const { pending, frame, open } = this.#from;
    if (pending) {
      const contents = contentsOf(pending.type, this.#around.schema);
      const isList = contents?.holds === 'items' || pending.type === undefined;
      if (isList && (frame?.depth ?? 0) <= deepest) {
        const of = contents?.holds === 'items' ? contents.of : undefined;
        const indent = pending.isItem ? pending.mapIndent : pending.listIndent;
        const role = pending.isItem ? '' : pending.role;
        const column = this.#column();
        const list = openFrame({ parent: frame, role, indent, column, contents: { holds: 'items', of } });
        this.#item(list, add + this.#indentCost(pending.column, false));
      }
    }
    let cost = add + this.#emptiness();
    for (let at = frame; at; at = at.parent) {
      if (at.contents.holds === 'items') {
        this.#item(at, cost + (at.column === undefined ? 0 : this.#sameColumnCost(at.column)));
      }
      cost += closing(at);
    }
    if (open?.isText === true && !pending) {
      this.#step({ add: add + (token.first ? 5 : 1.2), ops: [{ does: 'glue', token }] });
    }
    this.#lose(add + costs.lost);
  }

  #item(list: Frame, add: number): void {
    const token = this.#token;
    const of = list.contents.holds === 'items' ? list.contents.of : undefined;
    const next = this.#around.tokens[this.#index + 1];
    // A key cannot stand in a list of texts, nor a text in a list of maps.
    const unfit = next?.kind === 'key' && of?.is === 'scalar' && of.scalar !== 'anything' ? 6 : 0;
    this.#step({
      add: add + unfit,
      ops: [{ does: 'item', token, indent: list.indent, added: false }],
      frame: withName(list, '', this.#column()),
      pending: {
        type: of,
        role: list.role,
        isItem: true,
        mapIndent: list.indent + 2,
        listIndent: list.indent + 2,
        column: this.#column(),
      },
      mode: 'normal',
      open: undefined,
      lines: 0,
    });
  }

  #value(add: number): void {
    const token = this.#token;
    const { pending, open, frame } = this.#from;
    if (pending) this.#fill(pending, add + (token.first ? 0.6 : 0));
    else if (open && (token.kind === 'plain' || token.kind === 'quoted')) {
      const stays = open.isText ? 0 : 5;
      this.#step({
        add: add + stays + this.#glueCost(open.role),
        ops: [{ does: 'glue', token }],
        mode: 'normal',
      });
    }
    if (!pending && frame?.contents.holds === 'items' && token.first) {
      // An item of a list of texts whose marker was lost.
      const of = frame.contents.of;
      const item: Op = { does: 'item', token, indent: frame.indent, added: true };
      const unfit = misfit(of, token, frame.role);
      const value: Op = { does: 'value', token, indent: frame.indent };
      this.#step({
        add: add + 4 + unfit,
        ops: [item, value],
        frame: withName(frame, '', undefined),
        mode: 'normal',
      });
    }
    this.#lose(add + 7);
  }

  /** A text that goes on: cheap where texts are prose, dear where they are a name. */
  #glueCost(role: string): number {
    const token = this.#token;
    if (!token.first) return 0.2;
    const words = /\s/.test(token.raw);
    return /^(?:value|message|description|command|args|annotations|data|stringData)$/.test(role)
      ? 0.8
      : words
        ? 2.6
        : 2;
  }

  #fill(pending: Pending, add: number): void {
    const token = this.#token;
    const { type, role, mapIndent } = pending;
    const isText =
      type === undefined || (type.is === 'scalar' && (type.scalar === 'text' || type.scalar === 'anything'));
    if (token.kind === 'plain' && /^[&!]\S*$/.test(token.raw)) {
      // An anchor or a tag: the value is still to come.
      this.#step({
        add,
        ops: [{ does: 'value', token, indent: mapIndent }],
        open: undefined,
        mode: 'normal',
      });
      return;
    }
    const filled = { pending: undefined, mode: 'normal' as const };
    if (token.kind === 'header') {
      const ops: readonly Op[] = [{ does: 'header', token, indent: mapIndent }];
      this.#step({ ...filled, add: add + (isText ? 0 : 6), ops, mode: 'block', lines: 0, open: undefined });
      return;
    }
    const unfit = token.kind === 'block' ? (isText ? 0 : 6) : misfit(type, token, role);
    const ops: readonly Op[] = [{ does: 'value', token, indent: mapIndent }];
    const open = token.kind === 'plain' ? { role, isText } : undefined;
    if (token.kind === 'block')
      this.#step({ ...filled, add: add + unfit, ops, open, mode: 'block', lines: -1 });
    else this.#step({ ...filled, add: add + unfit, ops, open });
  }

  #lose(add: number): void {
    const token = this.#token;
    this.#step({
      add,
      ops: [{ does: 'lost', token }],
      mode: 'lost',
      pending: this.#from.pending,
      open: undefined,
    });
  }

  /** Where the token stands in its line, if that says something: at the margin its indentation may be lost. */
  #column(): number | undefined {
    const { leads, column } = this.#token;
    return this.#around.flat || !leads || column === 0 ? undefined : column;
  }

  /** At the margin stands what belongs there, or lost its indentation: then it may belong anywhere. */
  #marginCost(frame: Frame | undefined): number {
    const { leads, column } = this.#token;
    return this.#around.flat || !leads || column !== 0 || frame === undefined ? 0 : 0.4;
  }

  /** Keys of one map, and markers of one list, should stand in one column. */
  #sameColumnCost(column: number): number {
    const at = this.#column();
    return at === undefined || at === column ? 0 : 0.8;
  }

  /** What stands under a key should be indented more than it, or, for a list marker, not less. */
  #indentCost(column: number | undefined, more: boolean): number {
    const at = this.#column();
    if (at === undefined || column === undefined) return 0;
    return more ? (at > column ? 0 : 0.8) : at >= column ? 0 : 0.8;
  }
}

/** Between documents. */
const blank = {
  frame: undefined,
  pending: undefined,
  mode: 'outside',
  open: undefined,
  lines: 0,
} as const satisfies Partial<Reading>;

/** A document that says another kind than it was taken for. */
function rootMismatch(hypothesis: Hypothesis | undefined, field: string, value: Token | undefined): number {
  if (hypothesis === undefined || value === undefined || !isValue(value)) return 0;
  if (field === 'kind') return valueOf(value).toLowerCase() === hypothesis.kind.toLowerCase() ? 0 : 8;
  if (field !== 'apiVersion') return 0;
  return hypothesis.apiVersion === undefined || valueOf(value) === hypothesis.apiVersion ? 0 : 8;
}
