import type http from 'node:http';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { CancelledError } from '../../base/cancellation.ts';
import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import type { Environment } from '../environment.ts';
import type { ResolvedContext } from '../kubeconfig/types.ts';
import { createAgent, retireAgent, type TlsOptions } from '../transport/agent.ts';
import { isLoopback, hostOf, proxyFor } from '../transport/noProxy.ts';
import { readAuthProvider } from './authProvider.ts';
import { gatherCredentials, libraryConfig, readsFiles } from './credentials.ts';
import { withSignal } from '../withSignal.ts';
import { runExecPlugin, type ExecCredential } from './execPlugin.ts';
import { oidcToken, type OidcToken } from './oidc.ts';

/** One set of credentials and the connection pool made with them. */
export interface Epoch {
  readonly number: number;
  readonly server: URL;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly agent: http.Agent;
  readonly disableCompression: boolean;
}

/** Files are read again this often, so that rotated certificates and tokens are noticed (client-go: 1 minute). */
const fileAgeMs = 60_000;

/**
 * Signs in to one cluster: once for all requests that wait (single flight), again when the credentials expire,
 * when files may have been rotated, or when the server said 401.
 */
export class Authenticator {
  readonly #resolve: () => Promise<ResolvedContext>;
  readonly #environment: Environment;
  readonly #disposed = new AbortController();
  #current: { readonly epoch: Epoch; readonly goodUntil: number } | undefined;
  #signingIn: Promise<Epoch> | undefined;
  #pool: { readonly key: string; readonly agent: http.Agent } | undefined;
  #library: { readonly key: string; readonly config: KubeConfig } | undefined;
  #plugin: { readonly key: string; readonly credential: ExecCredential } | undefined;
  #oidc: { readonly key: string; readonly token: OidcToken } | undefined;
  #count = 0;
  /** Grows when what is being signed in with is no longer wanted. */
  #generation = 0;

  constructor(resolve: () => Promise<ResolvedContext>, environment: Environment) {
    this.#resolve = resolve;
    this.#environment = environment;
  }

  /** @throws ExplainedError where the credentials cannot be had; CancelledError. */
  async epoch(signal: AbortSignal): Promise<Epoch> {
    if (this.#current !== undefined && this.#environment.now() < this.#current.goodUntil) {
      return this.#current.epoch;
    }
    if (this.#signingIn === undefined) {
      const signingIn = this.#signIn().finally(() => {
        if (this.#signingIn === signingIn) this.#signingIn = undefined;
      });
      this.#signingIn = signingIn;
    }
    return withSignal(this.#signingIn, signal);
  }

  /** Makes the next request sign in again, unless another one has done so since this epoch. */
  renew(refused: Epoch): void {
    if (this.#current?.epoch === refused) this.forget();
  }

  /** Makes the next request sign in again, from what the kubeconfig says then. */
  forget(): void {
    this.#generation += 1;
    this.#signingIn = undefined;
    this.#current = undefined;
    this.#plugin = undefined;
  }

  dispose(): void {
    this.#disposed.abort();
    this.#pool?.agent.destroy();
    this.#pool = undefined;
    this.forget();
  }

  async #signIn(): Promise<Epoch> {
    const generation = this.#generation;
    const resolved = await this.#resolve();
    const server = serverUrl(resolved);
    const key = JSON.stringify([resolved.cluster, resolved.user]);
    const credential = await this.#runPlugin(resolved, key);
    if (this.#library?.key !== key) this.#library = { key, config: await libraryConfig(resolved) };
    const token = await this.#renewToken(resolved, key);
    const { headers, tls } = await gatherCredentials(
      resolved,
      this.#library.config,
      credential,
      token?.idToken,
    );
    guardPlainHttp(server, headers, resolved);
    const proxy =
      resolved.cluster.cluster.proxyUrl ??
      proxyFor(server, this.#environment.env, this.#environment.proxySettings?.());
    const agent = await this.#agentFor(server, tls, proxy);
    const { disableCompression } = resolved.cluster;
    const epoch: Epoch = { number: ++this.#count, server, headers, agent, disableCompression };
    const files = readsFiles(resolved) ? this.#environment.now() + fileAgeMs : Infinity;
    if (generation !== this.#generation) return epoch;
    this.#current = {
      epoch,
      goodUntil: Math.min(files, credential?.expiresAt ?? Infinity, token?.expiresAt ?? Infinity),
    };
    return epoch;
  }

  /** Reading files again does not run the plugin again: its answer is good until it expires or is refused. */
  async #runPlugin(resolved: ResolvedContext, key: string): Promise<ExecCredential | undefined> {
    const plugin = resolved.user?.exec;
    if (plugin === undefined) return undefined;
    const known = this.#plugin;
    if (known?.key === key && this.#environment.now() < (known.credential.expiresAt ?? Infinity)) {
      return known.credential;
    }
    const credential = await runExecPlugin(
      plugin,
      resolved.cluster,
      this.#environment,
      this.#disposed.signal,
    );
    this.#plugin = { key, credential };
    return credential;
  }

  /** The token of the kubeconfig's OIDC provider; what it renewed before is better than what the file says. */
  async #renewToken(resolved: ResolvedContext, key: string): Promise<OidcToken | undefined> {
    const provider = readAuthProvider(resolved);
    if (provider === undefined) return undefined;
    const last = this.#oidc?.key === key ? this.#oidc.token : undefined;
    const token = await oidcToken(provider, last, this.#environment, this.#disposed.signal);
    this.#oidc = { key, token };
    return token;
  }

  /** The pool stays while server, certificates and proxy are the same: a new token needs no new connections. */
  async #agentFor(server: URL, tls: TlsOptions, proxy: string | undefined): Promise<http.Agent> {
    const key = JSON.stringify([server.href, tls, proxy]);
    if (this.#pool?.key === key) return this.#pool.agent;
    const agent = await createAgent(server, tls, proxy);
    if (this.#disposed.signal.aborted) {
      agent.destroy();
      throw new CancelledError();
    }
    if (this.#pool !== undefined) retireAgent(this.#pool.agent);
    this.#pool = { key, agent };
    return agent;
  }
}

function serverUrl({ context, cluster }: ResolvedContext): URL {
  const { server } = cluster.cluster;
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new ExplainedError(
    'bad-server',
    t(
      '{0}: the cluster "{1}" has the server "{2}", which is not an http or https URL.',
      context.file,
      oneLine(context.cluster, 80),
      oneLine(server, 200),
    ),
    { remedy: t('Write it as "server: https://HOST:PORT".') },
  );
}

/** A token over plain http can be read by everyone on the way; only this machine's own network may see it. */
function guardPlainHttp(server: URL, headers: Epoch['headers'], { context, cluster }: ResolvedContext): void {
  const open = server.protocol === 'http:' && !isLoopback(hostOf(server)) && !cluster.cluster.skipTLSVerify;
  if (!open || headers.authorization === undefined) return;
  throw new ExplainedError(
    'credentials-over-http',
    t(
      '{0}: the cluster "{1}" would get its credentials unencrypted.',
      context.file,
      oneLine(context.cluster, 80),
    ),
    { remedy: t('Use https in "server:", or set insecure-skip-tls-verify if you mean it.') },
  );
}
