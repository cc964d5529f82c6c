import * as vscode from 'vscode';
import type { CheckRecord, Verdict } from '../../probe/check.ts';
import { milliseconds } from '../../probe/report.ts';
import { summaryOf } from '../../probe/summary.ts';

/** A verdict in a word or two. */
export function verdictText(verdict: Verdict): string {
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

/** The sentence that explains a verdict, in the user's language. */
export function summaryText(record: CheckRecord): string {
  const { template, args } = summaryOf(record);
  return vscode.l10n.t(template, ...args).trimEnd();
}
