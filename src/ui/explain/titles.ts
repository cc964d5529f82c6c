import * as vscode from 'vscode';
import type { Question } from './question.ts';

/** `web → api:80`, for a tab. */
export function titleOf({ from, to }: Pick<Question, 'from' | 'to'>): string {
  return `${shortRef(from)} → ${shortRef(to)}`;
}

/** `web`, where the namespace and container are told elsewhere. */
export function shortRef(ref: string): string {
  const named = /^(?:pod|svc)\/[^/]+\/([^:]+)(?::(.+))?$/.exec(ref);
  if (named === null) return ref === 'outside' ? vscode.l10n.t('a client outside the cluster') : ref;
  const [, name = ref, suffix] = named;
  const isPort = suffix !== undefined && ref.startsWith('svc/') ? true : /^\d+$/.test(suffix ?? '');
  return isPort ? `${name}:${suffix ?? ''}` : name;
}
