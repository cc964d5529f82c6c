import * as vscode from 'vscode';
import { milliseconds } from '../../probe/report.ts';
import type { CheckRecord, Verdict, Way } from '../../probe/check.ts';

function verdictText(verdict: Verdict): string {
  switch (verdict) {
    case 'reachable':
      return vscode.l10n.t('reachable');
    case 'refused':
      return vscode.l10n.t('refused');
    case 'timeout':
      return vscode.l10n.t('timed out');
    case 'dns-failed':
      return vscode.l10n.t('DNS failed');
    case 'reset':
      return vscode.l10n.t('reset');
    case 'tls-failed':
      return vscode.l10n.t('TLS failed');
    case 'no-answer':
      return vscode.l10n.t('no answer');
    case 'inconclusive':
      return vscode.l10n.t('inconclusive');
  }
}

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

/** `reachable · HTTP 200 · 12 ms`. */
export function outcomeText({ verdict, httpStatus, timingsMs }: CheckRecord): string {
  return [
    verdictText(verdict),
    httpStatus === null ? '' : `HTTP ${httpStatus}`,
    timingsMs.total === null ? '' : milliseconds(timingsMs.total),
  ]
    .filter(Boolean)
    .join(' · ');
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
