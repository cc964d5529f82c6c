import * as vscode from 'vscode';
import { oneLine } from '../../base/hostileText.ts';
import type { MatrixEnd } from '../panels/protocol/matrix.ts';

/** A source as a row's header: its pod, its container, its namespace. */
export function sourceEnd(ref: string): MatrixEnd {
  const [, group, name, container] = /^pod\/([^/]+)\/([^/:]+)(?::(.+))?$/.exec(ref) ?? [];
  if (group === undefined || name === undefined) return plain(ref);
  return { ref, name: oneLine(name), detail: oneLine(container ?? ''), group: oneLine(group) };
}

/** A target as a column's header: its name and port, its kind, its namespace. */
export function targetEnd(ref: string): MatrixEnd {
  const [, kind, group, name] = /^(pod|svc)\/([^/]+)\/(.+)$/.exec(ref) ?? [];
  if (group === undefined || name === undefined) return plain(ref);
  const detail = kind === 'svc' ? vscode.l10n.t('service') : vscode.l10n.t('pod');
  return { ref, name: oneLine(name), detail, group: oneLine(group) };
}

function plain(ref: string): MatrixEnd {
  return { ref, name: oneLine(ref), detail: '', group: '' };
}
