import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { ExplainedError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { hostOf, portOf } from './noProxy.ts';
import { request as requestHttp } from './direct/http.ts';
import { request as requestHttps } from './direct/https.ts';

type Callback = (error: Error | null, stream: Duplex) => void;

const connectTimeoutMs = 20_000;

/** An agent for https servers behind an HTTP proxy: TLS runs inside a CONNECT tunnel. */
export class TlsTunnelAgent extends https.Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: https.AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(options: https.RequestOptions, callback?: Callback): Duplex | null | undefined {
    openTunnel(this.#proxy, options).then(
      (socket) => {
        const inside: https.RequestOptions & { socket: Duplex } = { ...options, socket };
        const secure = super.createConnection(inside);
        if (secure) callback?.(null, secure);
      },
      (error: unknown) => fail(callback, error),
    );
    return undefined;
  }
}

/** An agent for plain http servers behind an HTTP proxy. */
export class TunnelAgent extends http.Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: http.AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(options: http.ClientRequestArgs, callback?: Callback): Duplex | null | undefined {
    openTunnel(this.#proxy, options).then(
      (socket) => callback?.(null, socket),
      (error: unknown) => fail(callback, error),
    );
    return undefined;
  }
}

/** Node's typing wants a stream beside the error; there is none. */
function fail(callback: Callback | undefined, error: unknown): void {
  (callback as ((error: Error) => void) | undefined)?.(error as Error);
}

function openTunnel(proxy: URL, { host, port }: http.ClientRequestArgs): Promise<Duplex> {
  const name = host ?? '';
  const target = `${name.includes(':') ? `[${name}]` : name}:${port ?? 443}`;
  const headers: Record<string, string> = { host: target };
  if (proxy.username !== '') {
    const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    headers['proxy-authorization'] = `Basic ${Buffer.from(user).toString('base64')}`;
  }
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? requestHttps : requestHttp)({
      method: 'CONNECT',
      host: hostOf(proxy),
      port: portOf(proxy),
      path: target,
      setHost: false,
      headers,
      agent: false,
      timeout: connectTimeoutMs,
    });
    request.once('connect', (response, socket) => {
      if (response.statusCode === 200) {
        socket.setTimeout(0);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(proxyFailed(refusal(proxy, target, response)));
    });
    request.once('timeout', () => request.destroy(new Error(t('no answer in time'))));
    request.once('error', (error) =>
      reject(proxyFailed(t('The proxy {0} failed: {1}.', proxy.host, messageOf(error)), error)),
    );
    // Some proxies answer a refused CONNECT as if it were a request.
    request.once('response', (response) => {
      response.destroy();
      reject(proxyFailed(refusal(proxy, target, response)));
    });
    request.end();
  });
}

/** Names the proxy without the password its URL may hold. */
function refusal(proxy: URL, target: string, { statusCode = 0 }: http.IncomingMessage): string {
  return t('The proxy {0} refused the way to {1} with HTTP {2}.', proxy.host, target, statusCode);
}

function proxyFailed(message: string, cause?: unknown): ExplainedError {
  return new ExplainedError('proxy-failed', message, {
    remedy: t('Check proxy-url in the kubeconfig, and HTTPS_PROXY and NO_PROXY in the environment.'),
    cause,
  });
}
