import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { isRecord } from '../../../src/model/json.ts';
import { allPairs, groupPods } from '../../../src/reach/pairs.ts';
import { worldOfObjects, type FilesWorld } from '../../../src/reach/worldOfObjects.ts';
import { pod, policy, worldOf } from './build.ts';

const podsOf = ({ snapshot }: FilesWorld): string[] =>
  snapshot
    .all('Pod')
    .map(({ namespace, name }) => `${namespace}/${name}`)
    .sort();

const template = '{ metadata: { labels: { app: web } }, spec: { containers: [{ name: c, image: nginx }] } }';
const workload = (kind: string, name: string, more = '', meta = ''): string => `
---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}${meta} }
spec: { ${more}template: ${template} }`;

describe('manifests as people have them', () => {
  it('are opened from Lists, in Lists, and from those of the API, whose items do not repeat the kind', () => {
    const item = { metadata: { name: 'a' }, spec: { containers: [{ name: 'c' }] } };
    const listed = { apiVersion: 'v1', kind: 'PodList', items: [item] };
    const whole = { ...item, kind: 'Pod', apiVersion: 'v1', metadata: { name: 'b', namespace: 'x' } };
    const world = worldOfObjects([{ kind: 'List', items: [listed, whole] }], 'here');
    assert.deepEqual(podsOf(world), ['here/a', 'x/b']);
  });

  it('give pods with generateName names of their own', () => {
    const generated = (): string => `
---
apiVersion: v1
kind: Pod
metadata: { generateName: job- }
spec: { containers: [{ name: c }] }`;
    assert.equal(podsOf(worldOf(generated() + generated())).length, 2);
  });

  it('stand for pods with any workload that has a template, of other vendors too', () => {
    const kinds = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'Rollout'];
    const cronJob = `
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: cron }
spec: { jobTemplate: { spec: { template: ${template} } } }`;
    const world = worldOf(kinds.map((kind) => workload(kind, kind.toLowerCase())).join('') + cronJob);
    assert.deepEqual(
      podsOf(world),
      [...kinds.map((kind) => `default/${kind.toLowerCase()}`), 'default/cron'].sort(),
    );
  });

  it('count a workload once where what it made is there as well, as `kubectl get all` prints it', () => {
    const owned = (kind: string, name: string): string =>
      `, labels: { app: web, pod-template-hash: abc }, ownerReferences: [{ kind: ${kind}, name: ${name}, controller: true }]`;
    const printed =
      workload('Deployment', 'web') +
      workload('ReplicaSet', 'web-abc', '', owned('Deployment', 'web')) +
      ['web-abc-1', 'web-abc-2']
        .map(
          (name) => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}${owned('ReplicaSet', 'web-abc')} }
spec: { containers: [{ name: c }] }`,
        )
        .join('');
    const world = worldOf(printed);
    assert.deepEqual(podsOf(world), ['default/web-abc-1', 'default/web-abc-2']);
    assert.deepEqual(
      groupPods(world).map(({ ref }) => ref),
      ['deployment/default/web'],
    );
    const withoutPods = worldOf(
      workload('Deployment', 'web') + workload('ReplicaSet', 'web-abc', '', owned('Deployment', 'web')),
    );
    assert.deepEqual(podsOf(withoutPods), ['default/web']);
    const alone = worldOf(workload('ReplicaSet', 'web-abc', '', owned('Deployment', 'web')));
    assert.deepEqual(podsOf(alone), ['default/web-abc']);
  });

  it('are not mistaken for the core kinds of the same name', () => {
    const world = worldOf(`
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80 }] }`);
    assert.deepEqual(world.snapshot.all('Service'), []);
  });

  it('group the pods of a StatefulSet, and name them one by one only where a policy tells them apart', () => {
    const replica = (index: number): string => `
---
apiVersion: v1
kind: Pod
metadata:
  name: db-${index}
  labels: { app: db, statefulset.kubernetes.io/pod-name: db-${index} }
  ownerReferences: [{ kind: StatefulSet, name: db, controller: true }]
spec: { containers: [{ name: c }] }`;
    const pods = replica(0) + replica(1);
    const refs = (manifests: string): string[] => groupPods(worldOf(manifests)).map(({ ref }) => ref);
    assert.deepEqual(refs(pods), ['statefulset/default/db']);
    const first = 'podSelector: { matchLabels: { statefulset.kubernetes.io/pod-name: db-0 } }';
    assert.deepEqual(refs(pods + policy('p', first)), ['pod/default/db-0', 'pod/default/db-1']);
  });

  it('put pods without a workload together only where there are very many', () => {
    const many = Array.from({ length: 2_001 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${index}`, labels: { app: index === 0 ? 'first' : 'rest' } },
      spec: { containers: [{ name: 'c' }] },
    }));
    assert.deepEqual(
      groupPods(worldOfObjects(many)).map(({ ref, alike, pods }) => [ref, alike, pods.length]),
      [
        ['pod/default/p0', undefined, 1],
        ['pod/default/p1', 2_000, 2_000],
      ],
    );
    assert.equal(groupPods(worldOfObjects(many.slice(1))).length, 2_000);
  });

  it('leave out pods that have ended', () => {
    const ended = parseAllDocuments(`${pod('done')}\nstatus: { phase: Succeeded }${pod('a')}${pod('b')}`).map(
      (document) => document.toJS() as unknown,
    );
    const pairs = [...allPairs(...worldAndGroups(worldOfObjects(ended.filter(isRecord))))];
    assert.deepEqual(
      pairs.map(({ source, target }) => `${source.ref} ${target.ref}`),
      ['pod/default/a pod/default/b', 'pod/default/b pod/default/a'],
    );
  });

  it('give nothing to pairs without an address of the same family', () => {
    const [pair] = allPairs(
      ...worldAndGroups(worldOf(pod('a', { ip: '10.0.0.1' }) + pod('b', { ip: 'fd00::1' }))),
    );
    assert.deepEqual(pair?.allowed.TCP, []);
  });
});

function worldAndGroups(world: FilesWorld): Parameters<typeof allPairs> {
  return [world, groupPods(world)];
}
