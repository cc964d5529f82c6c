import assert from 'node:assert/strict';
import type { EndpointSlice } from '../../../src/lab/objects/network.ts';
import type { Pod } from '../../../src/lab/objects/pod.ts';
import * as catalog from '../../../src/lab/resources/catalog.ts';
import { simplePod, TestLab } from './labClient.ts';
import type { Json } from './labClient.ts';

const core = '/api/v1/namespaces/default';
const apps = '/apis/apps/v1/namespaces/default';
const template = (labels: Json, image = 'nginx'): Json => ({
  metadata: { labels },
  spec: { containers: [{ name: 'c', image, ports: [{ name: 'http', containerPort: 8080 }] }] },
});

describe('controllers', () => {
  let lab: TestLab;
  beforeEach(async () => {
    lab = await TestLab.start();
  });
  afterEach(() => lab.stop());

  const podsWith = (label: string, value: string): Pod[] =>
    [...lab.api.store.list(catalog.pods, 'default')].filter((pod) => pod.metadata.labels?.[label] === value);
  const running = (label: string, value: string, count: number): Promise<Pod[]> =>
    lab.until(() => {
      const found = podsWith(label, value);
      const ready = found.filter((pod) => pod.status.phase === 'Running' && !pod.metadata.deletionTimestamp);
      return found.length === count && ready.length === count ? ready : undefined;
    });
  const deployment = (replicas: number, image?: string): Json => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: template({ app: 'web' }, image) },
  });
  const patch = (path: string, body: unknown): Promise<Json> =>
    lab.ok(path, { method: 'PATCH', body, headers: { 'Content-Type': 'application/merge-patch+json' } });

  it('spread a deployment’s pods over the nodes and heal it', async () => {
    await lab.create(`${apps}/deployments`, deployment(4));
    const pods = await running('app', 'web', 4);
    const nodes = pods.map((pod) => pod.spec.nodeName);
    assert.deepEqual(
      [nodes.filter((name) => name === 'node1').length, nodes.filter((name) => name === 'node2').length],
      [2, 2],
    );
    assert.equal(new Set(pods.map((pod) => pod.status.podIP)).size, 4);
    await lab.ok(`${core}/pods/${pods[0]!.metadata.name}`, { method: 'DELETE' });
    const healed = await lab.until(() => {
      const now = podsWith('app', 'web').filter((pod) => pod.status.phase === 'Running');
      return now.length === 4 && !now.some((pod) => pod.metadata.uid === pods[0]!.metadata.uid)
        ? now
        : undefined;
    });
    assert.equal(healed.length, 4);
  });

  it('roll a deployment to a new template and keep the old ReplicaSet for going back', async () => {
    await lab.create(`${apps}/deployments`, deployment(3));
    await running('app', 'web', 3);
    await patch(`${apps}/deployments/web`, { spec: { template: template({ app: 'web' }, 'httpd') } });
    await lab.until(() => {
      const pods = podsWith('app', 'web');
      return pods.length === 3 && pods.every((pod) => pod.spec.containers[0]?.image === 'httpd')
        ? true
        : undefined;
    });
    const sets = [...lab.api.store.list(catalog.replicaSets, 'default')];
    assert.deepEqual(sets.map((set) => set.spec.replicas).sort(), [0, 3]);
    const [status] = await lab.until(() => {
      const web = lab.api.read(catalog.deployments, { namespace: 'default', name: 'web' });
      return web.status.availableReplicas === 3 && web.status.updatedReplicas === 3
        ? [web.status]
        : undefined;
    });
    assert.equal(status.observedGeneration, 2);
  });

  it('adopt pods that match, let go of those that match no more', async () => {
    await lab.create(`${core}/pods`, simplePod('orphan', { metadata: { labels: { app: 'web' } } }));
    const set = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'keeper' } };
    const spec = {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: template({ app: 'web' }),
    };
    await lab.create(`${apps}/replicasets`, { ...set, spec });
    const pods = await running('app', 'web', 2);
    const adopted = pods.find((pod) => pod.metadata.name === 'orphan');
    assert.equal(adopted?.metadata.ownerReferences?.[0]?.name, 'keeper');
    await patch(`${core}/pods/orphan`, { metadata: { labels: { app: 'alone' } } });
    await running('app', 'web', 2);
    await lab.until(() => {
      const orphan = lab.api.store.get(catalog.pods, { namespace: 'default', name: 'orphan' });
      return orphan?.metadata.ownerReferences === undefined ? true : undefined;
    });
  });

  it('collect what belongs to a deleted owner: in the background, in the foreground, or not at all', async () => {
    for (const policy of ['Background', 'Foreground', 'Orphan']) {
      await lab.create(`${apps}/deployments`, deployment(1));
      const [pod] = await running('app', 'web', 1);
      await lab.ok(`${apps}/deployments/web`, { method: 'DELETE', body: { propagationPolicy: policy } });
      await lab.until(() =>
        lab.api.store.get(catalog.deployments, { namespace: 'default', name: 'web' }) ? undefined : true,
      );
      const sets = (): number => [...lab.api.store.list(catalog.replicaSets, 'default')].length;
      if (policy === 'Orphan') {
        assert.equal(sets(), 1, policy);
        assert.equal(podsWith('app', 'web')[0]?.metadata.uid, pod?.metadata.uid);
      } else await lab.until(() => (sets() === 0 && podsWith('app', 'web').length === 0 ? true : undefined));
      if (policy === 'Foreground') assert.equal(podsWith('app', 'web').length, 0);
    }
  });

  it('write slices and Endpoints: named ports, readiness, terminating pods, no pods', async () => {
    await lab.create(`${core}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', labels: { team: 'a' } },
      spec: { selector: { app: 'web' }, ports: [{ name: 'web', port: 80, targetPort: 'http' }] },
    });
    const slice = (): EndpointSlice | undefined =>
      [...lab.api.store.list(catalog.endpointSlices, 'default')].find(
        ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'web',
      );
    const none = await lab.until(slice);
    assert.deepEqual([none.endpoints, none.ports], [null, null]);
    assert.deepEqual(none.metadata.labels, {
      team: 'a',
      'kubernetes.io/service-name': 'web',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    });
    await lab.create(`${apps}/deployments`, deployment(2));
    const pods = await running('app', 'web', 2);
    const ready = (): (boolean | undefined)[] =>
      (slice()?.endpoints ?? []).map(({ conditions }) => conditions?.ready);
    await lab.until(() => (JSON.stringify(ready()) === '[true,true]' ? true : undefined));
    assert.deepEqual(slice()?.ports, [{ name: 'web', protocol: 'TCP', port: 8080 }]);
    const first = slice()?.endpoints?.[0];
    const pod = pods.find((one) => one.status.podIP === first?.addresses[0]);
    assert.deepEqual(first, {
      addresses: [pod?.status.podIP],
      conditions: { ready: true, serving: true, terminating: false },
      targetRef: { kind: 'Pod', namespace: 'default', name: pod?.metadata.name, uid: pod?.metadata.uid },
      nodeName: pod?.spec.nodeName,
    });
    lab.runtime.report(pods[0]!.metadata.uid, {
      container: 'c',
      state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
      restartCount: 0,
      ready: false,
    });
    await lab.until(() => (ready().includes(false) ? true : undefined));
    const endpoints = (): unknown[] =>
      (lab.api.read(catalog.endpoints, { namespace: 'default', name: 'web' }).subsets ?? []).map((subset) => [
        subset.addresses?.length,
        subset.notReadyAddresses?.length,
        subset.ports,
      ]);
    assert.deepEqual(endpoints(), [[1, 1, [{ name: 'web', port: 8080, protocol: 'TCP' }]]]);
    await patch(`${core}/services/web`, { spec: { publishNotReadyAddresses: true } });
    await lab.until(() => (JSON.stringify(ready()) === '[true,true]' ? true : undefined));
    await lab.ok(`${core}/services/web`, { method: 'DELETE' });
    await lab.until(() => (slice() ? undefined : true));
    await lab.until(() =>
      lab.api.store.get(catalog.endpoints, { namespace: 'default', name: 'web' }) ? undefined : true,
    );
  });

  it('mirror Endpoints that were made by hand', async () => {
    const metadata = { name: 'outside' };
    await lab.create(`${core}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { ports: [{ port: 80 }] },
    });
    await lab.create(`${core}/endpoints`, {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata,
      subsets: [{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 8080 }] }],
    });
    const slice = await lab.until(() =>
      [...lab.api.store.list(catalog.endpointSlices, 'default')].find(
        (one) => one.metadata.labels?.['kubernetes.io/service-name'] === 'outside',
      ),
    );
    assert.deepEqual(slice.endpoints, [{ addresses: ['192.0.2.1'], conditions: { ready: true } }]);
    assert.deepEqual(slice.ports, [{ name: '', port: 8080, protocol: 'TCP' }]);
  });

  it('keep a StatefulSet’s names, order and claims', async () => {
    await lab.create(`${apps}/statefulsets`, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        replicas: 2,
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: template({ app: 'db' }),
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
      },
    });
    const pods = await running('app', 'db', 2);
    assert.deepEqual(pods.map((pod) => pod.metadata.name).sort(), ['db-0', 'db-1']);
    for (const pod of pods) {
      assert.equal(pod.spec.hostname, pod.metadata.name);
      assert.equal(pod.spec.subdomain, 'db');
      const claim = await lab.until(async () => {
        const found = await lab.ok<{ status: { phase: string } }>(
          `${core}/persistentvolumeclaims/data-${pod.metadata.name}`,
        );
        return found.status.phase === 'Bound' ? found : undefined;
      });
      assert.equal(claim.status.phase, 'Bound');
    }
    await patch(`${apps}/statefulsets/db`, { spec: { replicas: 1 } });
    const [left] = await running('app', 'db', 1);
    assert.equal(left?.metadata.name, 'db-0');
  });

  it('run a DaemonSet on every node', async () => {
    const spec = { selector: { matchLabels: { app: 'agent' } }, template: template({ app: 'agent' }) };
    await lab.create(`${apps}/daemonsets`, {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec,
    });
    const pods = await running('app', 'agent', 2);
    assert.deepEqual(pods.map((pod) => pod.spec.nodeName).sort(), ['node1', 'node2']);
  });

  it('run a job to its end, and give it up after too many failures', async () => {
    const jobs = '/apis/batch/v1/namespaces/default/jobs';
    const job = (name: string): Json => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: {
        backoffLimit: 1,
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] } },
      },
    });
    const end = async (name: string, exitCode: number): Promise<string | undefined> => {
      await lab.create(jobs, job(name));
      return lab.until(async () => {
        for (const pod of podsWith('job-name', name)) {
          if (pod.status.phase !== 'Running') continue;
          const finished = {
            exitCode,
            reason: exitCode === 0 ? 'Completed' : 'Error',
            startedAt: '2026-01-01T00:00:00Z',
            finishedAt: '2026-01-01T00:00:01Z',
          };
          lab.runtime.report(pod.metadata.uid, {
            container: 'c',
            state: { terminated: finished },
            restartCount: 0,
            ready: false,
          });
        }
        const { status } = await lab.ok<{ status: { conditions?: { type: string; status: string }[] } }>(
          `${jobs}/${name}`,
        );
        return status.conditions?.find(({ type }) => type === 'Complete' || type === 'Failed')?.type;
      });
    };
    assert.equal(await end('good', 0), 'Complete');
    assert.equal(await end('bad', 1), 'Failed');
    assert.equal(podsWith('job-name', 'bad').length, 2);
  });

  it('leave a pod that fits no node Pending, and say why', async () => {
    await lab.create(`${core}/pods`, simplePod('lost', { spec: { nodeSelector: { disk: 'ssd' } } }));
    const condition = await lab.until(() =>
      lab.api
        .read(catalog.pods, { namespace: 'default', name: 'lost' })
        .status.conditions?.find(({ type }) => type === 'PodScheduled'),
    );
    assert.deepEqual([condition.status, condition.reason], ['False', 'Unschedulable']);
    assert.equal(
      condition.message,
      "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
    );
    await patch('/api/v1/nodes/node2', { metadata: { labels: { disk: 'ssd' } } });
    const pod = await lab.until(() => {
      const lost = lab.api.read(catalog.pods, { namespace: 'default', name: 'lost' });
      return lost.status.phase === 'Running' ? lost : undefined;
    });
    assert.equal(pod.spec.nodeName, 'node2');
  });

  it('empty a namespace before it goes, and take nothing new meanwhile', async () => {
    await lab.create('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'gone' },
    });
    await lab.create('/api/v1/namespaces/gone/pods', simplePod('inside'));
    await lab.until(() => (lab.runtime.started.size > 0 ? true : undefined));
    const terminating = await lab.ok<{ status: { phase: string } }>('/api/v1/namespaces/gone', {
      method: 'DELETE',
    });
    assert.equal(terminating.status.phase, 'Terminating');
    const late = await lab.request('/api/v1/namespaces/gone/pods', {
      method: 'POST',
      body: simplePod('late'),
    });
    assert.ok(late.status === 403 || late.status === 404, late.text);
    await lab.until(() => (lab.api.store.get(catalog.namespaces, { name: 'gone' }) ? undefined : true));
    assert.equal([...lab.api.store.list(catalog.pods, 'gone')].length, 0);
    const nowhere = await lab.request('/api/v1/namespaces/gone/pods', {
      method: 'POST',
      body: simplePod('late'),
    });
    assert.equal(nowhere.body.message, 'namespaces "gone" not found');
  });

  it('start ephemeral containers, and refuse to change them', async () => {
    await lab.create(`${core}/pods`, simplePod('bare'));
    const add = (image: string): ReturnType<TestLab['request']> =>
      lab.request(`${core}/pods/bare/ephemeralcontainers`, {
        method: 'PATCH',
        body: { spec: { ephemeralContainers: [{ name: 'look', image, command: ['sleep', '3600'] }] } },
        headers: { 'Content-Type': 'application/strategic-merge-patch+json' },
      });
    assert.equal((await add('curlimages/curl')).status, 200);
    await lab.until(() => {
      const pod = lab.api.read(catalog.pods, { namespace: 'default', name: 'bare' });
      return pod.status.ephemeralContainerStatuses?.[0]?.state?.running ? true : undefined;
    });
    assert.equal((await add('busybox')).status, 422);
  });

  it('say why an image cannot be had, and restart counts', async () => {
    await lab.create(`${core}/pods`, simplePod('pulling'));
    const { uid } = (
      await lab.until(() => {
        const pod = lab.api.store.get(catalog.pods, { namespace: 'default', name: 'pulling' });
        return pod?.status.phase === 'Running' ? pod : undefined;
      })
    ).metadata;
    const terminated = {
      exitCode: 1,
      reason: 'Error',
      startedAt: '2026-01-01T00:00:00Z',
      finishedAt: '2026-01-01T00:00:01Z',
    };
    lab.runtime.report(uid, { container: 'c', state: { terminated }, restartCount: 0, ready: false });
    lab.runtime.report(uid, {
      container: 'c',
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      restartCount: 1,
      ready: false,
    });
    const headers = { Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
    const table = await lab.ok<{ rows: { cells: string[] }[] }>(`${core}/pods/pulling`, { headers });
    const [name, ready, status, restarts] = table.rows[0]!.cells;
    assert.deepEqual([name, ready, status], ['pulling', '0/1', 'CrashLoopBackOff']);
    assert.match(restarts ?? '', /^1 \(\S+ ago\)$/);
    const pod = lab.api.read(catalog.pods, { namespace: 'default', name: 'pulling' });
    assert.equal(pod.status.containerStatuses?.[0]?.lastState?.terminated?.exitCode, 1);
  });
});
