import assert from 'node:assert/strict';
import type { Pod } from '../../../src/model/objects.ts';
import { readers } from '../../../src/model/readObject.ts';
import { readVolume } from '../../../src/model/readVolume.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';
import { isOldInTree, lifetimeOf, podsOfClaim, podsSharing } from '../../../src/model/volumeKinds.ts';

const pod = (name: string, nodeName: string, volume: object): Pod =>
  readers.Pod({
    metadata: { name, namespace: 'n' },
    spec: { nodeName, containers: [{ name: 'c' }], volumes: [{ name: 'v', ...volume }] },
  });
const claim = { persistentVolumeClaim: { claimName: 'data' } };
const folder = { hostPath: { path: '/srv' } };
const names = (pods: readonly Pod[]): string[] => pods.map(({ name }) => name);

describe('kinds of volumes', () => {
  const cases: readonly [object, string, boolean][] = [
    [{ emptyDir: {} }, 'pod', false],
    [{ emptyDir: { medium: 'Memory' } }, 'memory', false],
    [folder, 'node', false],
    [claim, 'claim', false],
    [{ secret: { secretName: 's' } }, 'object', false],
    [{ nfs: { server: 'x', path: '/' } }, 'external', false],
    [{ csi: { driver: 'd' } }, 'driver', false],
    [{ gcePersistentDisk: { pdName: 'd' } }, 'external', true],
    [{ gitRepo: { repository: 'r' } }, 'pod', true],
    [{ somethingNew: {} }, 'unknown', false],
  ];
  for (const [source, lifetime, old] of cases) {
    const volume = readVolume({ name: 'v', ...source });
    it(`${volume.kind}${volume.source} lives as long as: ${lifetime}`, () => {
      assert.equal(lifetimeOf(volume), lifetime);
      assert.equal(isOldInTree(volume), old);
    });
  }

  it('are shared by pods of the same claim, and of the same folder of one node', () => {
    const [a, b, far] = [pod('a', 'x', folder), pod('b', 'x', folder), pod('far', 'y', folder)];
    const [c, d] = [pod('c', 'x', claim), pod('d', 'y', claim)];
    const snapshot = Snapshot.of([a, b, far, c, d]);
    assert.deepEqual(names(podsSharing(snapshot, a, a.volumes[0]!)), ['b']);
    assert.deepEqual(names(podsSharing(snapshot, c, c.volumes[0]!)), ['d']);
    assert.deepEqual(names(podsOfClaim(snapshot, 'n', 'data')), ['c', 'd']);
  });
});
