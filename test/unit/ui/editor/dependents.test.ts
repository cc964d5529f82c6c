import assert from 'node:assert/strict';
import { isRecord } from '../../../../src/model/json.ts';
import { parse } from '../../../../src/manifest/parse.ts';
import { worldOfObjects } from '../../../../src/reach/worldOfObjects.ts';
import { dependentsOf } from '../../../../src/ui/editor/apply/dependents.ts';

const { snapshot } = worldOfObjects(
  parse(`apiVersion: v1
kind: Pod
metadata:
  name: web-abc-1
  labels: {pod-template-hash: abc}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-abc, uid: "1", controller: true}]
spec:
  serviceAccountName: runner
  containers: [{name: c, image: i}]
  volumes: [{name: v, persistentVolumeClaim: {claimName: data}}, {name: w, configMap: {name: conf}}]
---
apiVersion: v1
kind: Pod
metadata:
  name: db-0
  ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: db, uid: "2", controller: true}]
spec: {containers: [{name: c, image: i}]}
---
apiVersion: v1
kind: Service
metadata: {name: s, namespace: other}
spec: {ports: [{port: 80}]}
`)
    .objects.map((object) => object.toJson())
    .filter(isRecord),
);

describe('what goes with an object', () => {
  const of = (kind: string, name: string): unknown =>
    dependentsOf({ apiVersion: '', kind, namespace: kind === 'Namespace' ? '' : 'default', name }, snapshot);

  it('are the pods of a workload, and no others', () => {
    assert.deepEqual(of('Deployment', 'web'), { deleted: ['Pod default/web-abc-1'], missing: [] });
    assert.deepEqual(of('StatefulSet', 'db'), { deleted: ['Pod default/db-0'], missing: [] });
    assert.deepEqual(of('Deployment', 'web-abc'), { deleted: [], missing: [] });
  });

  it('are all objects of a namespace', () =>
    assert.deepEqual(of('Namespace', 'other'), { deleted: ['Service other/s'], missing: [] }));

  it('and what misses a claim, a config map, an account', () => {
    const pod = { deleted: [], missing: ['Pod default/web-abc-1'] };
    assert.deepEqual(of('PersistentVolumeClaim', 'data'), pod);
    assert.deepEqual(of('ConfigMap', 'conf'), pod);
    assert.deepEqual(of('ServiceAccount', 'runner'), pod);
    assert.deepEqual(of('Secret', 'conf'), { deleted: [], missing: [] });
  });
});
