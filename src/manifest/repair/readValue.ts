import { isFreeText, isProse, misfit } from './fit.ts';
import { withName } from './frame.ts';
import type { Op, Pending } from './reading.ts';
import { lose, type Situation } from './situation.ts';

/** Whose value a token may be. */
export function readValue(at: Situation, add: number): void {
  const token = at.token;
  const { pending, open, frame } = at.from;
  if (pending) fillPending(at, pending, add + (token.first ? 0.6 : 0));
  else if (open && (token.kind === 'plain' || token.kind === 'quoted')) {
    // A text that goes on in the next line: cheap where texts are prose, dear where they are a name.
    const unlikely = !token.first ? 0.2 : open.isProse ? 0.8 : 7;
    at.step({ add: add + unlikely, ops: [{ does: 'glue', token }], mode: 'normal' });
  }
  if (!pending && frame?.contents.holds === 'items' && token.first) {
    // An item of a list of texts whose marker was lost.
    const of = frame.contents.of;
    const item: Op = { does: 'item', token, indent: frame.indent, added: true };
    const unfit = misfit(of, token, frame.role);
    const value: Op = { does: 'value', token, indent: frame.indent };
    at.step({
      add: add + 4 + unfit,
      ops: [item, value],
      frame: withName(frame, '', undefined),
      mode: 'normal',
    });
  }
  lose(at, add + 5);
}

/** The value of the key or list marker before. */
function fillPending(at: Situation, pending: Pending, add: number): void {
  const token = at.token;
  const { type, role, mapIndent } = pending;
  const isText = isFreeText(type);
  if (token.kind === 'plain' && /^[&!]\S*$/.test(token.raw)) {
    // An anchor or a tag: the value is still to come.
    at.step({
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
    at.step({ ...filled, add: add + (isText ? 0 : 6), ops, mode: 'block', lines: 0, open: undefined });
    return;
  }
  const unfit = token.kind === 'block' ? (isText ? 0 : 6) : misfit(type, token, role);
  const ops: readonly Op[] = [{ does: 'value', token, indent: mapIndent }];
  const open = token.kind === 'plain' && isText ? { isProse: isProse(role) } : undefined;
  if (token.kind === 'block') at.step({ ...filled, add: add + unfit, ops, open, mode: 'block', lines: -1 });
  else at.step({ ...filled, add: add + unfit, ops, open });
}
