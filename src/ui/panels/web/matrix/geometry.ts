import type { MatrixContent, MatrixEnd } from '../../protocol/matrix.ts';

/** Sizes in CSS pixels. Pure: nothing here knows the page. */
export interface Sizes {
  /** The width of the column with the sources. */
  readonly header: number;
  /** The width of a cell. */
  readonly cell: number;
  /** The height of the row with the targets. */
  readonly head: number;
  /** The height of a row. */
  readonly row: number;
}

/** More than is in sight, so that a fast scroll does not show gaps. */
const beyond = 4;

/** @param banded whether namespaces stand above the targets. */
export function sizesOf(content: MatrixContent | undefined, compact: boolean, banded = false): Sizes {
  const width = ({ name, detail, group }: MatrixEnd): number =>
    name.length * 7.4 + (detail.length + (banded ? 0 : group.length + 3)) * 6.2;
  const longest = (ends: readonly MatrixEnd[] = []): number => Math.max(60, ...ends.map(width));
  const band = banded ? 24 : 0;
  return {
    header: Math.round(Math.min(290, 36 + longest(content?.from))),
    cell: compact ? 58 : 124,
    head: (compact ? Math.round(Math.min(210, 24 + longest(content?.to))) : 52) + band,
    row: compact ? 28 : 32,
  };
}

/** The places of what is in sight, and a few beyond. */
export function spanOf(scrolled: number, inSight: number, size: number, length: number): readonly number[] {
  const first = Math.max(0, Math.floor(scrolled / size) - beyond);
  const last = Math.min(length - 1, Math.ceil((scrolled + Math.max(0, inSight)) / size) + beyond);
  return last < first ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
