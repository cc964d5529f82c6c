import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { suiteEnvironment } from '../inside/environment.ts';

/** How long anything in the editor may take, in milliseconds: far more than it does, so that no test is timed. */
const patience = 20_000;

export function workspaceUri(name: string): vscode.Uri {
  return vscode.Uri.file(path.join(suiteEnvironment().workspace, name));
}

/** Writes a file as another program would, without the editor. */
export async function writeFile(name: string, text: string): Promise<vscode.Uri> {
  const uri = workspaceUri(name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

let untitled = 0;

/**
 * Opens a YAML text in an editor: a new untitled document, or a file of the workspace that is written first.
 * Untitled documents get a name of their own: VS Code may give one the text of another that had its name.
 */
export async function openYaml(content: string, name?: string): Promise<vscode.TextDocument> {
  if (name !== undefined)
    return show(await vscode.workspace.openTextDocument(await writeFile(name, content)));
  const uri = workspaceUri(`untitled-${(untitled += 1)}.yaml`).with({ scheme: 'untitled' });
  const document = await show(await vscode.workspace.openTextDocument(uri));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), content);
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.equal(document.getText(), content);
  return document;
}

async function show(document: vscode.TextDocument): Promise<vscode.TextDocument> {
  await vscode.window.showTextDocument(document);
  return document;
}

/** Closes all editors and drops their changes. */
export async function closeEverything(): Promise<void> {
  for (let open = vscode.window.activeTextEditor; open; open = vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const isGone = (): boolean => vscode.workspace.textDocuments.every(({ isUntitled }) => !isUntitled);
  await until(isGone, vscode.workspace.onDidCloseTextDocument);
}

/** Our findings for a document as `code line:character-line:character`, counted from 0, in the text's order. */
export function findings(uri: vscode.Uri): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.source === 'Pod Network')
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map((diagnostic) => `${codeOf(diagnostic)} ${rangeText(diagnostic.range)}`);
}

export function codeOf(diagnostic: vscode.Diagnostic): string {
  assert.ok(typeof diagnostic.code === 'object', 'a finding has a code with a link');
  return String(diagnostic.code.value);
}

export function rangeText({ start, end }: vscode.Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

/** Waits until a document's findings are these; fails with the difference. */
export async function expectFindings(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
  await until(
    () => JSON.stringify(findings(uri)) === JSON.stringify(expected),
    vscode.languages.onDidChangeDiagnostics,
  ).catch(() => assert.deepEqual(findings(uri), expected));
  assert.deepEqual(findings(uri), expected);
}

/** Waits until something holds, looking again at each event. */
async function until(holds: () => boolean, event: vscode.Event<unknown>): Promise<void> {
  if (holds()) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error('It did not come about'));
    }, patience);
    const subscription = event(() => {
      if (!holds()) return;
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    });
  });
}

/** The code actions at a place of a document. */
export async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind = vscode.CodeActionKind.QuickFix,
): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    kind.value,
  );
}

/** Runs a code action as a click on it would. */
export async function run(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action, 'the action is offered');
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit));
  const { command } = action;
  if (command)
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}

/** Where a part of a document's text stands first. */
export function rangeOf(document: vscode.TextDocument, part: string): vscode.Range {
  const at = document.getText().indexOf(part);
  assert.notEqual(at, -1, `the text has "${part}"`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + part.length));
}

/** Asks again until an answer is enough, or for as long as anything may take: the caller says what is wrong with it. */
export async function askUntil<T>(ask: () => Thenable<T>, isEnough: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer) || Date.now() > deadline) return answer;
    await pause();
  }
}

/** Runs a command of VS Code again and again, as a key that is pressed, until the work that asks for it has ended. */
export async function pressing(command: string, work: Thenable<unknown>): Promise<void> {
  const state = { isOver: false };
  const over = (): void => {
    state.isOver = true;
  };
  work.then(over, over);
  while (!state.isOver) {
    await vscode.commands.executeCommand(command);
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100));
}
