import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import type { ClusterClient } from '../../../../src/cluster/transport/client.ts';
import { chunksOf } from '../../../../src/cluster/transport/readBody.ts';
import { answer } from '../support/apiServer.ts';
import { resolvedContext, testClient, testEnvironment } from '../support/client.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { base64, pem } from '../support/tls.ts';
import { eventually } from '../support/waitFor.ts';

/** A client certificate that somebody writes anew on disk, as kubelets and sign-in tools do. */
describe('a client certificate in files', () => {
  const folder = useTemporaryFolder();
  const never = new AbortController().signal;
  const seen: string[] = [];
  let server: https.Server;
  let client: ClusterClient;
  let watch: ServerResponse | undefined;
  let now = 1_000_000;

  const show = (name: string): void => {
    writeFileSync(path.join(folder.path, 'client.pem'), pem(`${name}.pem`));
    writeFileSync(path.join(folder.path, 'client.key'), pem(`${name}.key`));
  };
  before(async () => {
    server = https.createServer(
      {
        key: pem('server.key'),
        cert: pem('server.pem'),
        ca: pem('ca.pem'),
        requestCert: true,
        rejectUnauthorized: false,
      },
      (request, response) => {
        const { socket } = request;
        seen.push(socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : 'nobody');
        if (request.url === '/watch') {
          watch = response;
          response.write('first ');
        } else answer(response, 200, { fine: true });
      },
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    show('client');
    const resolved = resolvedContext(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, {
      cluster: { caData: base64(pem('ca.pem')) },
      user: {
        user: {
          name: 'me',
          certFile: path.join(folder.path, 'client.pem'),
          keyFile: path.join(folder.path, 'client.key'),
        },
      },
    });
    client = testClient(resolved, testEnvironment({ now: () => now }));
  });
  after(() => {
    client.dispose();
    server.close();
    server.closeAllConnections();
  });

  it('is read again after a minute; a watch that runs goes on', async () => {
    const { body } = await client.open({ path: '/watch', signal: never });
    const heard: string[] = [];
    const ended = (async () => {
      for await (const chunk of chunksOf(body, 'the server')) heard.push(chunk.toString());
    })();
    const get = (): Promise<unknown> => client.json({ path: '/api', signal: never });
    await get();
    show('other');
    await get();
    now += 60_001;
    await get();
    await get();
    assert.deepEqual(seen, ['jane', 'jane', 'jane', 'other', 'other']);
    await eventually(() => watch !== undefined);
    watch?.end('last');
    await ended;
    assert.equal(heard.join(''), 'first last');
  });
});
