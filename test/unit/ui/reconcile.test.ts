import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ExplorerNode } from '../../../src/ui/explorer/node.ts';
import type { TreeEntry } from '../../../src/ui/explorer/treeItems.ts';
import { reconcile } from '../../../src/ui/explorer/treeItems.ts';

function node(id: string, description = '', children?: () => readonly ExplorerNode[]): ExplorerNode {
  return {
    id,
    row: { label: id, description, icon: undefined, viewItem: 'pod', spoken: id },
    ...(children && { children }),
  };
}

function open(nodes: readonly ExplorerNode[]): readonly TreeEntry[] {
  const { entries } = reconcile([], nodes, undefined);
  const expandAll = (list: readonly TreeEntry[]): void => {
    for (const entry of list) expandAll(entry.expand());
  };
  expandAll(entries);
  return entries;
}

describe('Reconciling the tree', () => {
  it('keeps the objects VS Code knows, and reports nothing, where nothing differs', () => {
    const tree = (): ExplorerNode[] => [node('pods', '', () => [node('a'), node('b')])];
    const before = open(tree());
    const after = reconcile(before, tree(), undefined);
    assert.equal(after.entries[0], before[0]);
    assert.equal(after.rearranged, false);
    assert.deepEqual(after.changed, []);
  });

  it('reports just the row that changed', () => {
    const before = open([node('pods', '', () => [node('a'), node('b')])]);
    const after = reconcile(before, [node('pods', '', () => [node('a'), node('b', 'gone bad')])], undefined);
    assert.deepEqual(
      after.changed.map((entry) => entry.node.id),
      ['b'],
    );
  });

  it('reports the parent where items come, go or move, and keeps those that stay', () => {
    const before = open([node('pods', '', () => [node('a'), node('c')])]);
    const [a, c] = before[0]!.expand();
    const after = reconcile(before, [node('pods', '', () => [node('a'), node('b'), node('c')])], undefined);
    assert.deepEqual(
      after.changed.map((entry) => entry.node.id),
      ['pods'],
    );
    const now = after.entries[0]!.expand();
    assert.deepEqual(
      now.map((entry) => entry.node.id),
      ['a', 'b', 'c'],
    );
    assert.equal(now[0], a);
    assert.equal(now[2], c);
    assert.equal(now[1]!.parent, before[0]);
  });

  it('does not make the children of what was never opened', () => {
    const entries = reconcile([], [node('pods', '', () => [])], undefined).entries;
    const after = reconcile(
      entries,
      [node('pods', '2', () => assert.fail('children were asked for'))],
      undefined,
    );
    assert.deepEqual(after.changed, entries);
  });

  it('turns a leaf into a parent and back', () => {
    const before = open([node('port')]);
    const grown = reconcile(before, [node('port', '', () => [node('address')])], undefined);
    assert.deepEqual(grown.changed, before);
    assert.deepEqual(
      before[0]!.expand().map((entry) => entry.node.id),
      ['address'],
    );
    const shrunk = reconcile(before, [node('port')], undefined);
    assert.deepEqual(shrunk.changed, before);
    assert.deepEqual(before[0]!.expand(), []);
  });

  it('always ends with what a fresh tree would show', () => {
    const list = fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 0, max: 12 }), text: fc.string({ maxLength: 1 }) }),
      {
        selector: ({ id }) => id,
      },
    );
    fc.assert(
      fc.property(fc.array(list, { minLength: 2, maxLength: 6 }), (versions) => {
        let entries: readonly TreeEntry[] = [];
        for (const version of versions) {
          const nodes = version.map(({ id, text }) => node(String(id), text));
          const known = new Set(entries);
          const old = new Map(entries.map((entry) => [entry, entry.node.row.description]));
          const result = reconcile(entries, nodes, undefined);
          assert.deepEqual(
            result.entries.map((entry) => [entry.node.id, entry.node.row.description]),
            version.map(({ id, text }) => [String(id), text]),
          );
          for (const entry of result.entries) {
            if (!known.has(entry)) continue;
            assert.equal(result.changed.includes(entry), old.get(entry) !== entry.node.row.description);
          }
          entries = result.entries;
        }
      }),
    );
  });
});
