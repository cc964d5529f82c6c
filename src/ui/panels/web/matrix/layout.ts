import { matrixVerdicts, type MatrixEnd } from '../../protocol/matrix.ts';
import { toneOf, type Table } from './table.ts';

/** What a person chose to see. Pure: nothing here knows the page. */
export interface Filter {
  readonly failures: boolean;
  /** Words that must all stand in the source's name, the target's or the verdict. */
  readonly text: string;
  readonly grouped: boolean;
  /** Namespaces whose sources are folded. */
  readonly folded: readonly string[];
}

export type RowItem =
  | { readonly is: 'row'; readonly row: number }
  | {
      readonly is: 'group';
      readonly name: string;
      readonly sources: number;
      readonly bad: number;
      readonly done: number;
      readonly folded: boolean;
    };

export interface Band {
  readonly name: string;
  /** Where it starts among {@link Layout.columns}, and how many it spans. */
  readonly start: number;
  readonly length: number;
}

/** Which rows and columns are shown, in which order. */
export interface Layout {
  readonly items: readonly RowItem[];
  readonly columns: readonly number[];
  /** Namespaces above the columns; empty where columns are not grouped. */
  readonly bands: readonly Band[];
  /** 1 for each cell that matches; undefined where nothing is filtered. */
  readonly matches: Uint8Array | undefined;
  readonly matching: number;
}

/** @param verdictWord the verdict as it is shown, by its index. */
export function layoutOf(table: Table, filter: Filter, verdictWord: (verdict: number) => string): Layout {
  const { content } = table;
  const matches = matchesOf(table, filter, verdictWord);
  const rowShown = new Uint8Array(content.from.length);
  const columnShown = new Uint8Array(content.to.length);
  let matching = 0;
  matches?.forEach((match, index) => {
    if (match === 0) return;
    matching += 1;
    rowShown[Math.floor(index / table.columns)] = 1;
    columnShown[index % table.columns] = 1;
  });
  const all = matches === undefined;
  const rows = [...content.from.keys()].filter((row) => all || rowShown[row] === 1);
  const columns = [...content.to.keys()].filter((column) => all || columnShown[column] === 1);
  const plain = { matches, matching: all ? table.verdict.length : matching };
  if (!filter.grouped)
    return { ...plain, items: rows.map((row) => ({ is: 'row', row })), columns, bands: [] };
  const rowGroups = groupsOf(rows, content.from);
  const columnGroups = groupsOf(columns, content.to);
  let start = 0;
  const bands = columnGroups.map(([name, members]): Band => {
    const band = { name, start, length: members.length };
    start += members.length;
    return band;
  });
  return {
    ...plain,
    items: rowGroups.flatMap(([name, members]) => groupItems(table, name, members, filter)),
    columns: columnGroups.flatMap(([, members]) => members),
    bands,
  };
}

function matchesOf(
  table: Table,
  { failures, text }: Filter,
  verdictWord: (verdict: number) => string,
): Uint8Array | undefined {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!failures && words.length === 0) return undefined;
  const { content, columns, verdict } = table;
  const has = ({ ref }: MatrixEnd): readonly boolean[] =>
    words.map((word) => ref.toLowerCase().includes(word));
  const byRow = content.from.map(has);
  const byColumn = content.to.map(has);
  const byVerdict = matrixVerdicts.map((_, index) =>
    words.map((word) => verdictWord(index).toLowerCase().includes(word)),
  );
  return Uint8Array.from(verdict, (value, index) => {
    const tone = toneOf(table, index);
    if (tone === 'none' && (failures || words.length === 0)) return 0;
    if (failures && tone === 'good') return 0;
    const row = byRow[Math.floor(index / columns)];
    const column = byColumn[index % columns];
    const shown = byVerdict[value];
    const fits = words.every((_, word) => row?.[word] === true || column?.[word] === true || shown?.[word]);
    return fits ? 1 : 0;
  });
}

/** Members by namespace, namespaces by name; what has none comes last. */
function groupsOf(
  members: readonly number[],
  ends: readonly MatrixEnd[],
): readonly (readonly [string, readonly number[]])[] {
  const groups = new Map<string, number[]>();
  for (const member of members) {
    const name = ends[member]?.group ?? '';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [member]);
    else group.push(member);
  }
  return [...groups].sort(([one], [other]) => (one === '' ? 1 : other === '' ? -1 : one < other ? -1 : 1));
}

function groupItems(
  table: Table,
  name: string,
  members: readonly number[],
  { folded }: Filter,
): readonly RowItem[] {
  let bad = 0;
  let done = 0;
  for (const row of members) {
    for (let column = 0; column < table.columns; column++) {
      const tone = toneOf(table, row * table.columns + column);
      if (tone !== 'none') done += 1;
      if (tone === 'bad' || tone === 'maybe') bad += 1;
    }
  }
  const isFolded = folded.includes(name);
  const head = { is: 'group', name, sources: members.length, bad, done, folded: isFolded } as const;
  return [head, ...(isFolded ? [] : members.map((row) => ({ is: 'row', row }) as const))];
}
