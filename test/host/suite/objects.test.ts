import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestTree } from '../../../src/ui/host/testApi.ts';
import { callLab, eventually, rowAt, rowsOf, testApi } from './clusterTools.ts';

/** Waits for something that VS Code tells by an event; the test's own time-out ends it. */
async function until<T>(event: vscode.Event<unknown>, look: () => T | undefined): Promise<T> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const subscription = event(() => {
        subscription.dispose();
        resolve();
      });
    });
    const found = look();
    if (found !== undefined) return found;
    await changed;
  }
}

/** Commands on one object, with the items that menus hand them. */
describe('an object of the tree', () => {
  let tree: TestTree;

  before(async () => {
    tree = (await testApi()).cluster;
    await vscode.commands.executeCommand('podNetwork.cluster.focus');
    await eventually(tree, async () => {
      const [pods] = await rowsOf(tree);
      const shown = pods === undefined ? [] : await rowsOf(tree, pods);
      return shown.find(({ label }) => label === 'testpod1');
    });
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is shown as YAML that cannot be edited, without its managed fields', async () => {
    const { element } = await rowAt(tree, 'Pods', 'testpod1');
    await vscode.commands.executeCommand('podNetwork.showYaml', element);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.languageId, 'yaml');
    const text = editor.document.getText();
    assert.match(text, /^ {2}name: testpod1$/m);
    assert.doesNotMatch(text, /managedFields/);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(editor.document.uri.scheme), false);
  });

  it('never shows what a secret holds', async () => {
    await callLab('POST', '/api/v1/namespaces/default/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'hidden' },
      stringData: { password: 'correct-horse' },
    });
    const subject = { is: 'object', apiVersion: 'v1', kind: 'Secret', namespace: 'default', name: 'hidden' };
    await vscode.commands.executeCommand('podNetwork.showYaml', { subject });
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /name: hidden/);
    for (const secret of ['correct-horse', Buffer.from('correct-horse').toString('base64')])
      assert.ok(!text.includes(secret));
  });

  it('is described with what hangs on it and its events', async () => {
    const { element } = await rowAt(tree, 'Services', 'NodePort', 'demoservice');
    await vscode.commands.executeCommand('podNetwork.describe', element);
    const tab = await until(vscode.window.tabGroups.onDidChangeTabs, () =>
      vscode.window.tabGroups.activeTabGroup.tabs.find(({ label }) => label.includes('demoservice')),
    );
    const { uri } = tab.input as { uri: vscode.Uri };
    const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
    assert.match(text, /^# Service demoservice$/m);
    assert.match(text, /Cluster IP/);
    assert.match(text, /^## Events$/m);
  });

  it('has its log followed in a terminal', async () => {
    const { element } = await rowAt(tree, 'Pods', 'testpod1');
    await vscode.commands.executeCommand('podNetwork.showPodLog', element);
    const terminal = await until(vscode.window.onDidOpenTerminal, () =>
      vscode.window.terminals.find(({ name }) => name === 'Log: testpod1'),
    );
    terminal.dispose();
  });

  it('is found by the tree wherever it stands', async () => {
    const node = await rowAt(tree, 'Nodes', 'node1');
    const pods = await rowsOf(tree, node);
    const pod = pods.find(({ label }) => label === 'testpod1');
    assert.equal(pod?.item.contextValue, 'pod');
  });
});
