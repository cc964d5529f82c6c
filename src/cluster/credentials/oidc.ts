import { readFile } from 'node:fs/promises';
import type http from 'node:http';
import { urlToHttpOptions } from 'node:url';
import { ExplainedError, isCancellation, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { request as requestHttp } from '../transport/direct/http.ts';
import { request as requestHttps } from '../transport/direct/https.ts';
import { oneLine } from '../../base/hostileText.ts';
import { integer, isRecord, record, text, type Json } from '../../model/json.ts';
import type { Environment } from '../environment.ts';
import { createAgent, retireAgent } from '../transport/agent.ts';
import { systemAuthorities } from '../transport/authorities.ts';
import { proxyFor } from '../transport/noProxy.ts';
import { readText } from '../transport/readBody.ts';
import type { OidcProvider } from './authProvider.ts';

/** Renewed so long before its end: the token still has to travel. */
const marginMs = 10_000;
const answerLimit = 1 << 20;
const timeoutMs = 30_000;

export interface OidcToken {
  readonly idToken: string;
  /** The one to renew with next time: some issuers give a new one each time. */
  readonly refreshToken: string;
  /** Milliseconds since the epoch; undefined: the token does not say. */
  readonly expiresAt: number | undefined;
}

/**
 * The token to use now, renewed if it has expired, as client-go's oidc plugin does. The kubeconfig is not written: what
 * was renewed is known to this window only.
 * @param last what an earlier call gave for the same kubeconfig
 * @throws ExplainedError `sign-in-expired`, `sign-in-failed`; CancelledError.
 */
export async function oidcToken(
  provider: OidcProvider,
  last: OidcToken | undefined,
  environment: Environment,
  signal: AbortSignal,
): Promise<OidcToken> {
  const { idToken, refreshToken } = last ?? provider;
  const expiresAt = expiryOf(idToken);
  const isGood = expiresAt === undefined || environment.now() + marginMs < expiresAt;
  if (idToken !== '' && isGood) return { idToken, refreshToken, expiresAt };
  if (refreshToken === '' || provider.issuer === '' || provider.clientId === '') {
    throw new ExplainedError(
      'sign-in-expired',
      t('The OIDC token in the kubeconfig has expired, and there is no refresh token to renew it with.'),
      { remedy: t('Sign in again the way your cluster asks for, so that the kubeconfig gets a new token.') },
    );
  }
  return renew(provider, refreshToken, environment, signal);
}

async function renew(
  provider: OidcProvider,
  refreshToken: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<OidcToken> {
  try {
    const issuer = provider.issuer.replace(/\/+$/, '');
    const discovery = await ask(
      `${issuer}/.well-known/openid-configuration`,
      undefined,
      provider,
      environment,
      signal,
    );
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
    const answer = await ask(text(discovery.token_endpoint), form, provider, environment, signal);
    const idToken = text(answer.id_token);
    if (idToken === '') throw new Error(t('its answer has no id_token'));
    return {
      idToken,
      refreshToken: text(answer.refresh_token) || refreshToken,
      expiresAt: expiryOf(idToken),
    };
  } catch (error) {
    if (isCancellation(error)) throw error;
    throw new ExplainedError(
      'sign-in-failed',
      t(
        'The OIDC token could not be renewed at {0}: {1}',
        oneLine(provider.issuer, 200),
        oneLine(messageOf(error)),
      ),
      { remedy: t('Sign in again the way your cluster asks for, then try again.'), cause: error },
    );
  }
}

/** @param form posted with the client's name and secret; undefined: a GET */
async function ask(
  address: string,
  form: URLSearchParams | undefined,
  provider: OidcProvider,
  environment: Environment,
  signal: AbortSignal,
): Promise<Json> {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new Error(t('"{0}" is no http or https URL', oneLine(address, 120)));
  }
  const url = new URL(address);
  const proxy = proxyFor(url, environment.env, environment.proxySettings?.());
  const agent = await createAgent(url, { ca: await authority(provider) }, proxy);
  const { clientId, clientSecret } = provider;
  const client = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  try {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = (url.protocol === 'https:' ? requestHttps : requestHttp)({
        ...urlToHttpOptions(url),
        agent,
        method: form === undefined ? 'GET' : 'POST',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        headers: {
          accept: 'application/json',
          ...(form !== undefined && {
            'content-type': 'application/x-www-form-urlencoded',
            authorization: `Basic ${Buffer.from(client).toString('base64')}`,
          }),
        },
      });
      request.once('response', resolve);
      request.once('error', reject);
      request.end(form?.toString());
    });
    return readAnswer(response.statusCode ?? 0, await readText(response, answerLimit, url.origin));
  } finally {
    retireAgent(agent);
  }
}

function readAnswer(status: number, body: string): Json {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    // The parser would quote the body, and with it perhaps a token.
    throw new Error(t('HTTP {0}, and no JSON', status));
  }
  if (status === 200 && isRecord(answer)) return answer;
  const { error, error_description: description } = record(answer);
  throw new Error([`HTTP ${status}`, text(error), text(description)].filter(Boolean).join(', '));
}

async function authority({ caFile, caData }: OidcProvider): Promise<string | string[] | undefined> {
  if (caData !== '') return Buffer.from(caData, 'base64').toString('utf8');
  return caFile === '' ? systemAuthorities() : readFile(caFile, 'utf8');
}

/** When a JSON Web Token expires (RFC 7519, 4.1.4), in milliseconds since the epoch; undefined: it does not say. */
function expiryOf(token: string): number | undefined {
  const [, payload = ''] = token.split('.');
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    // No such token: the server will say what it thinks of it.
    return undefined;
  }
  const seconds = integer(record(claims).exp);
  return seconds === undefined ? undefined : seconds * 1_000;
}
