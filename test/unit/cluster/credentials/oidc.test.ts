import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import type { ClusterClient } from '../../../../src/cluster/transport/client.ts';
import { answer } from '../support/apiServer.ts';
import { resolvedContext, testClient, testEnvironment } from '../support/client.ts';
import { base64, pem } from '../support/tls.ts';

const never = new AbortController().signal;

/** An unsigned token: who checks it is the API server. */
function jwt(name: string, expires: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub: name, exp: expires })}.x`;
}

describe('credentials from an OIDC provider', () => {
  let api: http.Server;
  let issuer: https.Server;
  let seen: (string | undefined)[];
  let forms: string[];
  let renewals: (string | object)[];
  let now: number;
  const clients: ClusterClient[] = [];
  const port = (server: http.Server | https.Server): number => (server.address() as AddressInfo).port;

  beforeEach(async () => {
    seen = [];
    forms = [];
    renewals = [];
    now = 1_000_000_000;
    api = http.createServer((request, response) => {
      seen.push(request.headers.authorization);
      answer(response, 200, { fine: true });
    });
    const tls = { key: pem('server.key'), cert: pem('server.pem') };
    issuer = https.createServer(tls, (request, response) => {
      if (request.url === '/realm/.well-known/openid-configuration') {
        answer(response, 200, { token_endpoint: `https://127.0.0.1:${port(issuer)}/token` });
        return;
      }
      void textOf(request).then((body) => {
        forms.push(`${request.headers.authorization ?? ''} ${body}`);
        const next = renewals.shift();
        if (typeof next === 'object') answer(response, 200, next);
        else answer(response, 400, { error: 'invalid_grant', error_description: next });
      });
    });
    for (const server of [api, issuer]) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    }
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.dispose();
    for (const server of [api, issuer]) {
      server.close();
      server.closeAllConnections();
    }
  });

  function connect(config: Record<string, string>, name = 'oidc'): ClusterClient {
    const whole = {
      'idp-issuer-url': `https://127.0.0.1:${port(issuer)}/realm/`,
      'idp-certificate-authority-data': base64(pem('ca.pem')),
      'client-id': 'kube:1',
      'client-secret': 's3cret',
      ...config,
    };
    const user = { user: { name: 'me', authProvider: { name, config: whole } } };
    const resolved = resolvedContext(`http://127.0.0.1:${port(api)}`, { user });
    const client = testClient(resolved, testEnvironment({ now: () => now }));
    clients.push(client);
    return client;
  }
  const get = (client: ClusterClient): Promise<unknown> => client.json({ path: '/api', signal: never });

  it('are the token of the kubeconfig until it expires, then the renewed one', async () => {
    const first = jwt('first', now / 1_000 + 60);
    const second = jwt('second', now / 1_000 + 600);
    const third = jwt('third', now / 1_000 + 6_000);
    const client = connect({ 'id-token': first, 'refresh-token': 'r1' });
    renewals.push({ id_token: second, refresh_token: 'r2' }, { id_token: third });
    await get(client);
    now += 61_000;
    await get(client);
    await get(client);
    now += 600_000;
    await get(client);
    assert.deepEqual(
      seen,
      [first, second, second, third].map((token) => `Bearer ${token}`),
    );
    const client64 = base64('kube%3A1:s3cret');
    assert.deepEqual(forms, [
      `Basic ${client64} grant_type=refresh_token&refresh_token=r1`,
      `Basic ${client64} grant_type=refresh_token&refresh_token=r2`,
    ]);
  });

  it('are never left out silently', async () => {
    const old = jwt('old', now / 1_000 - 1);
    await assert.rejects(get(connect({ 'id-token': old })), { code: 'sign-in-expired' });
    renewals.push('Session not active');
    await assert.rejects(get(connect({ 'id-token': old, 'refresh-token': 'r' })), {
      code: 'sign-in-failed',
      message: /HTTP 400, invalid_grant, Session not active$/,
    });
    const untrusting = connect({
      'id-token': old,
      'refresh-token': 'r',
      'idp-certificate-authority-data': base64(pem('client.pem')),
    });
    await assert.rejects(get(untrusting), { code: 'sign-in-failed' });
    assert.deepEqual(seen, []);
  });

  it('say what took the place of a provider that was removed, and run nothing', async () => {
    const gcp = connect({ 'cmd-path': 'touch', 'cmd-args': '/tmp/podnet-must-not-exist' }, 'gcp');
    await assert.rejects(get(gcp), { code: 'auth-provider-removed', remedy: /gke-gcloud-auth-plugin/ });
    await assert.rejects(get(connect({}, 'azure')), { remedy: /kubelogin/ });
    await assert.rejects(get(connect({}, 'other')), { code: 'auth-provider-removed' });
    assert.deepEqual(seen, []);
  });
});
