import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi, TestTree } from '../../../src/ui/host/testApi.ts';
import { rowsOf, testApi, type ShownRow } from './clusterTools.ts';

/** Pods hold containers hold mounts; nothing is deeper than this but by services that lead to pods again. */
const deepest = 5;

/** A row, and the labels of those above it. */
interface Placed {
  readonly row: ShownRow;
  readonly path: string;
}

async function allRows(tree: TestTree, parent?: Placed, depth = 1): Promise<readonly Placed[]> {
  const placed = (await rowsOf(tree, parent?.row)).map((row): Placed => ({
    row,
    path: `${parent?.path ?? ''}/${row.label}`,
  }));
  if (depth === deepest) return placed;
  const below: (readonly Placed[])[] = [];
  for (const each of placed) {
    if (each.row.item.collapsibleState === vscode.TreeItemCollapsibleState.None) continue;
    below.push(await allRows(tree, each, depth + 1));
  }
  return [...placed, ...below.flat()];
}

describe('What a screen reader says', () => {
  let api: TestApi;
  const from = 'pod/default/testpod1';

  before(async () => {
    api = await testApi();
    await vscode.commands.executeCommand('podNetwork.clearChecks');
    const check = { from, to: 'svc/default/demoservice', by: 'short' };
    await vscode.commands.executeCommand('podNetwork.testService', check);
  });
  after(async () => {
    await vscode.commands.executeCommand('podNetwork.clearChecks');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  for (const name of ['cluster', 'checks'] as const) {
    it(`of each row of the ${name} view begins with its name, and tells what its icon and colour tell`, async () => {
      const rows = await allRows(api[name]);
      assert.ok(rows.length > (name === 'cluster' ? 50 : 3), String(rows.length));
      for (const { row, path } of rows) {
        const { item, label, description } = row;
        // Without a text of its own a row is read as its label and description.
        const spoken = item.accessibilityInformation?.label ?? `${label} ${description}`;
        assert.ok(spoken.startsWith(label) && label !== '', `${path} is spoken as "${spoken}"`);
        assert.doesNotMatch(spoken, /\$\(|undefined|\[object/, path);
        // A state may be told by an icon; a word of it must be there too.
        const warns =
          item.iconPath instanceof vscode.ThemeIcon && /^(?:warning|error)$/.test(item.iconPath.id);
        if (warns)
          assert.ok(spoken.length > label.length || label.includes(' '), `${path} only shows its state`);
      }
    });
  }
});
