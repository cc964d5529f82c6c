import { oneLine } from '../../base/hostileText.ts';
import type { CheckQuestion } from './checkEntry.ts';

/** `testipod → testpod1:80`; with namespaces where they differ. */
export function questionText({ from, target, targetPod }: CheckQuestion): string {
  const crosses = targetPod !== undefined && targetPod.namespace !== from.namespace;
  const source = `${crosses ? `${from.namespace}/` : ''}${from.pod}`;
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  const name =
    targetPod === undefined ? host : `${crosses ? `${targetPod.namespace}/` : ''}${targetPod.name}`;
  return oneLine(`${source} → ${name}:${target.port}`);
}
