import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeEverything,
  expectFindings,
  openYaml,
  rangeOf,
  workspaceUri,
  writeFile,
} from './editorTools.ts';

const service =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: fields\nspec:\n  selector:\n    app: fields\n  ports:\n    - port: 80\n';

async function offered(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly vscode.CompletionItem[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
    undefined,
    100,
  );
  return list.items.filter(
    ({ kind }) =>
      kind === vscode.CompletionItemKind.Property ||
      kind === vscode.CompletionItemKind.EnumMember ||
      kind === vscode.CompletionItemKind.Class,
  );
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

/** Puts an item in, as choosing it from the list does. */
async function take(document: vscode.TextDocument, item: vscode.CompletionItem): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor?.document === document && item.range instanceof vscode.Range);
  assert.ok(item.insertText instanceof vscode.SnippetString);
  assert.ok(await editor.insertSnippet(item.insertText, item.range));
}

async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((part) => (part instanceof vscode.MarkdownString ? part.value : ''))
    .join('\n');
}

describe('fields, by the schema', () => {
  afterEach(closeEverything);

  it('complete with what must stand in them, behind a dash as well', async () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: fields\nspec:\n  containers:\n    - name: c\n      image: i\n      vol\n';
    const document = await openYaml(text);
    const end = rangeOf(document, '      vol').end;
    const mounts = (await offered(document, end)).find((item) => labelOf(item) === 'volumeMounts');
    assert.ok(mounts);
    await take(document, mounts);
    assert.equal(
      document.getText(),
      text.replace('      vol\n', '      volumeMounts:\n        - name: \n          mountPath: \n'),
    );
    const dash = await openYaml(text.replace(/ {4}- name[\s\S]*$/, '    - \n'));
    const items = await offered(dash, rangeOf(dash, '    - ').end);
    assert.deepEqual(items.slice(0, 2).map(labelOf), ['name', 'image']);
    const ports = items.find((item) => labelOf(item) === 'ports');
    assert.ok(ports);
    await take(dash, ports);
    assert.match(dash.getText(), / {2}containers:\n {4}- ports:\n {8}- containerPort: \n$/);
  });

  it('offer values, the default first, and kinds with their apiVersion', async () => {
    const document = await openYaml(service.replace('spec:\n', 'spec:\n  type: \n'));
    const types = await offered(document, rangeOf(document, 'type: ').end);
    assert.deepEqual(types.map(labelOf), ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
    const empty = await openYaml('apiVersion: v1\nkind: Dep\n');
    const kinds = await offered(empty, rangeOf(empty, 'kind: Dep').end);
    const deployment = kinds.find((item) => labelOf(item) === 'Deployment');
    assert.deepEqual(
      deployment?.additionalTextEdits?.map(({ newText }) => newText),
      ['apps/v1'],
    );
  });

  it('say in a hover what they are for', async () => {
    const document = await openYaml(service);
    const text = await hoverText(document, rangeOf(document, 'port:').start);
    assert.match(text, /\*\*port\*\*/);
    assert.match(text, /whole&nbsp;number|whole number/);
    assert.match(text, /clients of the Service connect to|clients&nbsp;of&nbsp;the&nbsp;Service/);
  });

  it('are checked as the config file of the folder says', async () => {
    const uri = await writeFile('fields/.podnetrc.yaml', 'lint:\n  disabledRules: [unknown-field]\n');
    try {
      const text = service
        .replace('  selector:\n    app: fields\n', '')
        .replace('port: 80', 'port: 80\n      prot: TCP');
      const document = await openYaml(text, 'fields/service.yaml');
      await expectFindings(document.uri, []);
      await writeFile('fields/.podnetrc.yaml', 'lint:\n  disabledRules: []\n');
      await expectFindings(document.uri, ['unknown-field 7:6-7:10']);
    } finally {
      await vscode.workspace.fs.delete(workspaceUri('fields'), { recursive: true });
      assert.ok(uri);
    }
  });
});
