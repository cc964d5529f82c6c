import assert from 'node:assert/strict';
import { differencesOf, nearestPod, nearServices } from '../../../src/model/nearMiss.ts';
import type { Labels, Pod, Service } from '../../../src/model/objects.ts';
import { readers } from '../../../src/model/readObject.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';

const pod = (name: string, labels: Labels): Pod =>
  readers.Pod({ metadata: { name, namespace: 'n', labels }, spec: { containers: [{ name: 'c' }] } });
const service = (name: string, selector: Labels): Service =>
  readers.Service({ metadata: { name, namespace: 'n' }, spec: { selector, ports: [{ port: 80 }] } });

describe('a near miss', () => {
  it('names the labels that differ', () => {
    assert.deepEqual(differencesOf({ app: 'web', tier: 'front' }, { app: 'web' }), [
      { key: 'tier', wanted: 'front', found: undefined },
    ]);
    assert.deepEqual(differencesOf({ app: 'web' }, { app: 'web', x: 'y' }), []);
    assert.deepEqual(differencesOf({ constructor: 'x' }, {})[0]?.found, undefined);
  });

  it('finds the pod that comes nearest', () => {
    const pods = [
      pod('a', { app: 'other' }),
      pod('b', { app: 'web', tier: 'back' }),
      pod('c', { name: 'web' }),
    ];
    assert.equal(nearestPod(pods, { app: 'web', tier: 'front' })?.name, 'b');
    assert.equal(nearestPod(pods.slice(2), { app: 'web' })?.name, 'c');
    assert.equal(nearestPod([pod('d', { x: 'y' })], { app: 'web' }), undefined);
  });

  it('finds the Services that miss a pod by one label, and have no other pods', () => {
    const typo = pod('p', { app: 'wbe', tier: 'front' });
    const all = Snapshot.of([
      typo,
      pod('q', { app: 'db' }),
      service('one-label', { app: 'web' }),
      service('two-labels', { app: 'web', tier: 'front' }),
      service('two-off', { app: 'web', tier: 'back' }),
      service('has-pods', { app: 'db' }),
      service('another-key', { role: 'web' }),
    ]);
    assert.deepEqual(
      nearServices(all, typo).map(({ service: { name }, difference }) => [
        name,
        difference.key,
        difference.found,
      ]),
      [
        ['one-label', 'app', 'wbe'],
        ['two-labels', 'app', 'wbe'],
      ],
    );
  });
});
