import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { RepairPaste } from '../../../src/ui/editor/repair/repairPaste.ts';
import { actionsAt, closeEverything, expectFindings, openYaml, pressing, rangeOf } from './editorTools.ts';

const flat = 'kind: Pod\napiVersion: v1\nmetadata:\nname: a\nspec:\ncontainers:\n- name: c\nimage: nginx:1\n';
const joined = flat.trimEnd().replaceAll('\n', ' ');
const repaired =
  'kind: Pod\napiVersion: v1\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: c\n      image: nginx:1\n';

/** Presses the first button of the question that a command asks, until the command has ended. */
const confirming = (work: Thenable<unknown>): Promise<void> =>
  pressing('notification.acceptPrimaryAction', work);

describe('Repair Manifest', () => {
  afterEach(closeEverything);

  it('is the quick fix of lost indentation, and one edit that can be undone', async () => {
    const document = await openYaml(flat);
    await expectFindings(document.uri, ['lost-indentation 3:0-3:4']);
    const actions = await actionsAt(document, rangeOf(document, 'name: a'), vscode.CodeActionKind.QuickFix);
    const action = actions.find(({ command }) => command?.command === 'podNetwork.repairManifest');
    assert.ok(action?.command);
    const { command, arguments: words = [] } = action.command;
    await confirming(vscode.commands.executeCommand(command, ...(words as unknown[])));
    assert.equal(document.getText(), repaired);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), flat);
  });

  it('is offered while a damaged manifest is pasted, behind plain pasting', async () => {
    const document = await openYaml('');
    const paste = async (text: string): Promise<readonly vscode.DocumentPasteEdit[]> => {
      const data = new vscode.DataTransfer();
      data.set('text/plain', new vscode.DataTransferItem(text));
      const { token } = new vscode.CancellationTokenSource();
      const context: vscode.DocumentPasteEditContext = {
        only: undefined,
        triggerKind: vscode.DocumentPasteTriggerKind.PasteAs,
      };
      const ranges = [new vscode.Range(0, 0, 0, 0)];
      return new RepairPaste().provideDocumentPasteEdits(document, ranges, data, context, token);
    };
    const [edit] = await paste(joined);
    assert.equal(edit?.insertText, repaired.trimEnd());
    assert.deepEqual(
      edit.yieldTo?.map(({ value }) => value),
      ['text'],
    );
    assert.deepEqual(await paste(repaired), []);
    assert.deepEqual(await paste('some text'), []);
  });
});
