import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { isRecord, record, text, type Json } from '../../model/json.ts';
import type { ObjectRequests } from '../../model/requests.ts';
import { objectNameOf } from './objectName.ts';

/** Whether a fix's YAML names the object that it makes, and is not only a part of one. */
export function isManifest(yaml: string): boolean {
  return /^apiVersion: \S/m.test(yaml) && /^kind: \S/m.test(yaml) && /^metadata:/m.test(yaml);
}

/**
 * The object to apply for a fix: what its YAML says, completed with the name of the object it is a part of.
 * @throws ExplainedError where that makes no object.
 */
export async function objectOfFix(
  yaml: string,
  object: string | undefined,
  requests: ObjectRequests,
  signal: AbortSignal,
): Promise<Json> {
  const { parse } = await import('yaml');
  const parsed: unknown = parse(yaml);
  if (!isRecord(parsed)) throw noObject();
  if (object === undefined) {
    const { name } = record(parsed.metadata);
    if (text(parsed.kind) === '' || text(parsed.apiVersion) === '' || text(name) === '') throw noObject();
    return parsed;
  }
  const { apiVersion, kind, namespace, name } = await objectNameOf(object, requests, signal);
  const metadata = { ...record(parsed.metadata), name, ...(namespace !== '' && { namespace }) };
  return { ...parsed, apiVersion, kind, metadata };
}

function noObject(): ExplainedError {
  return new ExplainedError('no-object', vscode.l10n.t('This fix does not name a whole object'), {
    remedy: vscode.l10n.t('Copy it and edit the object by hand.'),
  });
}
