import * as vscode from 'vscode';
import { CancelledError } from '../../../base/cancellation.ts';
import { ExplainedError } from '../../../base/errors.ts';
import type { Disposable } from '../../../base/event.ts';
import { oneLine } from '../../../base/hostileText.ts';
import { repairText, type Repair } from '../../../manifest/repair/repair.ts';
import { pick } from '../../host/pickOne.ts';
import { closeTabs } from '../apply/objectTexts.ts';
import { RepairPreviews } from './previews.ts';
import { smallestEdit } from './smallestEdit.ts';

/** The command "Repair Manifest": shows what would change, and applies it as one edit that can be undone. */
export class RepairCommand implements Disposable {
  readonly #previews = new RepairPreviews();

  dispose(): void {
    this.#previews.dispose();
  }

  /** @param uri the document's; without it the active editor's. */
  async run(uri: unknown): Promise<void> {
    const document = await documentOf(uri);
    const { version } = document;
    const done = repairText(document.getText(), { file: document.uri.path });
    if (done.status === 'unreadable') {
      throw new ExplainedError(
        'not-repairable',
        vscode.l10n.t('The manifest was not repaired. {0}', done.reason ?? ''),
      );
    }
    if (done.text === document.getText()) {
      tellUnchanged(done);
      return;
    }
    const tabs = new Set<string>();
    try {
      const text = await this.#confirm(document, done, tabs);
      if (document.version !== version) {
        throw new ExplainedError(
          'document-changed',
          vscode.l10n.t('The document was changed in the meantime, so nothing was repaired.'),
          { remedy: vscode.l10n.t('Repair it again.') },
        );
      }
      await apply(document, text);
    } finally {
      await closeTabs(tabs);
    }
  }

  /** Shows the repaired text until it, or another reading of the damaged text, is taken. */
  async #confirm(document: vscode.TextDocument, done: Repair, tabs: Set<string>): Promise<string> {
    const take = vscode.l10n.t('Repair');
    const others = vscode.l10n.t('Other Readings…');
    let text = done.text;
    for (;;) {
      tabs.add(await this.#previews.compare(document, text));
      const buttons = done.alternatives.length > 0 ? [take, others] : [take];
      const answer = await vscode.window.showInformationMessage(summary(done), ...buttons);
      if (answer === take) return text;
      if (answer !== others) throw new CancelledError();
      text = await pickReading(done);
    }
  }
}

async function documentOf(uri: unknown): Promise<vscode.TextDocument> {
  if (uri instanceof vscode.Uri) return vscode.workspace.openTextDocument(uri);
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined) return document;
  throw new ExplainedError('no-document', vscode.l10n.t('No document is open.'), {
    remedy: vscode.l10n.t('Open the manifest, and repair it then.'),
  });
}

function tellUnchanged(done: Repair): void {
  const [left] = [...done.unplaced, ...done.notes];
  if (left === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The manifest is sound; there is nothing to repair.'),
    );
  } else {
    const message = vscode.l10n.t(
      'Nothing was repaired. Line {0}: {1}',
      left.line + 1,
      oneLine(left.message, 400),
    );
    void vscode.window.showWarningMessage(message);
  }
}

function summary({ changes, notes, unplaced, alternatives }: Repair): string {
  const parts = [vscode.l10n.t('Repair this manifest as shown?')];
  const [lost] = unplaced;
  if (lost)
    parts.push(
      vscode.l10n.t('Kept as comments: {0}. Line {1}: {2}', unplaced.length, lost.line + 1, lost.message),
    );
  const [note] = notes;
  if (note) parts.push(vscode.l10n.t('Please check line {0}: {1}', note.line + 1, note.message));
  if (alternatives.length > 0) parts.push(vscode.l10n.t('The text can be read in other ways, too.'));
  const [change] = changes;
  if (change && parts.length === 1) parts.push(change.message);
  return oneLine(parts.join(' '), 700);
}

async function pickReading(done: Repair): Promise<string> {
  const smallest = {
    label: vscode.l10n.t('The smallest change'),
    description: vscode.l10n.t('as first shown'),
    value: done.text,
  };
  const others = done.alternatives.map(({ title, text }) => ({ label: oneLine(title, 200), value: text }));
  return pick({
    title: vscode.l10n.t('Repair Manifest'),
    placeholder: vscode.l10n.t('How is the text to be read?'),
    nothing: vscode.l10n.t('There is no other reading'),
    load: () => Promise.resolve([smallest, ...others]),
  });
}

async function apply(document: vscode.TextDocument, text: string): Promise<void> {
  const { start, end, newText } = smallestEdit(document.getText(), text);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  edit.replace(document.uri, range, newText);
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new ExplainedError('not-applied', vscode.l10n.t('The document could not be changed.'), {
      remedy: vscode.l10n.t('Is it read-only?'),
    });
  }
  await vscode.window.showTextDocument(document);
}
