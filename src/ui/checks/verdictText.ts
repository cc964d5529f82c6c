import * as vscode from 'vscode';
import { milliseconds } from '../../probe/report.ts';
import type { CheckRecord, Verdict } from '../../probe/check.ts';

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
