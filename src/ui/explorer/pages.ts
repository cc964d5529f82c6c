import type { ExplorerNode } from './node.ts';

/** Lists up to this length are shown as they are. */
export const longestList = 500;
/** How many rows one part of a longer list holds. */
export const pageLength = 200;

/** A part of a long list: `[from, to)`. */
export interface Page {
  readonly from: number;
  readonly to: number;
}

/** The parts a list of this length is shown in; undefined where it is shown whole. */
export function pagesOf(length: number): readonly Page[] | undefined {
  if (length <= longestList) return undefined;
  return Array.from({ length: Math.ceil(length / pageLength) }, (_, index) => ({
    from: index * pageLength,
    to: Math.min(length, (index + 1) * pageLength),
  }));
}

/**
 * The rows of a list, or, where it is long, one row for each part of it, so that opening a list of ten thousand
 * makes only what is looked at.
 */
export function paged<T>(
  parentId: string,
  items: readonly T[],
  nameOf: (item: T) => string,
  toNode: (item: T) => ExplorerNode,
  pageNode: (id: string, first: string, last: string, page: Page) => Omit<ExplorerNode, 'children'>,
): readonly ExplorerNode[] {
  const pages = pagesOf(items.length);
  if (pages === undefined) return items.map(toNode);
  return pages.map((page) => {
    const part = items.slice(page.from, page.to);
    const [first, last] = [part[0], part.at(-1)];
    return {
      ...pageNode(
        `${parentId}/page:${page.from}`,
        first === undefined ? '' : nameOf(first),
        last === undefined ? '' : nameOf(last),
        page,
      ),
      children: () => part.map(toNode),
    };
  });
}
