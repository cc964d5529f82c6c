import * as vscode from 'vscode';
import type { NamespaceScope } from '../../model/connection.ts';
import { settings } from './ids.ts';

const section = 'podNetwork';

/** The settings as this window has them; read when asked, so never out of date. */
export const configuration = {
  /** undefined: where kubectl looks. A leading `~` is the home folder. */
  kubeconfig(): string | undefined {
    return nonEmpty(text(settings.kubeconfig));
  },
  /** undefined: the kubeconfig's current context. */
  context(): string | undefined {
    return nonEmpty(text(settings.context));
  },
  /** undefined: the context's own namespace. */
  namespaces(): NamespaceScope | undefined {
    const value: unknown = vscode.workspace.getConfiguration(section).get(settings.namespaces);
    const names = Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
    if (names.includes('*')) return { is: 'all' };
    return names.length === 0 ? undefined : { is: 'only', namespaces: names };
  },
  connectTimeoutSeconds(): number {
    return wholeNumber(settings.connectTimeout, 1, 60, 3);
  },
  timeoutSeconds(): number {
    return wholeNumber(settings.timeout, 1, 120, 5);
  },
  historySize(): number {
    return wholeNumber(settings.historySize, 1, 1000, 100);
  },
  /** Whether a change touches which cluster is shown. */
  concernsConnection(change: vscode.ConfigurationChangeEvent): boolean {
    return [settings.kubeconfig, settings.context, settings.namespaces].some((name) =>
      change.affectsConfiguration(`${section}.${name}`),
    );
  },
};

function text(name: string): string {
  const value: unknown = vscode.workspace.getConfiguration(section).get(name);
  return typeof value === 'string' ? value.trim() : '';
}

function nonEmpty(value: string): string | undefined {
  return value === '' ? undefined : value;
}

/** What the settings editor would refuse can still stand in settings.json. */
function wholeNumber(name: string, least: number, most: number, otherwise: number): number {
  const value: unknown = vscode.workspace.getConfiguration(section).get(name);
  if (typeof value !== 'number' || !Number.isFinite(value)) return otherwise;
  return Math.min(most, Math.max(least, Math.round(value)));
}
