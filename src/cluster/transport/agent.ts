import http from 'node:http';
import https from 'node:https';
import { createSecureContext } from 'node:tls';
import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import { TlsTunnelAgent, TunnelAgent } from './tunnel.ts';

/** How TLS is spoken with one cluster. */
export type TlsOptions = Pick<
  https.AgentOptions,
  'ca' | 'cert' | 'key' | 'pfx' | 'passphrase' | 'rejectUnauthorized' | 'servername'
>;

/**
 * The one connection pool of a cluster.
 * @param proxy an http, https or socks URL, or undefined for a direct connection
 * @throws ExplainedError `bad-proxy`
 */
export async function createAgent(
  server: URL,
  tlsOptions: TlsOptions,
  proxy: string | undefined,
): Promise<http.Agent> {
  const pool: http.AgentOptions = {
    keepAlive: true,
    keepAliveMsecs: 15_000,
    scheduling: 'lifo',
    maxFreeSockets: 16,
  };
  const secure = server.protocol === 'https:';
  const tls = secure ? { ...tlsOptions, ...sharedContext(tlsOptions) } : tlsOptions;
  if (proxy === undefined) return secure ? new https.Agent({ ...pool, ...tls }) : new http.Agent(pool);
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url !== undefined && /^socks[45]?[ah]?:$/.test(url.protocol)) {
    const { SocksProxyAgent } = await import('socks-proxy-agent');
    const agent = new SocksProxyAgent(url, { ...pool, ...tls });
    // It would guess it from who calls it, and its callers are our own.
    agent.protocol = server.protocol;
    return agent;
  }
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    // A URL that cannot be parsed may still hold a password.
    const shown = url && `${oneLine(url.protocol, 40)}//${oneLine(url.host, 200)}`;
    throw new ExplainedError(
      'bad-proxy',
      shown === undefined
        ? t('The proxy for this cluster is not an http, https or socks URL.')
        : t('The proxy for this cluster ({0}) is not an http, https or socks URL.', shown),
      {
        remedy: t('Correct proxy-url in the kubeconfig, or HTTPS_PROXY in the environment.'),
      },
    );
  }
  return secure ? new TlsTunnelAgent(url, { ...pool, ...tls }) : new TunnelAgent(url, pool);
}

/** Reading hundreds of authorities takes 50 ms: once for the pool, and not for each connection. */
function sharedContext(tls: TlsOptions): Pick<https.AgentOptions, 'secureContext'> {
  try {
    return { secureContext: createSecureContext(tls) };
  } catch {
    // A broken key or certificate: the connections say so, in words.
    return {};
  }
}

/** Lets running requests end, and closes connections as they become free. */
export function retireAgent(agent: http.Agent): void {
  agent.maxFreeSockets = 0;
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}
