import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestTree } from '../../../src/ui/host/testApi.ts';
import { callLab, eventually, rowAt, testApi } from './clusterTools.ts';
import {
  actionsAt,
  closeEverything,
  expectFindings,
  openYaml,
  pressing,
  rangeOf,
  run,
  workspaceUri,
} from './editorTools.ts';

const service = (port: string): string => `apiVersion: v1
kind: Service
metadata:
  name: from-editor
spec:
  selector:
    app: from-editor
  ports:
    - port: ${port}
`;

/** Accepts the list that a command shows, as Enter does, until the command has ended. */
const accepting = (work: Thenable<unknown>): Promise<void> =>
  pressing('workbench.action.acceptSelectedQuickOpenItem', work);

describe('a policy from what checks found reachable', () => {
  afterEach(closeEverything);

  it('is made beside the workload, and lints clean', async () => {
    const { cluster: tree } = await testApi();
    await vscode.commands.executeCommand('podNetwork.cluster.focus');
    const { label: pod } = await rowAt(tree, 'Pods', /^mydeployments-/);
    await vscode.commands.executeCommand('podNetwork.testPodToPod', {
      from: 'pod/default/testpod1',
      to: `pod/default/${pod}:80`,
    });
    const document = await vscode.workspace.openTextDocument(workspaceUri('deployment.yaml'));
    await vscode.window.showTextDocument(document);
    const { Refactor } = vscode.CodeActionKind;
    const actions = await actionsAt(document, rangeOf(document, 'kind: Deployment'), Refactor);
    const before = document.getText();
    await run(actions.find(({ title }) => title.startsWith('Create NetworkPolicy from what was observed')));
    const added = document.getText().slice(before.length);
    assert.match(
      added,
      /^---\n# From \d+ connections? that checks in context \S+ found reachable, and DNS\./,
    );
    assert.match(added, /\nkind: NetworkPolicy\n[^]*podSelector:\n {4}matchLabels:\n {6}name: deployment\n/);
    assert.match(added, /\n {2}ingress:\n {4}- from:\n[^]*protocol: TCP\n {10}port: 80\n/);
    await expectFindings(document.uri, []);
  });
});

describe('applying from the editor', () => {
  let tree: TestTree;

  before(async () => {
    tree = (await testApi()).cluster;
    await vscode.commands.executeCommand('podNetwork.cluster.focus');
  });
  afterEach(closeEverything);
  after(() => callLab('DELETE', '/api/v1/namespaces/default/services/from-editor'));

  it('tries, shows, asks, applies, and the cluster view has the object', async () => {
    const document = await openYaml(service('80'));
    const shown: string[] = [];
    const tabs = vscode.window.tabGroups.onDidChangeTabs(({ opened }) =>
      shown.push(...opened.map(({ label }) => label)),
    );
    await accepting(vscode.commands.executeCommand('podNetwork.applyDocument', document.uri, 0));
    tabs.dispose();
    assert.ok(
      shown.some((label) => /^Service default\/from-editor: in \S+ ↔ as applied$/.test(label)),
      shown.join(),
    );
    const row = await eventually(tree, () =>
      rowAt(tree, 'Services', 'ClusterIP', 'from-editor').catch(() => undefined),
    );
    assert.equal(row.label, 'from-editor');
  });

  it('marks the field that the server refuses, and clears it when the text changes', async () => {
    const document = await openYaml(service('80\n      nodePort: 99'));
    const refusals = (): readonly vscode.Diagnostic[] =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Pod Network (server)');
    await vscode.commands.executeCommand('podNetwork.applyDocument', document.uri, 0);
    assert.deepEqual(
      refusals().map(({ range }) => document.getText(range)),
      ['99'],
    );
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# changed\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.deepEqual(refusals(), []);
  });

  it('says of endpoints and pods in the cluster while it is connected', async () => {
    const text = `apiVersion: v1\nkind: Service\nmetadata:\n  name: from-editor\nspec:\n  ports: []\n`;
    const document = await openYaml(text);
    const titles = async (): Promise<readonly string[]> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        50,
      );
      return lenses.map(({ command }) => command?.title ?? '');
    };
    const found = await eventually(tree, async () => {
      const all = await titles();
      return all.find((title) => title.includes('endpoints ready in'));
    });
    assert.match(found, /^0 of 0 endpoints ready in \S/);
    assert.ok((await titles()).includes('Explain'));
  });
});
