import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../../src/ui/host/testApi.ts';

describe('In a workspace that is not trusted', () => {
  it('shows no cluster and runs no check, but is active', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const extension = vscode.extensions.all.find(
      ({ packageJSON }) => (packageJSON as { name?: unknown }).name === 'pod-network-explorer',
    );
    assert.ok(extension);
    const { cluster, checks } = (await extension.activate()) as TestApi;
    await vscode.commands.executeCommand('podNetwork.cluster.focus');
    assert.deepEqual(await cluster.getChildren(), []);
    // Its message is shown and not awaited; the command comes back empty-handed.
    const record = await vscode.commands.executeCommand('podNetwork.testPodToPod', {
      from: 'pod/default/testipod:c00',
      to: 'pod/default/testpod1:80',
    });
    assert.equal(record, undefined);
    assert.deepEqual(await checks.getChildren(), []);
  });
});
