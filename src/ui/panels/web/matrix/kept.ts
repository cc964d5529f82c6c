import { flag, listOf, optional, reader, shape, text } from '../../protocol/shape.ts';
import type { Filter } from './layout.ts';

/** What the person chose on the page; it outlives a reload of the window. */
export interface Chosen {
  readonly filter: Filter;
  /** undefined: by the width of the table. */
  readonly compact?: boolean | undefined;
  readonly compare: boolean;
  /** The pair whose evidence is open. */
  readonly cell?: { readonly from: string; readonly to: string } | undefined;
}

const read = reader(
  shape({
    filter: shape({ failures: flag, text, grouped: flag, folded: listOf(text) }),
    compact: optional(flag),
    compare: flag,
    cell: optional(shape({ from: text, to: text })),
  }),
);

/** What was kept; the default where nothing was, or it is of another version. */
export function readChosen(value: unknown): Chosen {
  const fresh = { filter: { failures: false, text: '', grouped: false, folded: [] }, compare: true };
  return read(value) ?? fresh;
}
