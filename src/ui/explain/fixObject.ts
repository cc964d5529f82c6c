import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { isRecord, record, text, type Json } from '../../model/json.ts';

/** Whether a fix's YAML names the object that it makes or changes, and so can be applied. */
export function isManifest(yaml: string): boolean {
  return /^apiVersion: \S/m.test(yaml) && /^kind: \S/m.test(yaml) && /^metadata:/m.test(yaml);
}

/**
 * The object to apply for a fix: what its YAML says.
 * @throws ExplainedError where that makes no object.
 */
export async function objectOfFix(yaml: string): Promise<Json> {
  const { parse } = await import('yaml');
  const parsed: unknown = parse(yaml);
  const object = isRecord(parsed) ? parsed : {};
  const names = [object.kind, object.apiVersion, record(object.metadata).name];
  if (names.every((name) => text(name) !== '')) return object;
  throw new ExplainedError('no-object', vscode.l10n.t('This fix does not name a whole object'), {
    remedy: vscode.l10n.t('Copy it and edit the object by hand.'),
  });
}
