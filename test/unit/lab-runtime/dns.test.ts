import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/lab/runtime/types.ts';
import { World } from './world.ts';

describe('lab DNS', () => {
  const world = new World();
  let tools: KubeObject;
  let web: KubeObject;
  let alpine: KubeObject;
  before(async () => {
    web = world.pod('web-0', {
      hostname: 'web-0',
      subdomain: 'headless',
      containers: [{ name: 'c', image: 'httpd' }],
    });
    tools = world.pod('tools', {
      containers: [{ name: 'c', image: 'nicolaka/netshoot', command: ['sleep', '1000'] }],
    });
    alpine = world.pod('alpine', {
      containers: [{ name: 'c', image: 'alpine', command: ['sleep', '1000'] }],
    });
    await world.dns();
    world.objects.namespaces.push({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', uid: 'ns-shop' },
    });
    world.service('demo', {
      ip: '10.96.4.5',
      port: 80,
      pods: [web],
      spec: { ports: [{ name: 'http', port: 80 }] },
    });
    world.service('headless', { port: 80, pods: [web] });
    world.service('cart', { ip: '10.96.4.6', port: 80, namespace: 'shop' });
    world.service('nobody', { port: 80 });
    world.service('elsewhere', {
      port: 80,
      spec: { type: 'ExternalName', externalName: 'demo.default.svc.cluster.local' },
    });
    for (const pod of ['web-0', 'tools', 'alpine']) await world.ready(pod);
  });
  after(() => world.dispose());

  const getent = async (name: string): Promise<string> => {
    const { stdout, exit } = await world.run(tools, ['getent', 'ahostsv4', name]);
    return exit === 0 ? (stdout.split(' ', 1)[0] ?? '') : `exit ${exit}`;
  };

  it('finds services by every form of their name', async () => {
    for (const name of [
      'demo',
      'demo.default',
      'demo.default.svc',
      'demo.default.svc.cluster.local',
      'demo.default.svc.cluster.local.',
    ]) {
      assert.equal(await getent(name), '10.96.4.5', name);
    }
    assert.equal(await getent('cart'), 'exit 2');
    assert.equal(await getent('cart.shop'), '10.96.4.6');
  });

  it('finds the pods of a headless service, together and by host name', async () => {
    assert.equal(await getent('headless'), world.address(web));
    assert.equal(await getent('web-0.headless'), world.address(web));
    assert.equal(await getent('web-1.headless'), 'exit 2');
    assert.equal(await getent('nobody'), 'exit 2');
  });

  it('finds pods by their address and follows external names', async () => {
    assert.equal(
      await getent(`${world.address(web).replaceAll('.', '-')}.default.pod.cluster.local`),
      world.address(web),
    );
    assert.equal(await getent('elsewhere'), '10.96.4.5');
    assert.equal(await getent('localhost'), '127.0.0.1');
    assert.equal(await getent('nosuch.default.svc.cluster.local'), 'exit 2');
  });

  it('answers dig with records of all kinds', async () => {
    const dig = async (...args: string[]): Promise<string> =>
      (await world.run(tools, ['dig', '+short', ...args])).stdout;
    assert.equal(await dig('demo.default.svc.cluster.local'), '10.96.4.5\n');
    assert.equal(
      await dig('_http._tcp.demo.default.svc.cluster.local', 'SRV'),
      '0 100 80 demo.default.svc.cluster.local.\n',
    );
    assert.equal(await dig('-x', '10.96.4.5'), 'demo.default.svc.cluster.local.\n');
    assert.equal(await dig('demo.default.svc.cluster.local', 'AAAA'), '');
    const { stdout } = await world.run(tools, ['dig', 'nosuch.default.svc.cluster.local']);
    assert.match(stdout, /status: NXDOMAIN/);
  });

  it("speaks as bind's and busybox' nslookup do", async () => {
    const bind = await world.run(tools, ['nslookup', 'demo']);
    assert.deepEqual(bind, {
      stdout:
        'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nName:\tdemo.default.svc.cluster.local\nAddress: 10.96.4.5\n\n',
      stderr: '',
      exit: 0,
    });
    const unknown = await world.run(tools, ['nslookup', 'nosuch']);
    assert.match(unknown.stdout, /\n\*\* server can't find nosuch: NXDOMAIN\n/);
    assert.equal(unknown.exit, 1);
    const busybox = await world.run(alpine, ['nslookup', 'demo.default.svc.cluster.local']);
    assert.match(busybox.stdout, /^Server:\t\t10\.96\.0\.10\nAddress:\t10\.96\.0\.10:53\n\n/);
    assert.match(busybox.stdout, /Name:\tdemo\.default\.svc\.cluster\.local\nAddress: 10\.96\.4\.5\n/);
  });

  it('reads /etc/hosts and /etc/resolv.conf of the container', async () => {
    const pod = world.pod('own', {
      dnsPolicy: 'None',
      dnsConfig: {
        nameservers: ['10.96.0.10'],
        searches: ['shop.svc.cluster.local'],
        options: [{ name: 'ndots', value: '2' }],
      },
      hostAliases: [{ ip: '10.9.8.7', hostnames: ['legacy'] }],
      containers: [{ name: 'c', image: 'debian', command: ['sleep', '1000'] }],
    });
    await world.ready('own');
    const { stdout } = await world.sh(
      pod,
      'cat /etc/resolv.conf; getent hosts cart; getent hosts legacy; echo 1.2.3.4 mine >> /etc/hosts; getent hosts mine',
    );
    assert.equal(
      stdout,
      'search shop.svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:2\n10.96.4.6       cart.shop.svc.cluster.local\n10.9.8.7        legacy\n1.2.3.4         mine\n',
    );
  });

  it('fails as a cluster without DNS does', async () => {
    const index = world.objects.endpointSlices.findIndex(({ metadata }) => metadata.name === 'kube-dns-abc');
    const [slice] = world.objects.endpointSlices.splice(index, 1);
    const { stderr, exit } = await world.run(tools, ['bash', '-c', 'exec 3<>/dev/tcp/demo/80']);
    assert.match(stderr, /bash: demo: Temporary failure in name resolution/);
    assert.equal(exit, 1);
    const curl = await world.run(tools, ['curl', '-sS', 'demo']);
    assert.equal(curl.exit, 6);
    if (slice) world.objects.endpointSlices.push(slice);
  });
});
