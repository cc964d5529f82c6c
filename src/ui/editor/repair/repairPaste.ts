import * as vscode from 'vscode';
import { repairText } from '../../../manifest/repair/repair.ts';

/** Longer texts are pasted as they are: reading them would make the user wait. */
const longest = 100_000;

/** Offers to repair a damaged manifest while it is pasted; plain pasting stays the first choice. */
export class RepairPaste implements vscode.DocumentPasteEditProvider {
  static readonly kind = vscode.DocumentDropOrPasteEditKind.Empty.append('podNetwork', 'repair');
  static readonly metadata: vscode.DocumentPasteProviderMetadata = {
    providedPasteEditKinds: [RepairPaste.kind],
    pasteMimeTypes: ['text/plain'],
  };

  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
    _context: vscode.DocumentPasteEditContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentPasteEdit[]> {
    const [range] = ranges;
    if (range === undefined || ranges.length > 1 || !startsLine(document, range)) return [];
    const text = await data.get('text/plain')?.asString();
    if (token.isCancellationRequested || text === undefined || text.length > longest) return [];
    const done = repairText(text);
    const isRepaired = done.status === 'repaired' || done.status === 'partial';
    if (!isRepaired || done.text === text) return [];
    const title = vscode.l10n.t('Paste and repair manifest');
    const edit = new vscode.DocumentPasteEdit(done.text, title, RepairPaste.kind);
    edit.yieldTo = [vscode.DocumentDropOrPasteEditKind.Text];
    return [edit];
  }
}

/** A whole manifest belongs at the margin. */
function startsLine(document: vscode.TextDocument, { start }: vscode.Range): boolean {
  return document.lineAt(start.line).text.slice(0, start.character).trim() === '';
}
