import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonPatch, PatchError } from '../../../src/lab/patch/jsonPatch.ts';
import { mergePatch, strategicMergePatch } from '../../../src/lab/patch/strategicMerge.ts';

const pod = 'core.v1.Pod';

describe('JSON patch', () => {
  const document = { a: { b: [1, 2, 3] }, 'x/y': 1, '~': 2 };

  it('adds, removes, replaces, moves, copies and tests', () => {
    const patched = jsonPatch(document, [
      { op: 'test', path: '/a/b/1', value: 2 },
      { op: 'add', path: '/a/b/-', value: 4 },
      { op: 'add', path: '/a/b/0', value: 0 },
      { op: 'remove', path: '/a/b/1' },
      { op: 'replace', path: '/x~1y', value: 5 },
      { op: 'copy', from: '/a/b', path: '/c' },
      { op: 'move', from: '/~0', path: '/d' },
    ]);
    assert.deepEqual(patched, { a: { b: [0, 2, 3, 4] }, 'x/y': 5, c: [0, 2, 3, 4], d: 2 });
    assert.deepEqual(document.a.b, [1, 2, 3]);
  });

  it('refuses what does not fit', () => {
    for (const operation of [
      { op: 'remove', path: '/nosuch' },
      { op: 'replace', path: '/a/b/9', value: 1 },
      { op: 'test', path: '/a/b/0', value: 9 },
      { op: 'add', path: 'a', value: 1 },
      { op: 'invent', path: '/a' },
      { path: '/a' },
    ]) {
      assert.throws(() => jsonPatch(document, [operation]), PatchError, JSON.stringify(operation));
    }
    assert.throws(() => jsonPatch(document, {}), PatchError);
  });
});

describe('merge patch', () => {
  it('applied twice is applied once', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (target, patch) => {
        const once = mergePatch(target, patch);
        assert.deepEqual(mergePatch(once, patch), once);
      }),
    );
  });

  it('null removes, lists replace', () => {
    assert.deepEqual(mergePatch({ a: 1, b: { c: 1, d: [1, 2] } }, { a: null, b: { d: [3] } }), {
      b: { c: 1, d: [3] },
    });
  });
});

describe('patches of hostile names', () => {
  it('never change a prototype', () => {
    const patch: unknown = JSON.parse('{"__proto__":{"polluted":true},"a":1}');
    for (const result of [mergePatch({}, patch), strategicMergePatch({}, patch, pod)]) {
      assert.equal(Object.getPrototypeOf(result), Object.prototype);
      assert.equal((result as { polluted?: boolean }).polluted, undefined);
    }
    assert.throws(() => jsonPatch({}, [{ op: 'add', path: '/__proto__', value: {} }]), PatchError);
    assert.throws(() => jsonPatch({}, [{ op: 'replace', path: '/constructor/name', value: 1 }]), PatchError);
  });
});

describe('strategic merge patch', () => {
  const current = {
    metadata: { finalizers: ['one', 'two'] },
    spec: {
      containers: [
        {
          name: 'a',
          image: 'one',
          ports: [{ containerPort: 80, protocol: 'TCP', name: 'http' }],
          args: ['x'],
        },
        { name: 'b', image: 'two' },
      ],
      volumes: [{ name: 'v', emptyDir: {} }],
    },
  };
  const patch = (body: unknown): unknown => strategicMergePatch(current, body, pod);

  it('merges lists by their key, replaces those without', () => {
    assert.deepEqual(
      patch({
        spec: {
          containers: [
            { name: 'b', image: 'three' },
            { name: 'a', args: ['y'], ports: [{ containerPort: 80, hostPort: 81 }, { containerPort: 90 }] },
          ],
        },
      }),
      {
        ...current,
        spec: {
          ...current.spec,
          containers: [
            {
              name: 'a',
              image: 'one',
              args: ['y'],
              ports: [
                { containerPort: 80, protocol: 'TCP', name: 'http', hostPort: 81 },
                { containerPort: 90 },
              ],
            },
            { name: 'b', image: 'three' },
          ],
        },
      },
    );
  });

  it('$patch: delete and replace', () => {
    const deleted = patch({ spec: { containers: [{ name: 'a', $patch: 'delete' }] } }) as typeof current;
    assert.deepEqual(deleted.spec.containers, [{ name: 'b', image: 'two' }]);
    const replaced = patch({
      spec: { containers: [{ $patch: 'replace' }, { name: 'c' }] },
    }) as typeof current;
    assert.deepEqual(replaced.spec.containers, [{ name: 'c' }]);
    const whole = patch({ spec: { $patch: 'replace', volumes: [] } }) as typeof current;
    assert.deepEqual(whole.spec, { volumes: [] });
  });

  it('$retainKeys lets other volume sources go', () => {
    const changed = patch({
      spec: { volumes: [{ name: 'v', $retainKeys: ['name', 'configMap'], configMap: { name: 'm' } }] },
    }) as typeof current;
    assert.deepEqual(changed.spec.volumes, [{ name: 'v', configMap: { name: 'm' } }]);
  });

  it('lists of plain values: merged, ordered, deleted from', () => {
    const added = patch({
      metadata: { finalizers: ['three'], '$setElementOrder/finalizers': ['three', 'one', 'two'] },
    });
    assert.deepEqual((added as typeof current).metadata.finalizers, ['three', 'one', 'two']);
    const removed = patch({ metadata: { '$deleteFromPrimitiveList/finalizers': ['one'] } });
    assert.deepEqual((removed as typeof current).metadata.finalizers, ['two']);
  });

  it('$setElementOrder sorts, and keeps what it does not name', () => {
    const ordered = patch({ spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] } });
    assert.deepEqual(
      (ordered as typeof current).spec.containers.map(({ name }) => name),
      ['b', 'a'],
    );
  });

  it('null removes a field; an item without its key is refused', () => {
    const removed = patch({ spec: { volumes: null } }) as { spec: object };
    assert.equal('volumes' in removed.spec, false);
    assert.throws(() => patch({ spec: { containers: [{ image: 'x' }] } }), PatchError);
  });
});
