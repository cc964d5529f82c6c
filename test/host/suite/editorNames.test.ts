import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askUntil, closeEverything, openYaml, rangeOf, rangeText, workspaceUri } from './editorTools.ts';

const service = `apiVersion: v1
kind: Service
metadata:
  name: names
spec:
  selector:
    name: deployment
  ports:
    - port: 80
      targetPort: 80
`;

async function completions(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<readonly string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return list.items
    .filter(
      ({ kind }) => kind === vscode.CompletionItemKind.Reference || kind === vscode.CompletionItemKind.Value,
    )
    .map(({ label }) => (typeof label === 'string' ? label : `${label.label} (${label.description ?? ''})`));
}

/** While a cluster is connected, the pods that the Deployment made there count as well. */
const madeBy = String.raw`\(Deployment mydeployments( and \d+ more)?\)`;

describe('names that exist in the workspace', () => {
  afterEach(closeEverything);

  it('complete a selector with the labels of pods in other files', async () => {
    const document = await openYaml(service.replace('    name: deployment\n', '    \n'));
    const at = rangeOf(document, '  selector:\n    ').end;
    const offered = await askUntil(
      () => completions(document, at),
      (answer) => answer.length > 0,
    );
    assert.equal(offered.length, 1);
    assert.match(offered[0] ?? '', new RegExp(`^name: deployment ${madeBy}$`));
  });

  it('complete a target port with the ports of the selected pods', async () => {
    const document = await openYaml(service.replace('targetPort: 80', 'targetPort: '));
    const offered = await askUntil(
      () => completions(document, rangeOf(document, 'targetPort: ').end),
      (answer) => answer.length > 0,
    );
    assert.equal(offered.length, 1);
    assert.match(offered[0] ?? '', new RegExp(`^80 ${madeBy}$`));
  });

  it('say in a hover which pods a selector selects', async () => {
    const document = await openYaml(service);
    const hovers = await askUntil(
      () =>
        vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          document.uri,
          rangeOf(document, 'selector').start,
        ),
      (answer) => answer.length > 0,
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((part) => (part instanceof vscode.MarkdownString ? part.value : ''));
    assert.match(
      text.join('\n'),
      /Selects these pods .*:\n\n- Deployment mydeployments — \[deployment\\\.yaml:4\]/,
    );
  });

  it('lead from a selector to the label in another file', async () => {
    const document = await openYaml(service);
    const links = await askUntil(
      () =>
        vscode.commands.executeCommand<vscode.LocationLink[]>(
          'vscode.executeDefinitionProvider',
          document.uri,
          rangeOf(document, 'deployment').start,
        ),
      (answer) => answer.length > 0,
    );
    const [link] = links;
    assert.ok(link);
    assert.equal(links.length, 1);
    assert.equal(link.targetUri.toString(), workspaceUri('deployment.yaml').toString());
    const target = await vscode.workspace.openTextDocument(link.targetUri);
    assert.equal(target.getText(link.targetRange), 'deployment');
    assert.match(target.lineAt(link.targetRange.start.line - 1).text, /^ {6}labels:$/);
  });

  it('make an outline: objects, containers, ports, mounts, volumes', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceUri('shared-volume.yaml'));
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const lines = (list: readonly vscode.DocumentSymbol[], indent = ''): readonly string[] =>
      list.flatMap(({ name, detail, children }) => [
        `${indent}${name} (${detail})`,
        ...lines(children, `${indent}  `),
      ]);
    assert.deepEqual(lines(symbols), [
      'myvolemptydir (Pod)',
      '  c1 (container)',
      '    /tmp/xchange (mount of xchange)',
      '  c2 (container)',
      '    /tmp/data (mount of xchange)',
      '  xchange (volume: emptyDir)',
    ]);
    assert.equal(rangeText(symbols[0]?.selectionRange ?? new vscode.Range(0, 0, 0, 0)), '3:8-3:21');
  });
});
