import path from 'node:path';
import { flag, isRecord, list, record, text, type Json } from '../../model/json.ts';
import type { ExecPlugin, Impersonation } from './types.ts';

/** Reads a user's `exec`. A command with a slash is relative to the kubeconfig's folder, as in client-go. */
export function readExecPlugin(value: unknown, folder: string): ExecPlugin | undefined {
  if (!isRecord(value)) return undefined;
  const command = text(value.command);
  const mode = value.interactiveMode;
  return {
    command: /[\\/]/.test(command) ? path.resolve(folder, command) : command,
    args: list(value.args).map(text),
    env: list(value.env)
      .map(record)
      .map((entry) => ({ name: text(entry.name), value: text(entry.value) })),
    apiVersion: text(value.apiVersion),
    installHint: text(value.installHint),
    provideClusterInfo: flag(value.provideClusterInfo),
    interactiveMode: mode === 'Never' || mode === 'Always' ? mode : 'IfAvailable',
  };
}

/** Reads a user's `as`, `as-uid`, `as-groups` and `as-user-extra`. */
export function readImpersonation(user: Json): Impersonation | undefined {
  const impersonation: Impersonation = {
    user: text(user.as),
    uid: text(user['as-uid']),
    groups: list(user['as-groups']).map(text).filter(Boolean),
    extra: new Map(
      Object.entries(record(user['as-user-extra'])).map(([key, values]) => [key, list(values).map(text)]),
    ),
  };
  const { user: name, uid, groups, extra } = impersonation;
  return name === '' && uid === '' && groups.length === 0 && extra.size === 0 ? undefined : impersonation;
}
