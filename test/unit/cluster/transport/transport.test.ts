import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { ClusterClient } from '../../../../src/cluster/transport/client.ts';
import { chunksOf } from '../../../../src/cluster/transport/readBody.ts';
import { createExec } from '../../../../src/cluster/exec/exec.ts';
import { answer, status } from '../support/apiServer.ts';
import { resolvedContext, testClient, testEnvironment } from '../support/client.ts';
import { httpProxy, socksProxy, type TestProxy } from '../support/proxies.ts';
import { base64, pem } from '../support/tls.ts';
import { eventually } from '../support/waitFor.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const ca = { caData: base64(pem('ca.pem')) };
const never = new AbortController().signal;

describe('requests', () => {
  const servers: (http.Server | https.Server)[] = [];
  const clients: ClusterClient[] = [];
  const proxies: TestProxy[] = [];
  let connections = 0;

  const ok: Handler = (_request, response) => answer(response, 200, { fine: true });
  const serve = async (handler: Handler = ok, certificate = 'server', host?: string): Promise<number> => {
    const tls = { key: pem(`${certificate}.key`), cert: pem(`${certificate}.pem`) };
    const server = https.createServer(
      { ...tls, ca: pem('ca.pem'), requestCert: true, rejectUnauthorized: false },
      handler,
    );
    return listen(server, host);
  };
  const listen = async (server: http.Server | https.Server, host = '127.0.0.1'): Promise<number> => {
    connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    server.listen(0, host);
    await once(server, 'listening');
    servers.push(server);
    return (server.address() as AddressInfo).port;
  };
  const connect = (...args: Parameters<typeof resolvedContext>): ClusterClient => {
    const client = testClient(resolvedContext(...args));
    clients.push(client);
    return client;
  };
  const get = (client: ClusterClient, path = '/version'): Promise<unknown> =>
    client.json({ path, signal: never });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.dispose();
    for (const proxy of proxies.splice(0)) await proxy.close();
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  describe('over TLS', () => {
    it('trust the authority of the kubeconfig, and only that', async () => {
      const port = await serve();
      assert.deepEqual(await get(connect(`https://127.0.0.1:${port}`, { cluster: ca })), { fine: true });
      await assert.rejects(get(connect(`https://127.0.0.1:${port}`)), { code: 'certificate-untrusted' });
      const careless = connect(`https://127.0.0.1:${port}`, { cluster: { skipTLSVerify: true } });
      assert.deepEqual(await get(careless), { fine: true });
    });

    it('trust the authorities of the system where the kubeconfig names none', async () => {
      const port = await serve();
      const script = `
        import { ClusterClient } from './src/cluster/transport/client.ts';
        const context = { name: 'c', cluster: 'c', server: '', user: '', namespace: 'default', file: 'f' };
        const server = 'https://127.0.0.1:${port}';
        const cluster = { cluster: { name: 'c', server, skipTLSVerify: false }, disableCompression: false };
        const client = new ClusterClient(context, async () => ({ context, cluster, user: undefined }));
        const signal = new AbortController().signal;
        console.log(await client.json({ path: '/version', signal }).catch(({ code }) => code));
        client.dispose();
      `;
      const ask = async (system: string): Promise<string> => {
        const env = { PATH: process.env.PATH, SSL_CERT_FILE: system, SSL_CERT_DIR: '/nowhere' };
        const args = ['--input-type=module-typescript', '-e', script];
        const cwd = path.join(import.meta.dirname, '../../../..');
        return (await promisify(execFile)(process.execPath, args, { cwd, env })).stdout.trim();
      };
      const file = path.join(import.meta.dirname, '../fixtures/tls/ca.pem');
      assert.equal(await ask(file), '{ fine: true }');
      assert.equal(await ask('/nowhere'), 'certificate-untrusted');
    });

    it('tell a certificate for another name, and take tls-server-name', async () => {
      const port = await serve(ok, 'other');
      const server = `https://127.0.0.1:${port}`;
      await assert.rejects(get(connect(server, { cluster: ca })), { code: 'certificate-hostname' });
      assert.ok(await get(connect(server, { cluster: { ...ca, tlsServerName: 'api.example' } })));
    });

    it('reach an IPv6 address, also for an upgrade', async () => {
      const port = await serve(ok, 'server', '::1');
      const seen: string[] = [];
      servers[0]?.on('request', ({ headers }: IncomingMessage) => seen.push(headers.host ?? ''));
      servers[0]?.on('upgrade', ({ headers }: IncomingMessage, socket: Socket) => {
        seen.push(headers.host ?? '');
        socket.end('HTTP/1.1 403 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      });
      const cluster = { ...ca, tlsServerName: 'localhost' };
      const client = connect(`https://[::1]:${port}`, { cluster });
      assert.ok(await get(client));
      const opened = client.openSocket({ path: '/exec', signal: never }, ['v5.channel.k8s.io']);
      await assert.rejects(opened, { code: 'forbidden' });
      assert.deepEqual(seen, [`[::1]:${port}`, `[::1]:${port}`]);
      await assert.rejects(get(connect(`https://[::1]:${port}`, { cluster: ca })), {
        code: 'certificate-hostname',
      });
    });

    it('tell a certificate that has expired', async () => {
      const port = await serve(ok, 'expired');
      await assert.rejects(get(connect(`https://127.0.0.1:${port}`, { cluster: ca })), {
        code: 'certificate-expired',
      });
    });

    it('show the client certificate, also on an upgrade', async () => {
      const seen: string[] = [];
      const whoIs = (socket: Socket): string =>
        socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : 'nobody';
      const port = await serve((request, response) => {
        seen.push(whoIs(request.socket));
        ok(request, response);
      });
      servers[0]?.on('upgrade', (request: IncomingMessage, socket: Socket) => {
        seen.push(whoIs(request.socket));
        socket.end('HTTP/1.1 403 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      });
      const user = {
        user: { name: 'me', certData: base64(pem('client.pem')), keyData: base64(pem('client.key')) },
      };
      const client = connect(`https://127.0.0.1:${port}`, { cluster: ca, user });
      await get(client);
      const target = { namespace: 'n', pod: 'p', container: 'c' };
      const outcome = await createExec({ client }).run(
        { target, command: ['true'], timeoutMs: 5_000 },
        never,
      );
      assert.equal(outcome.is, 'refused');
      assert.deepEqual(seen, ['jane', 'jane']);
    });

    it('tell a server that speaks no TLS, or nothing but', async () => {
      const plain = await listen(http.createServer(ok));
      await assert.rejects(get(connect(`https://127.0.0.1:${plain}`, { cluster: ca })), {
        code: 'tls-failed',
      });
      const secure = await serve();
      await assert.rejects(get(connect(`http://127.0.0.1:${secure}`)), /cannot be reached/);
    });
  });

  it('share one pool of connections', async () => {
    const port = await serve();
    const client = connect(`https://127.0.0.1:${port}`, { cluster: ca });
    await Promise.all([get(client), get(client), get(client)]);
    for (let i = 0; i < 20; i++) await get(client);
    assert.equal(connections, 3);
  });

  it('survive that the server closes a pooled connection as it is used again', async () => {
    const port = await listen(
      http.createServer((request, response) => {
        ok(request, response);
        // Without a word of it in the answer, as load balancers do.
        response.on('finish', () => setImmediate(() => request.socket.destroy()));
      }),
    );
    const client = connect(`http://127.0.0.1:${port}`);
    for (let i = 0; i < 30; i++) assert.ok(await get(client));
  });

  it('keep the path that the server stands below, and escape queries', async () => {
    const port = await listen(
      http.createServer((request, response) => answer(response, 200, { url: request.url })),
    );
    const client = connect(`http://127.0.0.1:${port}/k8s/clusters/c-1/`);
    const body = await client.json({
      path: '/api',
      query: [
        ['a', 'b&c=ü'],
        ['a', '2'],
      ],
      signal: never,
    });
    assert.equal(body.url, '/k8s/clusters/c-1/api?a=b%26c%3D%C3%BC&a=2');
  });

  it('send JSON', async () => {
    const port = await listen(
      http.createServer((request, response) => {
        void request.toArray().then((chunks) => {
          const { method, headers } = request;
          answer(response, 201, {
            method,
            type: headers['content-type'],
            body: Buffer.concat(chunks as Buffer[]).toString(),
          });
        });
      }),
    );
    const contentType = 'application/merge-patch+json';
    assert.deepEqual(
      await connect(`http://127.0.0.1:${port}`).json({
        method: 'PATCH',
        path: '/x',
        contentType,
        body: { a: 'ä' },
        signal: never,
      }),
      { method: 'PATCH', type: contentType, body: '{"a":"ä"}' },
    );
  });

  it('give the server’s own words for a refusal', async () => {
    const port = await listen(
      http.createServer((_request, response) =>
        answer(response, 403, status(403, 'Forbidden', 'pods is\u202e forbidden\nfor you'), {
          'retry-after': '7',
        }),
      ),
    );
    await assert.rejects(get(connect(`http://127.0.0.1:${port}`)), {
      code: 'forbidden',
      httpStatus: 403,
      reason: 'Forbidden',
      retryAfterMs: 7_000,
      message: 'pods is\ufffd forbidden for you',
    });
  });

  it('are given up when no answer comes, or it breaks off or falls silent', async () => {
    const port = await listen(
      http.createServer((request, response) => {
        if (request.url === '/never') return;
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"a":');
        if (request.url === '/cut') setImmediate(() => response.destroy());
      }),
    );
    const client = connect(`http://127.0.0.1:${port}`);
    await assert.rejects(client.json({ path: '/never', timeoutMs: 50, signal: never }), {
      code: 'connection-timeout',
    });
    await assert.rejects(get(client, '/cut'), { code: 'connection-reset' });
    const { body } = await client.open({ path: '/silent', signal: never });
    const read = async (): Promise<void> => {
      for await (const chunk of chunksOf(body, 'server', () => 50)) assert.equal(chunk.toString(), '{"a":');
    };
    await assert.rejects(read(), { code: 'connection-timeout' });
  });

  it('are cancelled down to the socket, before the answer and in it', async () => {
    let open = 0;
    const port = await listen(
      http.createServer((request, response) => {
        open += 1;
        request.socket.once('close', () => {
          open -= 1;
        });
        if (request.url === '/body') response.write('{');
      }),
    );
    const client = connect(`http://127.0.0.1:${port}`);
    for (const path of ['/never', '/body']) {
      const controller = new AbortController();
      const request = client.json({ path, signal: controller.signal });
      await eventually(() => open === 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      controller.abort();
      await assert.rejects(request, { name: 'AbortError' });
      await eventually(() => open === 0);
      await assert.rejects(client.json({ path, signal: controller.signal }), { name: 'AbortError' });
    }
  });

  it('tell a host that does not exist', async () => {
    await assert.rejects(get(connect('https://no-such-host.invalid:6443')), { code: 'host-not-found' });
    await assert.rejects(get(connect('ftp://127.0.0.1')), { code: 'bad-server' });
  });

  it('never send a token unencrypted over the network', async () => {
    const user = { user: { name: 'me', token: 'secret' } };
    await assert.rejects(get(connect('http://192.0.2.1:80', { user })), (error: Error & { code: string }) => {
      assert.equal(error.code, 'credentials-over-http');
      assert.ok(!error.message.includes('secret'));
      return true;
    });
  });

  describe('through a proxy', () => {
    const target = 'https://api.example:6443';
    let asked: http.IncomingHttpHeaders = {};
    const throughProxy = async (make: (to: number) => Promise<TestProxy>): Promise<TestProxy> => {
      const port = await serve((request, response) => {
        asked = request.headers;
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(gzipSync('{"fine":true}'));
      }, 'other');
      const proxy = await make(port);
      proxies.push(proxy);
      return proxy;
    };

    it('take proxy-url with its password, tunnel TLS, and read compressed answers', async () => {
      const proxy = await throughProxy(httpProxy);
      const proxyUrl = `http://user:p%40ss@127.0.0.1:${proxy.port}`;
      const client = connect(target, { cluster: { ...ca, proxyUrl } });
      for (let i = 0; i < 3; i++) assert.deepEqual(await get(client), { fine: true });
      assert.equal(asked['accept-encoding'], 'gzip');
      assert.deepEqual(proxy.asked, [
        { target: 'api.example:6443', authorization: `Basic ${base64('user:p@ss')}` },
      ]);
    });

    it('take a SOCKS proxy', async () => {
      const proxy = await throughProxy(socksProxy);
      const client = connect(target, { cluster: { ...ca, proxyUrl: `socks5h://127.0.0.1:${proxy.port}` } });
      assert.deepEqual(await get(client), { fine: true });
      assert.equal(proxy.asked[0]?.target, 'api.example:6443');
    });

    it('take the proxy of the editor’s settings, as they are at each sign-in', async () => {
      const proxy = await throughProxy(httpProxy);
      let settings = { proxy: `http://127.0.0.1:${proxy.port}`, noProxy: [] as string[] };
      const environment = testEnvironment({ proxySettings: () => settings });
      const client = testClient(resolvedContext(target, { cluster: ca }), environment);
      clients.push(client);
      assert.deepEqual(await get(client), { fine: true });
      settings = { ...settings, noProxy: ['api.example'] };
      client.forgetCredentials();
      await assert.rejects(get(client), { code: 'host-not-found' });
    });

    it('take HTTPS_PROXY, unless NO_PROXY says otherwise', async () => {
      const proxy = await throughProxy(httpProxy);
      const env = { https_proxy: `127.0.0.1:${proxy.port}` };
      const resolved = resolvedContext(target, { cluster: ca });
      const client = testClient(resolved, testEnvironment({ env }));
      clients.push(client);
      assert.deepEqual(await get(client), { fine: true });
      const direct = testClient(resolved, testEnvironment({ env: { ...env, NO_PROXY: '.example' } }));
      clients.push(direct);
      await assert.rejects(get(direct), { code: 'host-not-found' });
    });

    it('name the proxy that refuses or is not there, without its password', async () => {
      const proxy = await throughProxy((to) => httpProxy(to, 407));
      const proxyUrl = `http://user:secret@127.0.0.1:${proxy.port}`;
      const expected = (error: Error & { code: string }): boolean => {
        assert.equal(error.code, 'proxy-failed');
        assert.match(error.message, new RegExp(`127\\.0\\.0\\.1:${proxy.port}`));
        assert.ok(!error.message.includes('secret'));
        return true;
      };
      await assert.rejects(get(connect(target, { cluster: { proxyUrl } })), expected);
      await proxies.pop()?.close();
      await assert.rejects(get(connect(target, { cluster: { proxyUrl } })), expected);
      await assert.rejects(get(connect(target, { cluster: { proxyUrl: 'gopher://x' } })), {
        code: 'bad-proxy',
      });
    });
  });
});
