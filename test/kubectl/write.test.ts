import assert from 'node:assert/strict';
import { LabProcess, table } from './lab.ts';

interface ServiceJson {
  metadata: { uid: string; resourceVersion: string };
  spec: { clusterIP: string; ports: { port: number; targetPort: number }[]; type: string };
}

const manifest = (port: number): string => `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: ${port}
      targetPort: 80
`;

describe('kubectl changes the lab', function () {
  this.timeout(60_000);
  let lab: LabProcess;
  before(async () => {
    lab = await LabProcess.start();
    await lab.run('wait', '--for=condition=Ready', 'pod', '--all', '-A', '--timeout=40s');
  });
  after(async () => {
    assert.equal(await lab.stop(), 0);
    assert.equal(lab.complaints, '');
  });
  const apply = (input: string, ...more: string[]): ReturnType<LabProcess['kubectl']> =>
    lab.kubectl(['apply', ...more, '-f', '-'], { input });

  it('apply -f: created, unchanged, configured', async () => {
    assert.equal((await apply(manifest(80))).stdout, 'service/web created\n');
    const created = await lab.get<ServiceJson>('svc', 'web');
    assert.match(created.spec.clusterIP, /^10\.96\.\d+\.\d+$/);
    assert.equal((await apply(manifest(80))).stdout, 'service/web unchanged\n');
    assert.equal((await apply(manifest(81))).stdout, 'service/web configured\n');
    const changed = await lab.get<ServiceJson>('svc', 'web');
    assert.deepEqual(
      changed.spec.ports.map(({ port, targetPort }) => [port, targetPort]),
      [[81, 80]],
    );
    assert.equal(changed.spec.clusterIP, created.spec.clusterIP);
    assert.equal(changed.metadata.uid, created.metadata.uid);
  });

  it('apply -f: what the server refuses', async () => {
    const unknown = await apply(
      manifest(80).replace('name: web', 'name: other').replace('targetPort', 'target'),
    );
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /strict decoding error: unknown field "spec\.ports\[0\]\.target"/);
    const invalid = await apply(manifest(70000).replace('name: web', 'name: other'));
    assert.equal(invalid.code, 1);
    assert.match(
      invalid.stderr,
      /The Service "other" is invalid: spec\.ports\[0\]\.port: Invalid value: 70000: must be between 1 and 65535, inclusive/,
    );
    const taken = await apply(
      manifest(80)
        .replace('name: web', 'name: other')
        .replace('spec:', 'spec:\n  type: NodePort')
        .replace('targetPort: 80', 'nodePort: 31412'),
    );
    assert.match(
      taken.stderr,
      /spec\.ports\[0\]\.nodePort: Invalid value: 31412: provided port is already allocated/,
    );
    const dry = await apply(manifest(80).replace('name: web', 'name: other'), '--dry-run=server');
    assert.equal(dry.stdout, 'service/other created (server dry run)\n');
    assert.equal((await lab.kubectl(['get', 'svc', 'other'])).code, 1);
  });

  it('apply --server-side: owners, conflict, force', async () => {
    const mine = manifest(80).replace('name: web', 'name: ssa');
    const theirs = mine.replace('targetPort: 80', 'targetPort: 8080');
    const first = await apply(mine, '--server-side', '--field-manager=first');
    assert.equal(first.stdout, 'service/ssa serverside-applied\n');
    const conflict = await apply(theirs, '--server-side', '--field-manager=second');
    assert.equal(conflict.code, 1);
    assert.match(
      conflict.stderr,
      /Apply failed with 1 conflict: conflict with "first": \.spec\.ports\[port=80,protocol="TCP"\]\.targetPort/,
    );
    const forced = await apply(theirs, '--server-side', '--field-manager=second', '--force-conflicts');
    assert.equal(forced.code, 0);
    assert.equal((await lab.get<ServiceJson>('svc', 'ssa')).spec.ports[0]?.targetPort, 8080);
  });

  it('patch, label, annotate and replace with an old version', async () => {
    await lab.run('patch', 'svc', 'demoservice', '-p', '{"spec":{"ports":[{"port":80,"targetPort":8080}]}}');
    const patched = await lab.get<ServiceJson & { spec: { ports: { nodePort: number }[] } }>(
      'svc',
      'demoservice',
    );
    assert.deepEqual(patched.spec.ports[0]?.targetPort, 8080);
    assert.equal(patched.spec.ports[0].nodePort, 31412);
    await lab.run(
      'patch',
      'svc',
      'demoservice',
      '--type=json',
      '-p',
      '[{"op":"replace","path":"/spec/ports/0/targetPort","value":80}]',
    );
    await lab.run(
      'patch',
      'svc',
      'demoservice',
      '--type=merge',
      '-p',
      '{"spec":{"sessionAffinity":"ClientIP"}}',
    );
    await lab.run('label', 'pod', 'testpod1', 'tier=web');
    assert.equal(await lab.run('get', 'pods', '-l', 'tier=web', '-o', 'name'), 'pod/testpod1\n');
    await lab.run('label', 'pod', 'testpod1', 'tier-');
    assert.equal(await lab.run('get', 'pods', '-l', 'tier=web', '-o', 'name'), '');
    const old = JSON.stringify(patched);
    const replaced = await lab.kubectl(['replace', '-f', '-'], { input: old });
    assert.match(
      replaced.stderr,
      /the object has been modified; please apply your changes to the latest version/,
    );
  });

  it('scale, rollout and undo', async () => {
    await lab.run('scale', 'deployment', 'mydeployments', '--replicas=3');
    await lab.run('rollout', 'status', 'deployment/mydeployments', '--timeout=30s');
    const pods = table(await lab.run('get', 'pods', '-l', 'name=deployment'));
    assert.equal(pods.length, 3);
    await lab.run('set', 'image', 'deployment/mydeployments', 'c00=nginx');
    await lab.run('rollout', 'status', 'deployment/mydeployments', '--timeout=30s');
    assert.match(
      await lab.run('rollout', 'history', 'deployment/mydeployments'),
      /^1\s+<none>\n2\s+<none>$/m,
    );
    await lab.run('rollout', 'undo', 'deployment/mydeployments');
    await lab.run('rollout', 'status', 'deployment/mydeployments', '--timeout=30s');
    const image = '-o=jsonpath={.items[*].spec.containers[0].image}';
    await lab
      .run('wait', '--for=delete', 'pod', '-l', 'name=deployment', '--timeout=1s')
      .catch(() => undefined);
    const images = await lab.run(
      'get',
      'pods',
      '-l',
      'name=deployment',
      '--field-selector=status.phase=Running',
      image,
    );
    assert.match(images, /httpd/);
    await lab.run('scale', 'deployment', 'mydeployments', '--replicas=1');
  });

  it('get pods -w sees pods come and go', async () => {
    const watching = lab.kubectl(['get', 'pods', '-w', '--no-headers'], {
      until: /passer-by\s+\S+\s+Terminating/,
    });
    await lab.run('run', 'passer-by', '--image=nginx');
    await lab.run('wait', '--for=condition=Ready', 'pod/passer-by', '--timeout=30s');
    await lab.run('delete', 'pod', 'passer-by');
    const { stdout } = await watching;
    assert.match(stdout, /passer-by\s+1\/1\s+Running/);
    assert.match(stdout, /passer-by\s+\S+\s+Terminating/);
  });

  it('delete waits until the object is gone; namespaces take their content along', async () => {
    assert.equal(await lab.run('delete', 'pod', 'testpod2'), 'pod "testpod2" deleted\n');
    assert.match((await lab.kubectl(['get', 'pod', 'testpod2'])).stderr, /pods "testpod2" not found/);
    assert.equal(await lab.run('delete', 'namespace', 'shop'), 'namespace "shop" deleted\n');
    assert.equal(await lab.run('get', 'pods', '-n', 'shop', '-o', 'name'), '');
    assert.equal(
      await lab.run('delete', 'deployment', 'mydeployments'),
      'deployment.apps "mydeployments" deleted\n',
    );
    await lab.run('wait', '--for=delete', 'pod', '-l', 'name=deployment', '--timeout=30s');
  });

  it('create: deployment, service, config map, secret, namespace, job', async () => {
    await lab.run('create', 'namespace', 'made');
    await lab.run('create', 'deployment', 'web', '--image=nginx', '--replicas=2', '-n', 'made');
    await lab.run('expose', 'deployment', 'web', '--port=80', '-n', 'made');
    await lab.run('create', 'configmap', 'settings', '--from-literal=colour=blue', '-n', 'made');
    await lab.run('create', 'secret', 'generic', 'key', '--from-literal=word=hush', '-n', 'made');
    await lab.run('create', 'job', 'once', '--image=busybox', '-n', 'made', '--', 'true');
    await lab.run('rollout', 'status', 'deployment/web', '-n', 'made', '--timeout=30s');
    await lab.run('wait', '--for=condition=complete', 'job/once', '-n', 'made', '--timeout=30s');
    const slices = await lab.get<{ items: { endpoints: { conditions: { ready: boolean } }[] }[] }>(
      'endpointslices',
      '-n',
      'made',
    );
    assert.deepEqual(
      slices.items.flatMap(({ endpoints }) => endpoints.map(({ conditions }) => conditions.ready)),
      [true, true],
    );
    assert.equal(
      await lab.run('get', 'cm', 'settings', '-n', 'made', '-o', 'jsonpath={.data.colour}'),
      'blue',
    );
  });
});
