import { readFile } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http';
import type https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { ExplainedError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ResolvedContext, UserEntry } from '../kubeconfig/types.ts';
import type { TlsOptions } from '../transport/agent.ts';
import { systemAuthorities } from '../transport/authorities.ts';
import type { ExecCredential } from './execPlugin.ts';

/** What every request to a cluster carries. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly tls: TlsOptions;
}

/** The library's view of one context: certificates and plain tokens. */
export async function libraryConfig({ cluster, user }: ResolvedContext): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const config = new KubeConfig();
  config.loadFromOptions({
    // The agent it makes is not used: server and proxy are ours to handle, and it refuses plain http.
    clusters: [
      { ...cluster.cluster, name: 'cluster', server: 'https://unused.invalid', proxyUrl: undefined },
    ],
    // Without a user it would ignore the certificate authority. Plugins and providers are ours, too: it would put
    // what the kubeconfig says into a shell.
    users: [{ ...user?.user, name: 'user', exec: undefined, authProvider: undefined }],
    contexts: [{ name: 'context', cluster: 'cluster', user: 'user' }],
    currentContext: 'context',
  });
  return config;
}

/**
 * Gathers headers and TLS options.
 * @throws ExplainedError `credentials-unreadable`, `sign-in-failed`
 */
export async function gatherCredentials(
  { context, cluster, user }: ResolvedContext,
  library: KubeConfig,
  plugin: ExecCredential | undefined,
  idToken: string | undefined,
): Promise<Credentials> {
  const options: https.RequestOptions = {};
  try {
    await library.applyToHTTPSOptions(options);
  } catch (error) {
    throw unreadable(context.file, context.user, error);
  }
  const headers: Record<string, string | readonly string[]> = {};
  // The library sets an object, never an array.
  const given = (options.headers ?? {}) as OutgoingHttpHeaders;
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value : String(value);
  }
  if (typeof options.auth === 'string') {
    headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  }
  const token = plugin?.token ?? idToken ?? (await tokenFromFile(context.file, user));
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  Object.assign(headers, impersonationHeaders(user));
  const { cert, key, pfx, passphrase, rejectUnauthorized, servername } = options;
  const ca = options.ca ?? (needsAuthorities(cluster) ? systemAuthorities() : undefined);
  const tls: TlsOptions = {
    ca,
    cert: plugin?.certificate ?? cert,
    key: plugin?.key ?? key,
    pfx,
    passphrase,
    // Left out rather than undefined, which would override Node's own defaults.
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
    ...(servername !== undefined && { servername }),
  };
  return { headers, tls };
}

function needsAuthorities({ cluster }: ResolvedContext['cluster']): boolean {
  return cluster.server.startsWith('https:') && !cluster.skipTLSVerify;
}

/** Whether anything of the credentials stands in files, which may be rotated under us. */
export function readsFiles({ cluster, user }: ResolvedContext): boolean {
  const { caFile } = cluster.cluster;
  const { certFile, keyFile } = user?.user ?? {};
  return [caFile, certFile, keyFile, user?.tokenFile].some(Boolean);
}

async function tokenFromFile(kubeconfig: string, user: UserEntry | undefined): Promise<string | undefined> {
  if (user?.tokenFile === undefined) return undefined;
  try {
    return (await readFile(user.tokenFile, 'utf8')).trim();
  } catch (error) {
    throw unreadable(kubeconfig, user.user.name, error);
  }
}

/** The library knows only `as`; groups, uid and extra are Kubernetes' Impersonate headers too. */
function impersonationHeaders(user: UserEntry | undefined): Record<string, string | readonly string[]> {
  const impersonate = user?.impersonate;
  if (impersonate === undefined) return {};
  const headers: Record<string, string | readonly string[]> = {};
  if (impersonate.user !== '') headers['impersonate-user'] = impersonate.user;
  if (impersonate.uid !== '') headers['impersonate-uid'] = impersonate.uid;
  if (impersonate.groups.length > 0) headers['impersonate-group'] = impersonate.groups;
  for (const [key, values] of impersonate.extra) {
    headers[`impersonate-extra-${encodeURIComponent(key)}`] = values;
  }
  return headers;
}

function unreadable(file: string, user: string, cause: unknown): ExplainedError {
  const isFile = cause instanceof Error && 'syscall' in cause;
  return new ExplainedError(
    isFile ? 'credentials-unreadable' : 'sign-in-failed',
    t('The credentials of the user "{0}" in {1} cannot be used: {2}', user, file, messageOf(cause)),
    {
      remedy: isFile
        ? t('Correct the path in the kubeconfig, or put the file back.')
        : t('Sign in again the way this cluster asks for, then try again.'),
      cause,
    },
  );
}
