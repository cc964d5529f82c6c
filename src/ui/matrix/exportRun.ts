import * as vscode from 'vscode';
import { compareRuns } from '../../probe/matrix/compare.ts';
import { matrixCsv, matrixJson, matrixMarkdown } from '../../probe/matrix/export.ts';
import type { MatrixRun } from '../../probe/matrix/run.ts';
import { say } from '../host/say.ts';

export type ExportFormat = 'markdown' | 'csv' | 'json';

const extensions = { markdown: 'md', csv: 'csv', json: 'json' } as const;
const filterNames = { markdown: 'Markdown', csv: 'CSV', json: 'JSON' } as const;

/** The run as a text. A comparison is only in Markdown. */
export function exportText(run: MatrixRun, before: MatrixRun | undefined, format: ExportFormat): string {
  switch (format) {
    case 'markdown':
      return matrixMarkdown(run, before && compareRuns(before, run), say);
    case 'csv':
      return matrixCsv(run);
    case 'json':
      return matrixJson(run);
  }
}

/** Asks where to, and writes. Does nothing where the user turns away. */
export async function saveText(text: string, format: ExportFormat): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `matrix.${extensions[format]}`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Matrix'),
    saveLabel: vscode.l10n.t('Export'),
    filters: { [filterNames[format]]: [extensions[format]] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  vscode.window.setStatusBarMessage(
    `$(check) ${vscode.l10n.t('Saved {0}', vscode.workspace.asRelativePath(target))}`,
    3_000,
  );
}
