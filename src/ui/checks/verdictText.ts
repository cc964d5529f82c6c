import * as vscode from 'vscode';
import type { Verdict } from '../../probe/check.ts';

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
