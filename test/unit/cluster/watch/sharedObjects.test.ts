import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SharedObjects } from '../../../../src/cluster/watch/sharedObjects.ts';

const leaf = fc.oneof(
  fc.constantFrom('a', 'ab', 'ba', '', 'app.kubernetes.io/name'),
  fc.string(),
  fc.boolean(),
  fc.nat({ max: 3 }),
  fc.constant(undefined),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('x', 'y', '__proto__', 'length'), tie('tree'), { noNullPrototype: true }),
  ),
}));
const object = fc.record({ labels: tree, ports: tree, name: leaf }, { noNullPrototype: true });

describe('shared parts', () => {
  it('are equal to what they stand for, in any number of objects', () => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 20 }), (objects) => {
        const parts = new SharedObjects();
        const before = structuredClone(objects);
        assert.deepEqual(
          objects.map((each) => parts.share(each)),
          before,
        );
        // What is shared later must not change what was shared before.
        assert.deepEqual(objects, before);
      }),
      { numRuns: 500 },
    );
  });

  it('are kept once where they are equal, whatever they stand in', () => {
    const parts = new SharedObjects();
    const make = (name: string): { name: string; labels: object; containers: { mounts: object[] }[] } => ({
      name,
      labels: { app: 'web', tier: 'front' },
      containers: [
        { mounts: [{ path: '/etc', readOnly: true }] },
        { mounts: [{ path: '/tmp', readOnly: false }] },
      ],
    });
    const a = parts.share(make('a'));
    const b = parts.share(make('b'));
    assert.equal(a.labels, b.labels);
    assert.equal(a.containers, b.containers);
    assert.notEqual(a, b);
    const other = parts.share({ ...make('c'), labels: { app: 'web', tier: 'back' } });
    assert.notEqual(other.labels, a.labels);
    assert.equal(other.containers[1]?.mounts, a.containers[1]?.mounts);
  });
});
