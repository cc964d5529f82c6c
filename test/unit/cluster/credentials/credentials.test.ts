import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http, { type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createClient } from '../../../../src/cluster/createClient.ts';
import { Kubeconfigs } from '../../../../src/cluster/kubeconfig/kubeconfigs.ts';
import type { ExecPlugin } from '../../../../src/cluster/kubeconfig/types.ts';
import type { ClusterClient } from '../../../../src/cluster/transport/client.ts';
import { answer, status } from '../support/apiServer.ts';
import { resolvedContext, testClient, testEnvironment } from '../support/client.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';
import { base64, pem } from '../support/tls.ts';

const never = new AbortController().signal;
const apiVersion = 'client.authentication.k8s.io/v1';

describe('credentials', () => {
  const folder = useTemporaryFolder();
  let server: http.Server;
  let url: string;
  let accepted: (headers: IncomingHttpHeaders) => boolean;
  let seen: http.IncomingMessage[] = [];
  const clients: ClusterClient[] = [];
  let now = 0;

  before(async () => {
    server = http.createServer((request, response) => {
      seen.push(request);
      if (accepted(request.headers)) answer(response, 200, { fine: true });
      else answer(response, 401, status(401, 'Unauthorized', 'Unauthorized'));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    seen = [];
    accepted = () => true;
    now = 1_000_000;
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.dispose();
  });

  const connect = (user: NonNullable<Parameters<typeof resolvedContext>[1]>['user'] = {}): ClusterClient => {
    const environment = testEnvironment({ env: process.env, now: () => now });
    const client = testClient(resolvedContext(url, { user }), environment);
    clients.push(client);
    return client;
  };
  const get = (client: ClusterClient): Promise<unknown> => client.json({ path: '/api', signal: never });
  const write = (name: string, text: string): string => {
    const file = path.join(folder.path, name);
    writeFileSync(file, text);
    return file;
  };

  it('are a token, or a name and password, or nothing', async () => {
    await get(connect({ user: { name: 'me', token: 'abc' } }));
    await get(connect({ user: { name: 'me', username: 'jane', password: 'pw' } }));
    await get(connect());
    assert.deepEqual(
      seen.map(({ headers }) => headers.authorization),
      ['Bearer abc', `Basic ${base64('jane:pw')}`, undefined],
    );
  });

  it('act on behalf of another user with uid, groups and extra', async () => {
    const extra = new Map([['Example.com/why', ['a', 'b']]]);
    await get(connect({ impersonate: { user: 'jane', uid: '7', groups: ['dev', 'ops'], extra } }));
    const raw = seen[0]?.rawHeaders ?? [];
    const sent = raw.flatMap((name, at) =>
      at % 2 === 0 && name.startsWith('impersonate') ? [`${name}=${raw[at + 1]}`] : [],
    );
    assert.deepEqual(sent.sort(), [
      'impersonate-extra-Example.com%2Fwhy=a',
      'impersonate-extra-Example.com%2Fwhy=b',
      'impersonate-group=dev',
      'impersonate-group=ops',
      'impersonate-uid=7',
      'impersonate-user=jane',
    ]);
  });

  it('read a token file, and again after a minute or a refusal', async () => {
    const tokenFile = write('token', 'one\n');
    const client = connect({ tokenFile });
    await get(client);
    write('token', 'two');
    await get(client);
    now += 60_001;
    await get(client);
    write('token', 'three');
    accepted = ({ authorization }) => authorization === 'Bearer three';
    await get(client);
    assert.deepEqual(
      seen.map(({ headers }) => headers.authorization),
      ['Bearer one', 'Bearer one', 'Bearer two', 'Bearer two', 'Bearer three'],
    );
  });

  it('say which file cannot be read', async () => {
    const missing = path.join(folder.path, 'missing');
    for (const user of [
      { tokenFile: missing },
      { user: { name: 'me', certFile: missing, keyFile: missing } },
    ]) {
      await assert.rejects(get(connect(user)), (error: Error & { code: string }) => {
        assert.equal(error.code, 'credentials-unreadable');
        assert.ok(error.message.includes(missing));
        return true;
      });
    }
  });

  it('follow a kubeconfig that is rewritten while we run', async () => {
    const config = (token: string): string =>
      `current-context: c\nclusters:\n- name: k\n  cluster: {server: "${url}"}\ncontexts:\n- name: c\n  context: {cluster: k, user: u}\nusers:\n- name: u\n  user: {token: ${token}}\n`;
    const file = write('config', config('old'));
    const kubeconfigs = new Kubeconfigs({ file, debounceMs: 10 });
    const contexts = await kubeconfigs.read();
    assert.equal(contexts.is, 'read');
    const client = createClient(kubeconfigs, contexts.contexts[0]!);
    clients.push(client);
    await get(client);
    const forgotten = new Promise<void>((resolve) => client.onDidForgetCredentials(resolve));
    write('config', config('new'));
    await forgotten;
    await get(client);
    assert.deepEqual(
      seen.map(({ headers }) => headers.authorization),
      ['Bearer old', 'Bearer new'],
    );
    client.dispose();
    kubeconfigs.dispose();
  });

  describe('from a plugin', () => {
    let runs: string;
    const plugin = (script: string, over: Partial<ExecPlugin> = {}): ExecPlugin => ({
      command: process.execPath,
      args: ['-e', `require('fs').appendFileSync(${JSON.stringify(runs)}, 'x');${script}`],
      env: [],
      apiVersion,
      installHint: '',
      provideClusterInfo: false,
      interactiveMode: 'IfAvailable',
      ...over,
    });
    const says = (expression: string): string =>
      `console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: '${apiVersion}', status: ${expression} }))`;
    const count = (): number => (existsSync(runs) ? readFileSync(runs, 'utf8').length : 0);
    let turn = 0;
    beforeEach(() => {
      runs = path.join(folder.path, `runs-${turn++}`);
    });

    it('are asked for once by all requests that wait', async () => {
      const client = connect({ exec: plugin(says("{ token: 't' + process.pid }")) });
      await Promise.all([get(client), get(client), get(client)]);
      await get(client);
      assert.equal(count(), 1);
      assert.equal(new Set(seen.map(({ headers }) => headers.authorization)).size, 1);
    });

    it('are asked for again when they expire, and once when they are refused', async () => {
      const expires = new Date(now + 600_000).toISOString();
      const client = connect({
        exec: plugin(says(`{ token: 't' + process.pid, expirationTimestamp: '${expires}' }`)),
      });
      await get(client);
      now += 600_001;
      await get(client);
      assert.equal(count(), 2);
      accepted = () => false;
      await assert.rejects(Promise.all([get(client), get(client)]), { code: 'unauthorised' });
      assert.ok(count() <= 4, `${count()} runs`);
    });

    it('know the cluster and their environment', async () => {
      const env = [{ name: 'PLUGIN_MODE', value: 'quiet' }];
      const client = connect({
        exec: plugin(
          says(
            '{ token: Buffer.from(process.env.PLUGIN_MODE + process.env.KUBERNETES_EXEC_INFO).toString("base64") }',
          ),
          { env, provideClusterInfo: true },
        ),
      });
      await get(client);
      const token = Buffer.from((seen[0]?.headers.authorization ?? '').slice(7), 'base64').toString();
      assert.ok(token.startsWith('quiet'));
      assert.deepEqual(JSON.parse(token.slice(5)), {
        apiVersion,
        kind: 'ExecCredential',
        spec: { interactive: false, cluster: { server: url } },
      });
    });

    it('may be a client certificate', async () => {
      const status = JSON.stringify({
        clientCertificateData: pem('client.pem'),
        clientKeyData: pem('client.key'),
      });
      assert.ok(await get(connect({ exec: plugin(says(status)) })));
    });

    it('tell where the plugin is missing, with the hint of the kubeconfig', async () => {
      const exec = plugin('', { command: 'no-such-login-helper', installHint: 'brew install it' });
      await assert.rejects(get(connect({ exec })), {
        code: 'exec-plugin-missing',
        message: /"no-such-login-helper"/,
        remedy: 'brew install it',
      });
    });

    it('come from a plugin that only the PATH of the login shell has', async () => {
      const bin = path.join(folder.path, `bin ${turn}`);
      mkdirSync(bin);
      const helper = path.join(bin, 'login-helper');
      writeFileSync(helper, `#!${process.execPath}\n${says("{ token: 'from-login-shell' }")}\n`, {
        mode: 0o755,
      });
      // A login shell whose start-up files are noisy.
      const shell = path.join(folder.path, `shell-${turn}`);
      const script = `#!/bin/sh\necho Welcome\nPATH="${bin}:$PATH"\nexec /bin/sh -c "$4"\n`;
      writeFileSync(shell, script, { mode: 0o755 });
      const environment = testEnvironment({ env: { PATH: '/usr/bin:/bin', SHELL: shell } });
      const user = { exec: plugin('', { command: 'login-helper', args: [] }) };
      const client = testClient(resolvedContext(url, { user }), environment);
      clients.push(client);
      await get(client);
      assert.equal(seen.at(-1)?.headers.authorization, 'Bearer from-login-shell');
    });

    it('tell how the plugin failed, and never what it printed on stdout', async () => {
      for (const [script, expected] of [
        [
          "console.log('s3cret'); console.error('Please run: login'); process.exit(3)",
          /exit code 3: Please run: login$/,
        ],
        ["console.log('s3cret {')", /did not answer with JSON/],
        ["console.log(JSON.stringify({ kind: 'Other', apiVersion: 'v9', status: 's3cret' }))", /v9 Other/],
        [says("{ clientKeyData: 's3cret' }"), /without a token/],
      ] as const) {
        await assert.rejects(get(connect({ exec: plugin(script) })), (error: Error & { code: string }) => {
          assert.equal(error.code, 'exec-plugin-failed');
          assert.match(error.message, expected);
          assert.ok(!error.message.includes('s3cret'));
          return true;
        });
      }
      await assert.rejects(get(connect({ exec: plugin('', { interactiveMode: 'Always' }) })), /terminal/);
      const notExecutable = write('plain', 'text');
      chmodSync(notExecutable, 0o644);
      await assert.rejects(get(connect({ exec: plugin('', { command: notExecutable }) })), {
        code: 'exec-plugin-failed',
      });
    });

    it('are no longer waited for once the request is cancelled, and the plugin ends with the client', async () => {
      const pidFile = path.join(folder.path, 'pid');
      const script = `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));setTimeout(() => {}, 60000)`;
      const client = connect({ exec: plugin(script) });
      const controller = new AbortController();
      const request = client.json({ path: '/api', signal: controller.signal });
      while (!existsSync(pidFile)) await new Promise((resolve) => setTimeout(resolve, 10));
      controller.abort();
      await assert.rejects(request, { name: 'AbortError' });
      client.dispose();
      const pid = Number(readFileSync(pidFile, 'utf8'));
      const lives = (): boolean => {
        try {
          return process.kill(pid, 0);
        } catch {
          return false;
        }
      };
      while (lives()) await new Promise((resolve) => setTimeout(resolve, 10));
    });
  });
});
