import * as vscode from 'vscode';

/** Asks where to, and writes an SVG there. */
export async function saveDrawing(svg: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export the Map'),
    filters: { SVG: ['svg'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'pod-network-map.svg') }),
  });
  if (file === undefined) return;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(svg));
  vscode.window.setStatusBarMessage(
    `$(check) ${vscode.l10n.t('Wrote {0}', file.path.split('/').at(-1) ?? '')}`,
    5000,
  );
}
