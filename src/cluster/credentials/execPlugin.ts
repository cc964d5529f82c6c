import { spawn } from 'node:child_process';
import { ExplainedError, messageOf } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { CancelledError } from '../../base/cancellation.ts';
import { t } from '../../base/l10n.ts';
import { isRecord, record, text } from '../../model/json.ts';
import type { Environment } from '../environment.ts';
import { LinkedAbort } from '../linkedAbort.ts';
import type { ClusterEntry, ExecPlugin } from '../kubeconfig/types.ts';
import { loginPath } from './loginPath.ts';

/** What a credential plugin answered (client.authentication.k8s.io ExecCredential). */
export interface ExecCredential {
  readonly token: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  /** Milliseconds since the epoch; undefined: good until the server refuses it. */
  readonly expiresAt: number | undefined;
}

/** Long enough for a person to sign in with a browser. */
const pluginTimeoutMs = 180_000;
const outputLimit = 1 << 20;

/**
 * Runs a kubeconfig's credential plugin, without a shell and without a terminal.
 * @throws ExplainedError `exec-plugin-missing`, `exec-plugin-failed`; CancelledError.
 */
export async function runExecPlugin(
  plugin: ExecPlugin,
  cluster: ClusterEntry,
  { env }: Pick<Environment, 'env'>,
  signal: AbortSignal,
): Promise<ExecCredential> {
  const name = oneLine(plugin.command, 200);
  if (plugin.command === '')
    throw failed(t('The kubeconfig asks for a credential plugin but names no command.'));
  if (plugin.interactiveMode === 'Always') {
    throw failed(t('The credential plugin "{0}" insists on a terminal, which there is none here.', name), {
      remedy: t('Set interactiveMode: IfAvailable in the kubeconfig if the plugin can do without.'),
    });
  }
  const info = JSON.stringify({
    apiVersion: plugin.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(plugin.provideClusterInfo && { cluster: clusterInfo(cluster) }) },
  });
  const own = Object.fromEntries(plugin.env.map((entry) => [entry.name, entry.value]));
  const variables = { ...env, ...own, KUBERNETES_EXEC_INFO: info };
  let output = await run(plugin, variables, signal);
  if (output === 'missing') {
    const PATH = await loginPath({ env }, signal);
    if (PATH !== undefined && own.PATH === undefined)
      output = await run(plugin, { ...variables, PATH }, signal);
  }
  if (output === 'missing') throw missing(plugin, name);
  return readCredential(plugin, name, output.stdout);
}

/** @returns `missing` where there is no such program on the PATH */
function run(
  plugin: ExecPlugin,
  env: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<{ readonly stdout: string } | 'missing'> {
  const name = oneLine(plugin.command, 200);
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new CancelledError());
      return;
    }
    const deadline = new LinkedAbort(signal, pluginTimeoutMs);
    const child = spawn(plugin.command, plugin.args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      signal: deadline.signal,
      killSignal: 'SIGTERM',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (stdout.length < outputLimit) stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (stderr.length < outputLimit) stderr += chunk;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(new CancelledError());
      else if (deadline.timedOut) {
        reject(
          failed(
            t(
              'The credential plugin "{0}" did not answer within {1} minutes.',
              name,
              pluginTimeoutMs / 60_000,
            ),
          ),
        );
      } else if (error.code === 'ENOENT') resolve('missing');
      else reject(failed(t('The credential plugin "{0}" could not be run: {1}', name, messageOf(error))));
    });
    child.on('close', (code, killedBy) => {
      deadline.dispose();
      if (code === 0) resolve({ stdout });
      else {
        // stderr is what the plugin tells its user; stdout may hold a token and is never shown.
        const said = oneLine(stderr.trim(), 600);
        const message =
          code === null
            ? t('The credential plugin "{0}" was killed by {1}', name, killedBy ?? t('a signal'))
            : t('The credential plugin "{0}" ended with exit code {1}', name, code);
        reject(failed(said === '' ? `${message}.` : `${message}: ${said}`));
      }
    });
  });
}

function readCredential(plugin: ExecPlugin, name: string, output: string): ExecCredential {
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    // The parser's message would quote the output, and with it perhaps a token.
    throw failed(t('The credential plugin "{0}" did not answer with JSON.', name));
  }
  const { kind, apiVersion, status: rawStatus } = record(answer);
  if (kind !== 'ExecCredential' || apiVersion !== plugin.apiVersion) {
    throw failed(
      t(
        'The credential plugin "{0}" answered with {1} {2}, not with {3} ExecCredential.',
        name,
        oneLine(text(apiVersion), 80),
        oneLine(text(kind), 80),
        oneLine(plugin.apiVersion, 80),
      ),
      { remedy: t("Make the kubeconfig's apiVersion the one the plugin speaks, or update the plugin.") },
    );
  }
  const status = record(rawStatus);
  const token = text(status.token) || undefined;
  const certificate = text(status.clientCertificateData) || undefined;
  const key = text(status.clientKeyData) || undefined;
  if (!isRecord(rawStatus) || (token === undefined && (certificate === undefined || key === undefined))) {
    throw failed(t('The credential plugin "{0}" answered without a token or a client certificate.', name));
  }
  const expires = Date.parse(text(status.expirationTimestamp));
  return { token, certificate, key, expiresAt: Number.isNaN(expires) ? undefined : expires };
}

/** The `cluster` of an ExecCredential's spec (client-go's pkg/apis/clientauthentication). */
function clusterInfo({ cluster, execConfig }: ClusterEntry): object {
  return {
    server: cluster.server,
    ...(cluster.tlsServerName !== undefined && { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.skipTLSVerify && { 'insecure-skip-tls-verify': true }),
    ...(cluster.caData !== undefined && { 'certificate-authority-data': cluster.caData }),
    ...(cluster.proxyUrl !== undefined && { 'proxy-url': cluster.proxyUrl }),
    ...(execConfig !== undefined && { config: execConfig }),
  };
}

function missing(plugin: ExecPlugin, name: string): ExplainedError {
  const hint = oneLine(plugin.installHint.trim(), 600);
  return new ExplainedError(
    'exec-plugin-missing',
    t('The kubeconfig signs in with the program "{0}", which is not installed or not on the PATH.', name),
    { remedy: hint === '' ? t('Install "{0}", or add its folder to the PATH, and try again.', name) : hint },
  );
}

function failed(message: string, options: { remedy?: string } = {}): ExplainedError {
  return new ExplainedError('exec-plugin-failed', message, {
    remedy:
      options.remedy ?? t('Sign in with it in a terminal ("kubectl version" runs it too), then try again.'),
  });
}
