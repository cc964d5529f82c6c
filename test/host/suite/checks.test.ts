import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CheckRecord } from '../../../src/probe/check.ts';
import type { TestTree } from '../../../src/ui/host/testApi.ts';
import { rowsOf, testApi } from './clusterTools.ts';
import { askUntil } from './editorTools.ts';

const run = (from: string, to: string): Thenable<CheckRecord | undefined> =>
  vscode.commands.executeCommand('podNetwork.testPodToPod', { from, to });

function openReport(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input.uri : undefined;
}

describe('Test Pod-to-Pod', () => {
  let checks: TestTree;

  before(async () => {
    checks = (await testApi()).checks;
    await vscode.commands.executeCommand('podNetwork.clearChecks');
  });

  it('gives a verdict with its evidence, a line in the Checks view and a report', async () => {
    const record = await run('pod/default/testpod1', 'pod/default/testpod2:80');
    assert.equal(record?.verdict, 'reachable', JSON.stringify(record));
    assert.equal(record.httpStatus, 200);
    assert.notEqual(record.command.length, 0);
    const [row] = await rowsOf(checks);
    assert.equal(row?.label, 'testpod1 → testpod2:80');
    assert.match(row.description, /^reachable · HTTP 200/);
    assert.match(row.description, /simulated/);
    const evidence = (await rowsOf(checks, row)).map(({ label }) => label);
    assert.ok(evidence.includes('Command') && evidence.includes('Result'), evidence.join());
    const uri = await askUntil(
      () => Promise.resolve(openReport()),
      (open) => open !== undefined,
    );
    assert.equal(uri?.scheme, 'podnetwork-report');
    const report = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(report, /^# testpod1 → testpod2/);
    assert.match(report, /simulated/);
    assert.match(report, /kubectl .*exec -n default testpod1 -c \S+ -- curl /);
  });

  it('tells a refused connection from a reachable one, newest first', async () => {
    const record = await run('pod/default/testipod:c00', 'pod/default/testpod1:81');
    assert.equal(record?.verdict, 'refused', JSON.stringify(record));
    const labels = (await rowsOf(checks)).map(({ label }) => label);
    assert.deepEqual(labels, ['testipod → testpod1:81', 'testpod1 → testpod2:80']);
  });

  it('makes a check again', async () => {
    const before = await rowsOf(checks);
    await vscode.commands.executeCommand('podNetwork.runCheckAgain', before[1]?.element);
    const after = await rowsOf(checks);
    assert.equal(after.length, before.length + 1);
    assert.equal(after[0]?.label, before[1]?.label);
  });

  it('stops a check when it is cancelled, and keeps nothing of it', async () => {
    const before = (await rowsOf(checks)).length;
    let sawItRun = false;
    const subscription = checks.onDidChangeTreeData(() => {
      void rowsOf(checks).then(([newest]) => {
        if (newest?.item.contextValue !== 'check.running') return;
        sawItRun = true;
        void vscode.commands.executeCommand('podNetwork.cancelCheck', newest.element);
      });
    });
    try {
      const record = await run('pod/default/testipod:c00', 'pod/default/testpod1:80');
      assert.equal(sawItRun, true);
      assert.equal(record, undefined);
      assert.equal((await rowsOf(checks)).length, before);
    } finally {
      subscription.dispose();
    }
  });

  it('runs nothing where a pod is not there', async () => {
    const before = (await rowsOf(checks)).length;
    assert.equal(await run('pod/default/testpod1', 'pod/default/nobody:80'), undefined);
    assert.equal((await rowsOf(checks)).length, before);
  });

  it('forgets one check, and all', async () => {
    const before = await rowsOf(checks);
    await vscode.commands.executeCommand('podNetwork.removeCheck', before[0]?.element);
    assert.equal((await rowsOf(checks)).length, before.length - 1);
    await vscode.commands.executeCommand('podNetwork.clearChecks');
    assert.deepEqual(await rowsOf(checks), []);
  });
});
