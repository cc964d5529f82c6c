import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { KubeObject } from '../../../src/lab/runtime/types.ts';
import { World, type Output } from './world.ts';

interface Transcript {
  frames: { channel: number; text: string }[];
}

/** What a real cluster's curl printed; times and addresses differ from run to run. */
async function recorded(name: string): Promise<Output> {
  const url = new URL(`../../fixtures/recordings/${name}.json`, import.meta.url);
  const { frames } = JSON.parse(await readFile(url, 'utf8')) as Transcript;
  const channel = (number: number): string =>
    frames
      .filter((frame) => frame.channel === number)
      .map(({ text }) => text)
      .join('');
  const status = JSON.parse(channel(3)) as { details?: { causes: { message: string }[] } };
  return { stdout: channel(1), stderr: channel(2), exit: Number(status.details?.causes[0]?.message ?? 0) };
}

const shape = ({ stdout, stderr, exit }: Output): Output => ({
  stdout: stdout
    .replace(/0\.000000/g, 'ZERO')
    .replace(/\d+\.\d{6}/g, 'TIME')
    .replace(/10\.\d+\.\d+\.\d+/g, 'IP'),
  stderr: stderr.replace(/10\.\d+\.\d+\.\d+/g, 'IP').replace(/after \d+ ms/, 'after N ms'),
  exit,
});

const measure = '\n%{http_code} %{time_namelookup} %{time_connect} %{time_total} %{remote_ip}';
const probe = (url: string, timeout = 0.3): string[] => [
  ...['curl', '-q', '-g', '-sS', '-k', '--noproxy', '*', '-o', '/dev/null'],
  ...['--connect-timeout', String(timeout), '--max-time', '5', '-w', measure, url],
];

describe('lab network', () => {
  const world = new World();
  let nginx: KubeObject;
  let httpd: KubeObject;
  let other: KubeObject;
  before(async () => {
    nginx = world.pod('testpod1', { containers: [{ name: 'c01', image: 'nginx' }] });
    httpd = world.pod('testpod2', { nodeName: 'node2', containers: [{ name: 'c02', image: 'httpd' }] });
    other = world.pod('other', { containers: [{ name: 'c', image: 'httpd' }] });
    await world.dns();
    world.service('demoservice', { ip: '10.96.4.5', port: 80, pods: [httpd] });
    world.service('lonely', { ip: '10.96.4.6', port: 80, pods: [] });
    world.service('shifted', {
      ip: '10.96.4.7',
      port: 8080,
      target: 80,
      pods: [httpd],
      spec: { type: 'NodePort', ports: [{ port: 8080, targetPort: 80, nodePort: 31_412 }] },
    });
    for (const pod of ['testpod1', 'testpod2', 'other']) await world.ready(pod);
    for (const pod of [nginx, httpd, other]) await listening(pod);
  });
  after(() => world.dispose());

  async function listening(pod: KubeObject): Promise<void> {
    for (;;) {
      const { stdout } = await world.sh(pod, 'cat /proc/net/tcp /proc/net/tcp6');
      if (stdout.includes(':0050 ')) return;
    }
  }

  describe('answers curl as a real cluster does', () => {
    it('by pod address', async () => {
      const result = await world.run(nginx, probe(`http://${world.address(httpd)}:80/`));
      assert.deepEqual(shape(result), shape(await recorded('exec-curl-pod-ip')));
    });
    it('by service name', async () => {
      const result = await world.run(nginx, probe('http://demoservice.default.svc.cluster.local/'));
      assert.deepEqual(shape(result), shape(await recorded('exec-curl-service-dns')));
    });
    it('refused', async () => {
      const result = await world.run(nginx, probe(`http://${world.address(httpd)}:81/`));
      assert.deepEqual(shape(result), shape(await recorded('exec-curl-refused')));
    });
    it('dropped', async () => {
      const result = await world.run(nginx, probe('http://10.244.1.250:80/'));
      assert.deepEqual(shape(result), shape(await recorded('exec-curl-dropped')));
    });
    it('unknown host', async () => {
      const result = await world.run(nginx, probe('http://nosuch.default.svc.cluster.local./'));
      assert.deepEqual(shape(result), shape(await recorded('exec-curl-unknown-host')));
    });
  });

  it("serves the images' pages, read from their files", async () => {
    const page = await world.run(nginx, ['curl', '-s', `http://${world.address(httpd)}/`]);
    assert.equal(page.stdout, '<html><body><h1>It works!</h1></body></html>\n');
    const welcome = await world.run(nginx, ['curl', '-s', 'localhost']);
    assert.match(welcome.stdout, /<title>Welcome to nginx!<\/title>/);
    await world.sh(other, 'echo changed > /usr/local/apache2/htdocs/index.html');
    const changed = await world.run(nginx, ['curl', '-s', world.address(other)]);
    assert.equal(changed.stdout, 'changed\n');
  });

  it('refuses what a service rejects: no endpoints, another port; drops an unallocated cluster IP', async () => {
    for (const url of ['lonely', 'demoservice:81']) {
      assert.equal((await world.run(nginx, probe(url))).exit, 7, url);
    }
    assert.equal((await world.run(nginx, probe('10.96.99.99'))).exit, 28);
  });

  it('goes through node ports of every node, and service ports to target ports', async () => {
    for (const url of ['172.18.0.2:31412', '172.18.0.3:31412', 'shifted:8080']) {
      const { stdout } = await world.run(nginx, ['curl', '-sS', url]);
      assert.match(stdout, /It works!/, url);
    }
    assert.equal((await world.run(nginx, probe('172.18.0.2:31413'))).exit, 7);
  });

  it('keeps loopback inside the pod', async () => {
    await world.sh(nginx, 'true');
    const pod = world.pod('loop', {
      containers: [
        { name: 'tools', image: 'nicolaka/netshoot', command: ['sleep', '1000'] },
        { name: 'web', image: 'nginx', command: ['nginx', '-g', 'daemon off;'] },
      ],
    });
    await world.ready('loop', 'web');
    await world.sh(
      pod,
      'printf "server { listen 127.0.0.1:90; return 200 inside; }" > /etc/nginx/conf.d/b.conf',
      { container: 'web' },
    );
    await world.sh(pod, 'kill -TERM 1', { container: 'web' });
    await world.until('loop', ({ restartCount, ready }) => restartCount === 1 && ready, 'web');
    const inside = await world.sh(pod, 'until curl -s 127.0.0.1:80 >/dev/null; do :; done; ss -tln');
    assert.equal(inside.exit, 0);
  });

  it('ends a container whose port another one of the pod has', async () => {
    world.pod('twice', {
      restartPolicy: 'Never',
      containers: [
        { name: 'a', image: 'httpd' },
        { name: 'b', image: 'httpd' },
      ],
    });
    const ended = await world.until('twice', ({ state }) => 'terminated' in state);
    const logs: string[] = [];
    const options = {
      podUid: 'uid-twice',
      container: ended.container,
      previous: false,
      timestamps: false,
      follow: false,
    };
    for await (const line of world.runtime.logs(options, new AbortController().signal)) logs.push(line);
    assert.match(
      logs.join(''),
      /\(98\)Address already in use: AH00072: make_sock: could not bind to address \[::\]:80/,
    );
  });

  it("shows listening sockets in the kernel's form", async () => {
    const { stdout } = await world.run(nginx, ['cat', '/proc/net/tcp']);
    assert.match(stdout, /^ {2}sl {2}local_address rem_address/);
    assert.match(stdout, /\n {3}0: 00000000:0050 00000000:0000 0A /);
  });

  it('says that there is no internet', async () => {
    const address = await world.run(nginx, [
      'curl',
      '-sS',
      '--connect-timeout',
      '1',
      'http://93.184.216.34/',
    ]);
    assert.equal(address.exit, 28);
    assert.match(
      address.stderr,
      /\npractice lab: 93\.184\.216\.34 is outside of the lab, which has no internet\.\n$/,
    );
    const name = await world.run(nginx, ['curl', '-sS', 'https://example.com/']);
    assert.equal(
      name.stderr,
      'curl: (6) Could not resolve host: example.com\npractice lab: example.com is outside of the lab, which has no internet.\n',
    );
  });

  it('tells HTTP from HTTPS', async () => {
    const plain = await world.run(nginx, ['curl', '-sSk', `https://${world.address(httpd)}:80/`]);
    assert.equal(plain.exit, 35);
    assert.match(plain.stderr, /wrong version number/);
    const site = 'server { listen 443 ssl; location / { return 200 "secure\\n"; } }';
    const tls = world.pod('tls', {
      containers: [
        {
          name: 'c',
          image: 'nginx',
          command: [
            'sh',
            '-c',
            `echo '${site}' > /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'`,
          ],
        },
      ],
    });
    await world.ready('tls');
    const url = `https://${world.address(tls)}/`;
    const ok = await world.sh(nginx, `until curl -sSk ${url}; do sleep 0.1; done 2>/dev/null`);
    assert.equal(ok.stdout, 'secure\n');
    assert.equal((await world.run(nginx, ['curl', '-sS', url])).exit, 60);
    const wrong = await world.run(nginx, [
      'curl',
      '-sS',
      '-w',
      '%{http_code}',
      '-o',
      '/dev/null',
      `http://${world.address(tls)}:443/`,
    ]);
    assert.equal(wrong.stdout, '400');
  });

  it('gives port-forward a stream to a port of the pod', async () => {
    const stream = await world.runtime.connect(httpd.metadata.uid, 80);
    assert.ok(stream);
    stream.write('GET / HTTP/1.0\r\n\r\n');
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n[^]*It works!/);
    assert.equal(await world.runtime.connect(httpd.metadata.uid, 81), undefined);
    assert.equal(await world.runtime.connect('nobody', 80), undefined);
  });

  it('has an API server for pods, which does not know them', async () => {
    world.service('kubernetes', { ip: '10.96.0.1', port: 443, target: 6443 });
    const slice = world.objects.endpointSlices.at(-1);
    Object.assign(slice ?? {}, { endpoints: [{ addresses: ['172.18.0.9'], conditions: { ready: true } }] });
    const { stdout } = await world.run(nginx, ['curl', '-sk', 'https://kubernetes/api/v1/pods']);
    assert.equal(
      (JSON.parse(stdout) as { message: string }).message,
      'forbidden: User "system:anonymous" cannot get path "/api/v1/pods"',
    );
    const plain = await world.run(nginx, ['curl', '-s', 'http://kubernetes:443/']);
    assert.equal(plain.stdout, 'Client sent an HTTP request to an HTTPS server.\n');
  });

  it('puts host network pods on their node', async () => {
    const pod = world.pod('host', {
      hostNetwork: true,
      containers: [{ name: 'c', image: 'hashicorp/http-echo', args: ['-text=on the node', '-listen=:9999'] }],
    });
    Object.assign(pod.status as object, { podIP: '172.18.0.2', podIPs: [{ ip: '172.18.0.2' }] });
    await world.ready('host');
    const { stdout } = await world.sh(nginx, 'until curl -s 172.18.0.2:9999; do sleep 0.1; done');
    assert.equal(stdout, 'on the node\n');
    assert.equal((await world.run(nginx, probe('172.18.0.3:9999'))).exit, 7);
  });
});
