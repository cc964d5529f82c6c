import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { objectNameOf } from './objectName.ts';
import { yamlOf, type ObjectDocuments } from './objectDocuments.ts';

/**
 * Shows an object beside the report, with the field that was evidence selected.
 * @param ref as evidence has it. @param path such as `spec.ingress[0].from[1]`.
 * @throws ExplainedError where it is gone or may not be read; CancelledError.
 */
export async function openObject(
  cluster: Cluster,
  documents: ObjectDocuments,
  ref: string,
  path: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const name = await objectNameOf(ref, cluster.objects, signal);
  const object = await cluster.objects.get(name, signal);
  if (object === undefined) {
    throw new ExplainedError('gone', vscode.l10n.t('There is no {0} any more', ref), {
      remedy: vscode.l10n.t('Run the report again.'),
    });
  }
  const text = await yamlOf(object);
  const document = await vscode.workspace.openTextDocument(documents.add(`${name.kind} ${name.name}`, text));
  const yaml =
    document.languageId === 'yaml'
      ? document
      : await vscode.languages.setTextDocumentLanguage(document, 'yaml');
  const range = path === undefined ? undefined : await rangeOf(text, path, document);
  await vscode.window.showTextDocument(yaml, {
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
    ...(range && { selection: range }),
  });
}

/** Where a field stands; of a path that leads too deep, the last part that is there. */
async function rangeOf(
  text: string,
  path: string,
  document: vscode.TextDocument,
): Promise<vscode.Range | undefined> {
  const { parseDocument, isMap, isSeq, isScalar } = await import('yaml');
  let node: unknown = parseDocument(text).contents;
  let found: { start: number; end: number } | undefined;
  for (const part of partsOf(path)) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? key.value : key) === part);
      if (pair === undefined) break;
      const start = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
      node = pair.value;
      const end = endOf(node);
      if (start !== undefined) found = { start, end: end ?? start };
    } else if (isSeq(node) && /^\d+$/.test(part)) {
      node = node.items[Number(part)];
      const start = startOf(node);
      if (start === undefined) break;
      found = { start, end: endOf(node) ?? start };
    } else break;
  }
  if (found === undefined) return undefined;
  return new vscode.Range(document.positionAt(found.start), document.positionAt(found.end));
}

/** `spec.containers[*].ports` → spec, containers, 0, ports. */
function partsOf(path: string): readonly string[] {
  return path
    .replaceAll('[*]', '[0]')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '');
}

function startOf(node: unknown): number | undefined {
  return rangeIn(node)?.[0];
}

function endOf(node: unknown): number | undefined {
  return rangeIn(node)?.[1];
}

function rangeIn(node: unknown): readonly number[] | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range))
    return undefined;
  return node.range.every((at) => typeof at === 'number') ? node.range : undefined;
}
