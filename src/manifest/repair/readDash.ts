import { costs } from './fit.ts';
import { closing, contentsOf, openFrame, withName, type Frame } from './frame.ts';
import {
  columnOf,
  deepest,
  indentCost,
  lose,
  sameColumnCost,
  unfilledCost,
  type Situation,
} from './situation.ts';

/** Every list that a marker may belong to. */
export function readDash(at: Situation, add: number): void {
  const token = at.token;
  const { pending, frame, open } = at.from;
  if (pending) {
    const contents = contentsOf(pending.type, at.around.schema);
    const isList = contents?.holds === 'items' || pending.type === undefined;
    if (isList && (frame?.depth ?? 0) <= deepest) {
      const of = contents?.holds === 'items' ? contents.of : undefined;
      const indent = pending.isItem ? pending.mapIndent : pending.listIndent;
      const role = pending.isItem ? '' : pending.role;
      const column = columnOf(at);
      const list = openFrame({ parent: frame, role, indent, column, contents: { holds: 'items', of } });
      addItem(at, list, add + indentCost(at, pending.column, false));
    }
  }
  let cost = add + unfilledCost(at);
  for (let each = frame; each; each = each.parent) {
    if (each.contents.holds === 'items') {
      addItem(at, each, cost + (each.column === undefined ? 0 : sameColumnCost(at, each.column)));
    }
    cost += closing(each);
  }
  if (open && !pending) {
    // Where items are texts, a dash is a marker; that it need not be one, a note says.
    const isMarker = token.first || frame?.contents.holds === 'items';
    at.step({ add: add + (isMarker ? 5.5 : open.isProse ? 1.2 : 4), ops: [{ does: 'glue', token }] });
  }
  lose(at, add + costs.lost);
}

function addItem(at: Situation, list: Frame, add: number): void {
  const token = at.token;
  const of = list.contents.holds === 'items' ? list.contents.of : undefined;
  const next = at.around.tokens[at.index + 1];
  // A key cannot stand in a list of texts, nor a text in a list of maps.
  const unfit = next?.kind === 'key' && of?.is === 'scalar' && of.scalar !== 'anything' ? 6 : 0;
  at.step({
    add: add + unfit,
    ops: [{ does: 'item', token, indent: list.indent, added: false }],
    frame: withName(list, '', columnOf(at)),
    pending: {
      type: of,
      role: list.role,
      isItem: true,
      mapIndent: list.indent + 2,
      listIndent: list.indent + 2,
      column: columnOf(at),
    },
    mode: 'normal',
    open: undefined,
    lines: 0,
  });
}
