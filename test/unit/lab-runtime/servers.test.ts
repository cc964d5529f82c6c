import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/lab/runtime/types.ts';
import { World } from './world.ts';

describe('lab servers', () => {
  const world = new World();
  let tools: KubeObject;
  before(async () => {
    tools = world.pod('tools', {
      containers: [{ name: 'c', image: 'nicolaka/netshoot', command: ['sleep', '1000'] }],
    });
    await world.ready('tools');
  });
  after(() => world.dispose());

  async function server(
    name: string,
    container: Record<string, unknown>,
    port: number,
    spec: Record<string, unknown> = {},
  ): Promise<string> {
    const pod = world.pod(name, { containers: [{ name: 'c', ...container }], ...spec });
    await world.ready(name);
    const address = world.address(pod);
    await world.sh(tools, `until nc -z -w 1 ${address} ${port}; do sleep 0.02; done`);
    return `${address}:${port}`;
  }
  const curl = async (...args: string[]): Promise<string> =>
    (await world.run(tools, ['curl', '-s', ...args])).stdout;

  it('nginx answers with its headers, errors, redirects and HEAD', async () => {
    const at = await server('nginx', { image: 'nginx' }, 80);
    const head = await curl('-I', at);
    assert.deepEqual(
      head.split('\r\n').map((line) => line.split(':', 1)[0]),
      [
        'HTTP/1.1 200 OK',
        'Server',
        'Date',
        'Content-Type',
        'Content-Length',
        'Connection',
        'Last-Modified',
        'ETag',
        'Accept-Ranges',
        '',
        '',
      ],
    );
    assert.match(await curl(`${at}/nosuch`), /<center><h1>404 Not Found<\/h1><\/center>/);
    assert.match(await curl(`${at}/../../etc/passwd`, '--path-as-is'), /404 Not Found/);
    const pod = world.objects.pods.find(({ metadata }) => metadata.name === 'nginx');
    assert.ok(pod);
    await world.sh(pod, 'cd /usr/share/nginx/html; mkdir d; echo inside > d/index.html; mkdir empty');
    assert.equal(
      await curl('-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', `${at}/d`),
      `301 http://${at.replace(/:80$/, '')}/d/`,
    );
    assert.equal(await curl('-L', `${at}/d`), 'inside\n');
    assert.match(await curl(`${at}/empty/`), /403 Forbidden/);
    const logs: string[] = [];
    const options = {
      podUid: pod.metadata.uid,
      container: 'c',
      previous: false,
      timestamps: false,
      follow: false,
    };
    for await (const line of world.runtime.logs(options, new AbortController().signal)) logs.push(line);
    assert.match(logs.join(''), /"GET \/nosuch HTTP\/1\.1" 404 \d+ "-" "curl\/7\.88\.1" "-"\n/);
  });

  it('nginx follows its configuration: ports, answers, proxies', async () => {
    const backend = await server(
      'backend',
      { image: 'hashicorp/http-echo', args: ['-text=from behind'] },
      5678,
    );
    const conf = [
      'server {',
      '  listen 8081; # another port',
      '  location / { return 200 "hello\\n"; }',
      '  location = /exact { return 418 "teapot\\n"; }',
      `  location /api/ { proxy_pass http://${backend}; }`,
      '  location /gone/ { proxy_pass http://127.0.0.1:1; }',
      '}',
    ].join('\n');
    world.objects.configMaps.push({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'site', namespace: 'default', uid: 'site' },
      data: { 'default.conf': conf },
    });
    const at = await server(
      'proxy',
      { image: 'nginx:alpine', volumeMounts: [{ name: 'v', mountPath: '/etc/nginx/conf.d' }] },
      8081,
      { volumes: [{ name: 'v', configMap: { name: 'site' } }] },
    );
    assert.equal(await curl(at), 'hello\n');
    assert.equal(await curl('-w', '%{http_code}', `${at}/exact`), 'teapot\n418');
    assert.equal(await curl(`${at}/api/x`), 'from behind\n');
    assert.match(await curl(`${at}/gone/`), /502 Bad Gateway/);
  });

  it('nginx says what is wrong with its configuration, and ends', async () => {
    const pod = world.pod('broken', {
      restartPolicy: 'Never',
      containers: [
        {
          name: 'c',
          image: 'nginx',
          command: [
            'sh',
            '-c',
            'echo "server { listen 80" > /etc/nginx/conf.d/x.conf; exec nginx -g "daemon off;"',
          ],
        },
      ],
    });
    await world.until('broken', ({ state }) => 'terminated' in state);
    const logs: string[] = [];
    for await (const line of world.runtime.logs(
      { podUid: pod.metadata.uid, container: 'c', previous: false, timestamps: false, follow: false },
      new AbortController().signal,
    ))
      logs.push(line);
    assert.match(
      logs.join(''),
      /\[emerg\] .*unexpected end of file, expecting ";" or "\}" in \/etc\/nginx\/conf\.d\/x\.conf/,
    );
  });

  it('agnhost answers as the e2e suite asks', async () => {
    const at = await server(
      'agnhost',
      { image: 'registry.k8s.io/e2e-test-images/agnhost:2.57', args: ['netexec', '--http-port=8080'] },
      8080,
    );
    assert.equal(await curl(`${at}/hostname`), 'agnhost');
    assert.equal(await curl(`${at}/echo?msg=hi`), 'hi');
    assert.match(await curl(`${at}/clientip`), new RegExp(`^${world.address(tools)}:\\d+$`));
    assert.equal(await curl('-o', '/dev/null', '-w', '%{http_code}', `${at}/nosuch`), '404');
    const pod = world.pod('connect', {
      containers: [{ name: 'c', image: 'registry.k8s.io/e2e-test-images/agnhost:2.57' }],
    });
    await world.ready('connect');
    const connect = async (target: string): Promise<string> => {
      const { exit, stderr } = await world.run(pod, ['/agnhost', 'connect', target, '--timeout=300ms']);
      return `${exit} ${stderr.split(/[:\n]/, 1)[0] ?? ''}`;
    };
    assert.equal(await connect(at), '0 ');
    assert.equal(await connect(at.replace('8080', '8081')), '1 REFUSED');
    assert.equal(await connect('10.244.1.250:80'), '1 TIMEOUT');
  });

  it('databases greet as a network test sees them', async () => {
    const redis = await server('redis', { image: 'redis:7' }, 6379);
    assert.equal(
      (await world.run(tools, ['redis-cli', '-h', redis.split(':')[0] ?? '', 'set', 'a', 'b'])).stdout,
      'OK\n',
    );
    assert.equal(
      (await world.sh(tools, `printf 'PING\\r\\nQUIT\\r\\n' | nc ${redis.replace(':', ' ')}`)).stdout,
      '+PONG\r\n+OK\r\n',
    );
    const mysql = await server(
      'mysql',
      { image: 'mysql:8', env: [{ name: 'MYSQL_ROOT_PASSWORD', value: 'x' }] },
      3306,
    );
    assert.match(
      (await world.sh(tools, `nc -w 1 ${mysql.replace(':', ' ')} </dev/null | tr -cd 'a-z0-9.-'`)).stdout,
      /^8\.4\.6-practice-lab/,
    );
    await server(
      'postgres',
      { image: 'postgres:17', env: [{ name: 'POSTGRES_PASSWORD', value: 'x' }] },
      5432,
    );
    world.pod('nopassword', { restartPolicy: 'Never', containers: [{ name: 'c', image: 'postgres' }] });
    const ended = await world.until('nopassword', ({ state }) => 'terminated' in state);
    assert.ok('terminated' in ended.state && ended.state.terminated.exitCode === 1);
  });

  it('host ports lead from the node to the pod, and hooks run around a container', async () => {
    const lifecycle = {
      postStart: { exec: { command: ['sh', '-c', 'echo started > /v/log'] } },
      preStop: { exec: { command: ['sh', '-c', 'echo stopping >> /v/log'] } },
    };
    const pod = world.pod('hooked', {
      containers: [
        {
          name: 'c',
          image: 'httpd',
          lifecycle,
          ports: [{ containerPort: 80, hostPort: 8888 }],
          volumeMounts: [{ name: 'v', mountPath: '/v' }],
        },
      ],
      volumes: [{ name: 'v', hostPath: { path: '/data/hooks', type: 'DirectoryOrCreate' } }],
    });
    await world.ready('hooked');
    const page = await world.sh(tools, 'until curl -s 172.18.0.2:8888; do sleep 0.02; done');
    assert.match(page.stdout, /It works!/);
    await world.runtime.stopPod(pod.metadata.uid);
    const reader = world.pod('reader', {
      containers: [
        {
          name: 'c',
          image: 'alpine',
          command: ['sleep', '1000'],
          volumeMounts: [{ name: 'v', mountPath: '/v' }],
        },
      ],
      volumes: [{ name: 'v', hostPath: { path: '/data/hooks' } }],
    });
    await world.ready('reader');
    assert.equal((await world.run(reader, ['cat', '/v/log'])).stdout, 'started\nstopping\n');
  });
});
