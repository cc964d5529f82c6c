import type { MatrixContent } from '../../protocol/matrix.ts';

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
  const longest = Math.max(
    8,
    ...(content?.from ?? []).map(({ name, detail }) => name.length + detail.length),
  );
  const longestTarget = Math.max(8, ...(content?.to ?? []).map(({ name }) => name.length));
  const band = banded ? 24 : 0;
  return {
    header: Math.min(300, 48 + longest * 7),
    cell: compact ? 58 : 124,
    head: (compact ? Math.min(190, 28 + longestTarget * 7) : 52) + band,
    row: compact ? 28 : 32,
  };
}

/** The places of what is in sight, and a few beyond. */
export function spanOf(scrolled: number, inSight: number, size: number, length: number): readonly number[] {
  const first = Math.max(0, Math.floor(scrolled / size) - beyond);
  const last = Math.min(length - 1, Math.ceil((scrolled + Math.max(0, inSight)) / size) + beyond);
  return last < first ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
