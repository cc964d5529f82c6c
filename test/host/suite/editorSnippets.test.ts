import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { suiteEnvironment } from '../inside/environment.ts';
import { expandSnippet } from '../../unit/snippets/expandSnippet.ts';
import { actionsAt, closeEverything, findings, openYaml } from './editorTools.ts';

interface SnippetEntry {
  readonly prefix: string;
  readonly body: readonly string[];
}

async function readSnippets(): Promise<readonly (readonly [string, SnippetEntry])[]> {
  const file = path.join(suiteEnvironment().checkout, 'snippets/kubernetes.json');
  return Object.entries(JSON.parse(await readFile(file, 'utf8')) as Record<string, SnippetEntry>);
}

describe('snippets in the editor', () => {
  afterEach(closeEverything);

  it('come out as the unit tests expand them, and clean', async () => {
    const snippets = await readSnippets();
    assert.ok(snippets.length >= 8);
    const document = await openYaml('');
    for (const [name, { body }] of snippets) {
      await vscode.commands.executeCommand('editor.action.selectAll');
      await vscode.commands.executeCommand('editor.action.insertSnippet', { langId: 'yaml', name });
      assert.equal(document.getText(), expandSnippet(body.join('\n')).text, name);
      // Asking for actions makes the findings of this very version.
      await actionsAt(document, new vscode.Range(0, 0, 0, 0));
      assert.deepEqual(findings(document.uri), [], name);
    }
  });

  it('are offered for what a person would type', async () => {
    const typed = { pod: 'k8s-pod', 'service-nodeport': 'k8s-service-nodeport', k8s: 'k8s-ingress' };
    for (const [text, prefix] of Object.entries(typed)) {
      const document = await openYaml(text);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        document.positionAt(text.length),
      );
      const offered = list.items
        .filter(({ kind }) => kind === vscode.CompletionItemKind.Snippet)
        .map(({ label }) => (typeof label === 'string' ? label : label.label));
      assert.ok(offered.includes(prefix), `${prefix} for "${text}", not only ${offered.join(' ')}`);
      await closeEverything();
    }
  });
});
