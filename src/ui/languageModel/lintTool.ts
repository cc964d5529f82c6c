import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { parse } from '../../manifest/parse.ts';
import { lint } from '../../rules/index.ts';
import { plainFinding } from '../../rules/plainFinding.ts';
import { optionalText, type Tool } from './tool.ts';

const mostFindings = 100;

/** `podnet_lint`: what is wrong with a manifest, given as a file of the workspace or as text. */
export function lintTool(): Tool {
  return {
    name: 'podnet_lint',
    saying: (input) =>
      vscode.l10n.t('Checking {0}', optionalText(input, 'file') ?? vscode.l10n.t('a manifest')),
    run: async (input) => {
      const name = optionalText(input, 'file');
      const text = optionalText(input, 'content') ?? (name === undefined ? undefined : await textOf(name));
      if (text === undefined) {
        throw new ExplainedError('bad-input', vscode.l10n.t('Neither "file" nor "content" is given'));
      }
      const file = parse(text, { file: name ?? 'manifest.yaml' });
      const findings = lint(file, { file: file.file, knowledge: { objects: [], complete: false } });
      return {
        file: file.file,
        kind: file.kind,
        // Lines and characters count from 0, as in podnet lint -o json.
        findings: findings.slice(0, mostFindings).map(plainFinding),
        ...(findings.length > mostFindings && { more: findings.length - mostFindings }),
      };
    },
  };
}

/** The text of a file inside the workspace, as it is on the screen. @throws ExplainedError for any other file. */
async function textOf(name: string): Promise<string> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const { uri } of folders) {
    const inside = name.startsWith('/') ? uri.with({ path: name }) : vscode.Uri.joinPath(uri, name);
    const path = inside.path.split('/');
    if (path.includes('..') || !inside.path.startsWith(`${uri.path.replace(/\/$/, '')}/`)) continue;
    try {
      return (await vscode.workspace.openTextDocument(inside)).getText();
    } catch (error) {
      throw new ExplainedError('no-file', vscode.l10n.t('{0} cannot be read', name), { cause: error });
    }
  }
  throw new ExplainedError('outside-workspace', vscode.l10n.t('{0} is not in the workspace', name), {
    remedy: vscode.l10n.t('Give the text as "content" instead.'),
  });
}
