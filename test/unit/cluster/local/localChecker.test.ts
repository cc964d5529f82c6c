import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { createServer as createHttp } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { after, before, describe, it } from 'mocha';
import { createLocalChecker } from '../../../../src/cluster/local/localChecker.ts';
import type { CheckRecord } from '../../../../src/probe/check.ts';
import { planUrl } from '../../../../src/probe/planUrl.ts';

describe('Checks from this machine', () => {
  const servers: Server[] = [];
  const ports: Record<string, number> = {};
  const udp = createSocket('udp4');
  const checker = createLocalChecker();
  const never = new AbortController().signal;

  const listen = async (name: string, server: Server): Promise<void> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    ports[name] = (server.address() as AddressInfo).port;
  };

  before(async () => {
    await listen(
      'http',
      createHttp((request, response) => response.writeHead(request.url === '/' ? 200 : 503).end('ok')),
    );
    await listen(
      'banner',
      createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-x\r\n')),
    );
    await listen(
      'silent',
      createServer((socket) => socket.on('error', () => undefined)),
    );
    await listen(
      'closing',
      createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end())),
    );
    await listen(
      'reset',
      createServer((socket) =>
        socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy()),
      ),
    );
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    ports.closed = (gone.address() as AddressInfo).port;
    await new Promise((resolve) => gone.close(resolve));
    udp.on('message', (_, { port, address }) => udp.send('pong', port, address));
    await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
    ports.udp = udp.address().port;
  });
  after(() => {
    for (const server of servers) {
      server.close();
      if ('closeAllConnections' in server) (server as ReturnType<typeof createHttp>).closeAllConnections();
    }
    udp.close();
  });

  const check = (url: string, signal = never): Promise<CheckRecord> =>
    checker.check(planUrl(url).targets[0]!, { connectTimeoutSeconds: 1, timeoutSeconds: 1 }, signal);

  for (const [scheme, name, path, reason] of [
    ['http', 'http', '/', 'http-answer'],
    ['http', 'http', '/x', 'http-error-status'],
    ['http', 'closed', '/', 'refused'],
    ['http', 'banner', '/', 'not-http'],
    ['http', 'silent', '/', 'silent'],
    ['http', 'closing', '/', 'closed-without-answer'],
    ['http', 'reset', '/', 'reset'],
    ['https', 'http', '/', 'tls-failed'],
    ['tcp', 'silent', '', 'tcp-open'],
    ['tcp', 'closed', '', 'refused'],
    ['udp', 'udp', '', 'udp-answer'],
    ['udp', 'closed', '', 'refused'],
  ] as const) {
    it(`calls ${scheme} to ${name}${path} ${reason}`, async () => {
      const record = await check(`${scheme}://127.0.0.1:${ports[name]}${path}`);
      assert.equal(record.reason, reason, JSON.stringify(record));
      assert.deepEqual([record.from, record.tool, record.command], ['outside', 'podnet', []]);
    });
  }

  it('looks names up', async () => {
    const known = await check('dns://localhost');
    assert.equal(known.reason, 'name-resolved');
    assert.ok(known.lookup!.addresses.length > 0);
    const unknown = await check('http://name.invalid/');
    assert.equal(unknown.verdict, 'dns-failed', JSON.stringify(unknown));
  });

  it('ends with a cancellation', async () => {
    const abort = new AbortController();
    const running = check(`http://127.0.0.1:${ports.silent}/`, abort.signal);
    setImmediate(() => abort.abort());
    await assert.rejects(running, { name: 'AbortError' });
    await assert.rejects(check('dns://localhost', abort.signal), { name: 'AbortError' });
  });
});
