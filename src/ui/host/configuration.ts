import * as vscode from 'vscode';
import type { NamespaceScope } from '../../model/connection.ts';
import { defaultProbeImage } from '../../probe/standIn/proposal.ts';
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
    // Names beside the star are read where not all may be.
    const named = names.filter((name) => name !== '*');
    if (named.length < names.length) return { is: 'all', ...(named.length > 0 && { otherwise: named }) };
    return names.length === 0 ? undefined : { is: 'only', namespaces: names };
  },
  connectTimeoutSeconds(): number {
    return wholeNumber(settings.connectTimeout, 1, 60, 3);
  },
  timeoutSeconds(): number {
    return wholeNumber(settings.timeout, 1, 120, 5);
  },
  logLines(): number {
    return wholeNumber(settings.logLines, 1, 100_000, 500);
  },
  logTimestamps(): boolean {
    return vscode.workspace.getConfiguration(section).get<unknown>(settings.logTimestamps) === true;
  },
  /** The image of what stands in for a container without tools. */
  probeImage(): string {
    return text(settings.probeImage) || defaultProbeImage;
  },
  historySize(): number {
    return wholeNumber(settings.historySize, 1, 1000, 100);
  },
  /** VS Code's own proxy settings, for whatever has none of its own; undefined: they are switched off. */
  proxy(): { readonly proxy: string; readonly noProxy: readonly string[] } | undefined {
    const http = vscode.workspace.getConfiguration('http');
    if (http.get('proxySupport') === 'off') return undefined;
    const proxy: unknown = http.get('proxy');
    const noProxy: unknown = http.get('noProxy');
    return {
      proxy: typeof proxy === 'string' ? proxy : '',
      noProxy: Array.isArray(noProxy) ? noProxy.filter((name) => typeof name === 'string') : [],
    };
  },
  /** Whether a change touches which cluster is shown, or the way to it. */
  concernsConnection(change: vscode.ConfigurationChangeEvent): boolean {
    const own = [settings.kubeconfig, settings.context, settings.namespaces].map(
      (name) => `${section}.${name}`,
    );
    const proxy = ['proxy', 'noProxy', 'proxySupport'].map((name) => `http.${name}`);
    return [...own, ...proxy].some((name) => change.affectsConfiguration(name));
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
