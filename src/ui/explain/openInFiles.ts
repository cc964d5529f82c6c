import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import { workspaceObjects } from './workspaceObjects.ts';

/** Where a field of a pod stands in what makes the pod. */
const templates = [[], ['spec', 'template'], ['spec', 'jobTemplate', 'spec', 'template']];

/**
 * Shows an object of the workspace's files beside the report, with the field that was evidence selected.
 * @param ref as evidence has it; a workload's pod is named as the workload. @param path such as `spec.ingress[0]`.
 * @throws ExplainedError where no file has it any more; CancelledError.
 */
export async function openInFiles(ref: string, path: string | undefined, signal: AbortSignal): Promise<void> {
  const { objects } = await workspaceObjects(signal);
  const found = objects.find(({ object }) => isNamed(object, ref));
  if (found === undefined) {
    throw new ExplainedError('gone', vscode.l10n.t('No file of the workspace has {0}', ref), {
      remedy: vscode.l10n.t('Run the report again.'),
    });
  }
  const { uri, object } = found;
  const node = templates
    .map((template) => object.at([...template, ...partsOf(path)]))
    .find((each) => each !== undefined);
  const { start, end } = object.rangeOf(node ?? object.root);
  const place = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(uri, {
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
    selection: node === undefined ? new vscode.Range(place.start, place.start) : place,
  });
}

function isNamed({ kind, namespace = 'default', name }: ManifestObject, ref: string): boolean {
  const [what = '', ...names] = ref.split('/');
  const [inNamespace, called = ''] = names.length === 1 ? [undefined, ...names] : names;
  if (name !== called.split(':')[0]) return false;
  if (inNamespace !== undefined && inNamespace !== namespace) return false;
  if (what === 'svc') return kind === 'Service';
  return kind.toLowerCase() === what || (what === 'pod' && makesPods.has(kind));
}

const makesPods: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);

/** `spec.containers[0].ports` → spec, containers, 0, ports. */
function partsOf(path: string | undefined): readonly (string | number)[] {
  return (path ?? '')
    .replaceAll('[*]', '[0]')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
