import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../../src/model/json.ts';
import type { Kind } from '../../../src/model/objects.ts';
import { readers } from '../../../src/model/readObject.ts';
import { Snapshot, type ObjectChange } from '../../../src/model/snapshot.ts';
import { ReachMatrix } from '../../../src/reach/matrix.ts';
import type { World } from '../../../src/reach/world.ts';

const namespace = fc.constantFrom('n1', 'n2');
const selector = fc.constantFrom<Json[]>({}, { matchLabels: { app: 'a' } }, { matchLabels: { role: 'x' } });

function put(kind: Kind, object: Json): ObjectChange {
  return { type: 'put', object: readers[kind](object) };
}
function remove(kind: Kind, where: string, name: string): ObjectChange {
  return { type: 'remove', kind, namespace: where, name };
}

const aPod = fc
  .record({
    namespace,
    name: fc.constantFrom('p', 'q', 'r', 's'),
    app: fc.constantFrom('a', 'b'),
    role: fc.constantFrom('x', 'y'),
    host: fc.boolean(),
  })
  .map(({ namespace: where, name, app, role, host }) =>
    put('Pod', {
      metadata: { name, namespace: where, labels: { app, role } },
      spec: {
        nodeName: 'node',
        hostNetwork: host,
        containers: [{ name: 'c', ports: [{ name: 'web', containerPort: app === 'a' ? 80 : 81 }] }],
      },
      status: { phase: 'Running', podIP: '10.0.0.1' },
    }),
  );
const aPolicy = fc
  .record({
    namespace,
    name: fc.constantFrom('x', 'y'),
    podSelector: selector,
    peer: selector,
    port: fc.constantFrom('web', 80, 443),
  })
  .map(({ namespace: where, name, podSelector, peer, port }) =>
    put('NetworkPolicy', {
      metadata: { name, namespace: where },
      spec: {
        podSelector,
        ingress: [
          {
            from: [{ podSelector: peer }, { namespaceSelector: { matchLabels: { team: 'one' } } }],
            ports: [{ port }],
          },
        ],
        egress: [{ to: [{ podSelector: peer, namespaceSelector: {} }], ports: [{ port }] }],
      },
    }),
  );
const aTier = fc
  .record({
    tier: fc.constantFrom('Admin', 'Baseline'),
    subject: selector,
    action: fc.constantFrom('Accept', 'Deny', 'Pass'),
    peer: selector,
  })
  .map(({ tier, subject, action, peer }) =>
    put('ClusterNetworkPolicy', {
      metadata: { name: `t-${tier}` },
      spec: {
        tier,
        priority: 1,
        subject: { pods: { podSelector: subject } },
        ingress: [{ action, from: [{ pods: { podSelector: peer } }] }],
      },
    }),
  );
const aNamespace = fc
  .record({ namespace, team: fc.constantFrom('one', 'two') })
  .map(({ namespace: name, team }) => put('Namespace', { metadata: { name, labels: { team } } }));
const aRemoval = fc.oneof(
  fc.tuple(namespace, fc.constantFrom('p', 'q')).map(([where, name]) => remove('Pod', where, name)),
  fc.tuple(namespace, fc.constantFrom('x', 'y')).map(([where, name]) => remove('NetworkPolicy', where, name)),
  fc.constant(remove('ClusterNetworkPolicy', '', 't-Admin')),
);
const aChange = fc.oneof({ weight: 4, arbitrary: aPod }, aPolicy, aTier, aNamespace, aRemoval);

function everything(matrix: ReachMatrix, { snapshot }: World): string[] {
  const pods = snapshot.all('Pod');
  return pods.flatMap((from) =>
    pods.map(
      (to) =>
        `${from.namespace}/${from.name} ${to.namespace}/${to.name} ${JSON.stringify(matrix.between(from, to))}`,
    ),
  );
}

describe('a matrix that follows changes', () => {
  it('says what a fresh one says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(aChange, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
        (batches) => {
          let world: World = { snapshot: Snapshot.of([]), running: true };
          const matrix = new ReachMatrix(world);
          for (const changes of batches) {
            const { snapshot, touched } = world.snapshot.with(changes);
            world = { snapshot, running: true };
            matrix.update(world, touched);
            assert.deepEqual(everything(matrix, world), everything(new ReachMatrix(world), world));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
