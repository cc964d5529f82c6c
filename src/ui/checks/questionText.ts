import * as vscode from 'vscode';
import { oneLine } from '../../base/hostileText.ts';
import type { CheckQuestion } from './checkEntry.ts';

/** `testipod → testpod1:80`; with namespaces where they differ. */
export function questionText({ from, target, targetPod, volume }: CheckQuestion): string {
  const outside = from === 'outside';
  const crosses = targetPod !== undefined && !outside && targetPod.namespace !== from.namespace;
  const source = outside
    ? vscode.l10n.t('this machine')
    : `${crosses ? `${from.namespace}/` : ''}${from.pod}`;
  if (volume !== undefined) return oneLine(`${volume.split('/').at(-1) ?? ''} → ${source} ${target.host}`);
  if (target.scheme === 'dns') return oneLine(`${source} → ${target.ref}`);
  if (target.ref.startsWith('svc/') || target.ref.startsWith('node/')) {
    return oneLine(`${source} → ${shortRef(target.ref)} (${target.host})`);
  }
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const name =
    targetPod === undefined ? host : `${crosses ? `${targetPod.namespace}/` : ''}${targetPod.name}`;
  return oneLine(`${source} → ${name}:${target.port}`);
}

/** `svc/default/web:80` as `web:80`. */
function shortRef(ref: string): string {
  return ref.replace(/^(?:svc\/[^/]+|node)\//, '');
}
