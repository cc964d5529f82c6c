import * as vscode from 'vscode';
import type { Verdict, Way } from '../../probe/check.ts';

/** A shape for each verdict, so that none is told by colour alone. */
const icons: Readonly<Record<Verdict, string>> = {
  reachable: 'pass',
  refused: 'circle-slash',
  timeout: 'watch',
  'dns-failed': 'search-stop',
  reset: 'debug-disconnect',
  'tls-failed': 'lock',
  'no-answer': 'comment-unresolved',
  inconclusive: 'question',
};

export function verdictIcon(verdict: Verdict): vscode.ThemeIcon {
  const color =
    verdict === 'reachable'
      ? 'testing.iconPassed'
      : verdict === 'inconclusive'
        ? 'list.warningForeground'
        : 'list.errorForeground';
  return new vscode.ThemeIcon(icons[verdict], new vscode.ThemeColor(color));
}

/** How far source and target are apart. */
export function wayText({ is, fromNode, toNode }: Way): string {
  switch (is) {
    case 'same-pod':
      return vscode.l10n.t('within the pod, on node {0}', fromNode);
    case 'same-node':
      return vscode.l10n.t('to another pod on the same node, {0}', fromNode);
    case 'across-nodes':
      return vscode.l10n.t('across nodes: {0} to {1}', fromNode, toNode);
  }
}
