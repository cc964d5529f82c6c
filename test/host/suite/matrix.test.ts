import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi, TestPanel } from '../../../src/ui/host/testApi.ts';
import { readMatrixContent, type MatrixContent } from '../../../src/ui/panels/protocol/matrix.ts';
import { callLab, testApi } from './clusterTools.ts';
import { askUntil } from './editorTools.ts';

const policies = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies';
const question = {
  from: ['pod/default/testpod1', 'pod/default/testpod2'],
  to: ['svc/default/demoservice', 'svc/default/lonely'],
};

function openTabs(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('podNetwork.matrix'),
    )
    .map(({ label }) => label);
}

describe('The matrix panel', () => {
  let api: TestApi;
  const panel = (): TestPanel => {
    const [first, ...others] = api.matrices.open;
    assert.ok(first, 'no matrix is open');
    assert.equal(others.length, 0);
    return first;
  };
  const content = (): MatrixContent => {
    const read = readMatrixContent(panel().content);
    assert.ok(read, 'the page would drop this content');
    return read;
  };
  const ask = (argument: unknown): Thenable<unknown> =>
    vscode.commands.executeCommand('podNetwork.testMatrix', argument);
  /** Verdicts by source and target, as the page gets them: flat, five numbers a cell. */
  const verdicts = (): readonly (readonly [string, number])[] => {
    const { from, to, cells } = content();
    return Array.from({ length: cells.length / 5 }, (_, index): readonly [string, number] => {
      const [row = -1, column = -1, verdict = -1] = cells.slice(index * 5);
      return [`${from[row]?.name ?? ''} ${to[column]?.name ?? ''}`, verdict];
    }).sort();
  };

  before(async () => {
    api = await testApi();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('opens with a question, shows its cells, and is one for the same question', async () => {
    const id = await ask(question);
    assert.equal(content().id, id);
    const tabs = await askUntil(
      () => Promise.resolve(openTabs()),
      (open) => open.length > 0,
    );
    assert.deepEqual(tabs, ['Matrix: 2 pods to 2 targets']);
    assert.equal(content().state, 'done');
    assert.match(content().place, /simulated/);
    assert.deepEqual(verdicts(), [
      ['testpod1 demoservice:80', 0],
      ['testpod1 lonely:80', 1],
      ['testpod2 demoservice:80', 0],
      ['testpod2 lonely:80', 1],
    ]);
    await panel().hear({ is: 'run-again' });
    assert.notEqual(content().id, id);
    assert.equal(openTabs().length, 1);
    assert.match(content().comparison?.title ?? '', /nothing changed among 4 pairs/);
  });

  it('marks what broke, and amends the cell that is checked again', async () => {
    await ask(question);
    await callLab('POST', policies, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny-all' },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    });
    try {
      await panel().hear({ is: 'run-again' });
      const [section] = content().comparison?.sections ?? [];
      assert.equal(section?.is, 'broke');
      assert.equal(section.changes.length, 2);
      assert.equal(content().comparison?.marks.length, 2 * 3);
    } finally {
      await callLab('DELETE', `${policies}/deny-all`);
    }
    const [row = -1, column = -1] = content().comparison?.marks ?? [];
    const from = content().from[row]?.ref;
    const to = content().to[column]?.ref;
    await panel().hear({ is: 'check-again', from, to });
    assert.equal(content().comparison?.sections[0]?.changes.length, 1);
    assert.equal(verdicts().filter(([, verdict]) => verdict === 0).length, 1);
  });

  it('copies itself and a cell’s command, and explains a cell', async () => {
    await ask(question);
    await panel().hear({ is: 'copy', format: 'csv' });
    const csv = (await vscode.env.clipboard.readText()).split('\r\n');
    assert.equal(csv.length, 1 + 4 + 1);
    assert.match(csv[0] ?? '', /^from,to,url,verdict,/);
    const cell = { from: content().from[0]?.ref, to: 'svc/default/lonely:80' };
    await panel().hear({ is: 'copy-kubectl', ...cell });
    assert.match(await vscode.env.clipboard.readText(), /^kubectl .*exec -n default testpod1 /);
    await panel().hear({ is: 'explain', ...cell });
    // VS Code tells extensions of a tab a moment after it has opened.
    const labels = await askUntil(
      () =>
        Promise.resolve(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label))),
      (open) => open.includes('testpod1 → lonely:80'),
    );
    assert.ok(labels.includes('testpod1 → lonely:80'), labels.join(', '));
  });

  it('is stopped by its button or by closing it, and keeps what it has', async () => {
    await callLab('POST', policies, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny-all' },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    });
    try {
      const run = ask({ namespaces: ['default'] });
      while (api.matrices.open.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(content().state, 'running');
      await panel().hear({ is: 'cancel' });
      await run;
      assert.equal(content().state, 'cancelled');
      assert.ok(content().cells.length / 5 < content().planned);
      const again = ask({ namespaces: ['default'] });
      while (content().state !== 'running') await new Promise((resolve) => setTimeout(resolve, 20));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await again;
      assert.equal(api.matrices.open.length, 0);
    } finally {
      await callLab('DELETE', `${policies}/deny-all`);
    }
  });

  it('shows what a podnet.yaml expects', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, 'podnet.yaml');
    const text = [
      'checks:',
      '  - { name: a, from: pod/default/testpod1, to: svc/default/demoservice }',
      '  - { name: b, from: pod/default/testpod1, to: svc/default/lonely }',
      '',
    ].join('\n');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    try {
      await vscode.commands.executeCommand('podNetwork.runChecksFile', uri);
      const shown = content().expectations.map(({ name, is, cells }) => [name, is, cells.length]);
      assert.deepEqual(shown, [
        ['a', 'passed', 2],
        ['b', 'failed', 2],
      ]);
      assert.match(content().expectations[1]?.message ?? '', /expected reachable; .* is refused/);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });
});
