import assert from 'node:assert/strict';
import { LabProcess, table } from './lab.ts';

interface List<T> {
  items: T[];
}
interface PodJson {
  metadata: { name: string };
  spec: { nodeName: string };
  status: { podIP: string };
}

describe('kubectl reads the lab', function () {
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

  it('get pods -o wide: addresses and nodes of the lesson', async () => {
    const rows = table(await lab.run('get', 'pods', '-o', 'wide'));
    const byName = new Map(rows.map((row) => [row.NAME, row]));
    assert.deepEqual([...byName.keys()].filter((name) => !name?.startsWith('mydeployments-')).sort(), [
      'distroless',
      'myvolemptydir',
      'testipod',
      'testpod1',
      'testpod2',
    ]);
    assert.equal(byName.get('testpod1')?.NODE, 'node1');
    assert.match(byName.get('testpod1')?.IP ?? '', /^10\.244\.1\.\d+$/);
    assert.equal(byName.get('testpod2')?.NODE, 'node2');
    assert.match(byName.get('testpod2')?.IP ?? '', /^10\.244\.2\.\d+$/);
    assert.equal(byName.get('testipod')?.READY, '2/2');
    for (const row of rows) assert.equal(row.STATUS, 'Running', row.NAME);
  });

  it('get svc,endpointslices: addresses, node port, slices', async () => {
    const text = await lab.run('get', 'svc,endpointslices');
    assert.match(text, /service\/demoservice\s+NodePort\s+10\.96\.4\.5\s+<none>\s+80:31412\/TCP/);
    assert.match(text, /service\/headless\s+ClusterIP\s+None\s+<none>\s+80\/TCP/);
    assert.match(text, /service\/kubernetes\s+ClusterIP\s+10\.96\.0\.1\s+<none>\s+443\/TCP/);
    assert.match(text, /endpointslice\.discovery\.k8s\.io\/demoservice-\w+\s+IPv4\s+80\s+10\.244\.\d\.\d+/);
    assert.match(text, /endpointslice\.discovery\.k8s\.io\/lonely-\w+\s+IPv4\s+<unset>\s+<unset>/);
    assert.match(text, /endpointslice\.discovery\.k8s\.io\/kubernetes\s+IPv4\s+6443\s+172\.30\.0\.1/);
  });

  it('get all -A: workloads of every namespace', async () => {
    const text = await lab.run('get', 'all', '-A');
    assert.match(text, /^default\s+deployment\.apps\/mydeployments\s+1\/1/m);
    assert.match(text, /^shop\s+deployment\.apps\/frontend\s+2\/2/m);
    assert.match(text, /^shop\s+service\/payments\s+ExternalName\s+<none>\s+payments\.example\.com/m);
    assert.match(text, /^shop\s+service\/frontend\s+LoadBalancer\s+\S+\s+<pending>/m);
    assert.match(text, /^kube-system\s+service\/kube-dns\s+ClusterIP\s+10\.96\.0\.10/m);
  });

  it('describe pod, svc, node and deployment', async () => {
    const pod = await lab.run('describe', 'pod', 'myvolemptydir');
    assert.match(pod, /\/tmp\/xchange from xchange \(rw\)/);
    assert.match(pod, /\/tmp\/data from xchange \(rw\)/);
    assert.match(pod, /Type:\s+EmptyDir/);
    assert.match(pod, /Normal\s+Scheduled\s/);
    const service = await lab.run('describe', 'svc', 'demoservice');
    assert.match(service, /Selector:\s+name=deployment/);
    assert.match(service, /NodePort:\s+<unset>\s+31412\/TCP/);
    assert.match(service, /Endpoints:\s+10\.244\.\d\.\d+:80/);
    const node = await lab.run('describe', 'node', 'node1');
    assert.match(node, /InternalIP:\s+172\.30\.0\.11/);
    assert.match(node, /Practice lab \(simulated\)/);
    const deployment = await lab.run('describe', 'deployment', 'mydeployments');
    assert.match(deployment, /1 desired \| 1 updated \| 1 total \| 1 available/);
    assert.match(deployment, /NewReplicaSet:\s+mydeployments-\w+ \(1\/1 replicas created\)/);
  });

  it('get --chunk-size=2 sees every pod once', async () => {
    const whole = await lab.get<List<PodJson>>('pods');
    const names = (await lab.run('get', 'pods', '--chunk-size=2', '-o', 'name')).trim().split('\n');
    assert.deepEqual(
      names,
      whole.items.map(({ metadata }) => `pod/${metadata.name}`),
    );
    assert.ok(names.length > 4);
  });

  it('field and label selectors', async () => {
    const onNode1 = await lab.get<List<PodJson>>('pods', '-A', '--field-selector', 'spec.nodeName=node1');
    assert.ok(onNode1.items.length > 0);
    for (const pod of onNode1.items) assert.equal(pod.spec.nodeName, 'node1');
    const labelled = await lab.run('get', 'pods', '-l', 'name in (deployment)', '-o', 'name');
    assert.match(labelled, /^pod\/mydeployments-\w+-\w+\n$/);
    const wrong = await lab.kubectl(['get', 'pods', '--field-selector', 'spec.colour=red']);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /field label not supported: spec\.colour/);
  });

  it('version, api-resources and explain', async () => {
    assert.match(await lab.run('version'), /Server Version: v1\.36\.2\+podnet\.lab/);
    const resources = await lab.run('api-resources', '--no-headers');
    assert.match(resources, /^pods\s+po\s+v1\s+true\s+Pod$/m);
    assert.match(resources, /^endpointslices\s+discovery\.k8s\.io\/v1\s+true\s+EndpointSlice$/m);
    const explained = await lab.run('explain', 'service.spec');
    assert.match(explained, /externalTrafficPolicy\s+<string>/);
    assert.match(explained, /ports\s+<\[\]ServicePort>/);
  });

  it('auth can-i, as administrator and as viewer', async () => {
    assert.equal((await lab.run('auth', 'can-i', 'create', 'pods')).trim(), 'yes');
    const viewer = { context: 'podnet-lab-viewer' };
    const exec = await lab.kubectl(['auth', 'can-i', 'create', 'pods', '--subresource=exec'], viewer);
    assert.equal(exec.stdout.trim(), 'no');
    const list = await lab.kubectl(['get', 'pods', '-A'], viewer);
    assert.match(
      list.stderr,
      /pods is forbidden: User "viewer" cannot list resource "pods" in API group "" at the cluster scope/,
    );
    const own = await lab.kubectl(['get', 'pod', 'testpod1', '-o', 'name'], viewer);
    assert.equal(own.stdout, 'pod/testpod1\n');
  });

  it('what is not there', async () => {
    const pod = await lab.kubectl(['get', 'pod', 'nosuch']);
    assert.equal(pod.code, 1);
    assert.match(pod.stderr, /Error from server \(NotFound\): pods "nosuch" not found/);
    const kind = await lab.kubectl(['get', 'gadgets']);
    assert.match(kind.stderr, /the server doesn't have a resource type "gadgets"/);
  });
});
