import * as vscode from 'vscode';
import { ExplainedError, isCancellation } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { AccessReviews, Action, Permission } from '../../model/requests.ts';

/** A server that is slow to say what is allowed must not hold up what is. */
const patienceMs = 3_000;

/** What a command needs. */
export interface Need {
  /** In the API's terms, such as `get pods/log`. */
  readonly right: string;
  /** undefined: in the whole cluster. */
  readonly namespace: string | undefined;
  readonly ask: (access: AccessReviews, signal: AbortSignal) => Promise<Permission>;
}

/** The rights that commands need. */
export const needs = {
  exec: (namespace: string): Need => ({
    right: 'get, create pods/exec',
    namespace,
    ask: (access, signal) => access.canExec(namespace, signal),
  }),
  portForward: (namespace: string): Need => ({
    right: 'get, create pods/portforward',
    namespace,
    ask: (access, signal) => access.canForwardPorts(namespace, signal),
  }),
  logs: (namespace: string): Need => need({ verb: 'get', resource: 'pods', subresource: 'log', namespace }),
  /** Adding an ephemeral container. */
  debug: (namespace: string): Need =>
    need({ verb: 'patch', resource: 'pods', subresource: 'ephemeralcontainers', namespace }),
  delete: (object: Omit<Action, 'verb'>): Need => need({ verb: 'delete', ...object }),
} as const;

/** Any other right. */
export function need(action: Action): Need {
  const { verb, group = '', resource, subresource, namespace } = action;
  const what = [group === '' ? resource : `${resource}.${group}`, subresource].filter(Boolean).join('/');
  return {
    right: `${verb} ${oneLine(what, 120)}`,
    namespace,
    ask: (access, signal) => access.may(action, signal),
  };
}

/**
 * To be called before a command does or asks anything: says which right is missing. Where the server cannot say what
 * is allowed it does nothing, for the command itself will find out.
 * @throws ExplainedError `forbidden`; CancelledError.
 */
export async function mayOrExplain(
  { access }: { readonly access: AccessReviews },
  ...wanted: readonly Need[]
): Promise<void> {
  for (const { ask, right, namespace } of wanted) {
    const permission = await permissionOf(ask, access);
    if (permission === undefined || permission.allowed) continue;
    const message =
      namespace === undefined
        ? vscode.l10n.t('You lack the right "{0}" in this cluster', right)
        : vscode.l10n.t('You lack the right "{0}" in the namespace {1}', right, oneLine(namespace, 80));
    const { reason } = permission;
    throw new ExplainedError('forbidden', reason === '' ? message : `${message}: ${oneLine(reason)}`, {
      remedy: vscode.l10n.t(
        "Ask the cluster's administrator for it, or choose another context or namespace.",
      ),
    });
  }
}

/** undefined: it could not be found out, which is not a no. */
async function permissionOf(ask: Need['ask'], access: AccessReviews): Promise<Permission | undefined> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    return await ask(access, patience);
  } catch (error) {
    if (isCancellation(error) && !patience.aborted) throw error;
    return undefined;
  }
}
