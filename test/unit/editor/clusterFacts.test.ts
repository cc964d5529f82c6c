import assert from 'node:assert/strict';
import type { AnyObject } from '../../../src/model/objects.ts';
import { readPod } from '../../../src/model/readPod.ts';
import { readService } from '../../../src/model/readService.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';
import { ClusterFacts, completeKinds } from '../../../src/ui/editor/cluster/clusterFacts.ts';

const pod = (name: string, phase: string, labels: Readonly<Record<string, string>>): AnyObject =>
  readPod({
    metadata: { name, namespace: 'default', uid: name, labels },
    spec: { containers: [{ name: 'c', image: 'i', ports: [{ name: 'http', containerPort: 80 }] }] },
    status: { phase },
  });
const service = readService({
  metadata: { name: 's', namespace: 'default', uid: 's' },
  spec: {
    type: 'NodePort',
    selector: { app: 'a' },
    ports: [{ port: 80, nodePort: 30080, targetPort: 'http' }],
  },
});

describe('what the editor keeps of a cluster', () => {
  it('labels, ports and node ports, without the labels that controllers add', () => {
    const known = new ClusterFacts().of(
      Snapshot.of([pod('p', 'Running', { app: 'a', 'pod-template-hash': 'x' }), service]),
    );
    const [first] = known.group('label app=a');
    assert.deepEqual(first?.pods, {
      labels: { app: 'a' },
      hostNetwork: false,
      ports: [{ container: 'c', name: 'http', number: 80, protocol: 'TCP' }],
    });
    assert.equal(first.isLive, true);
    assert.deepEqual(known.group('node port TCP/30080')[0]?.service?.selector, { app: 'a' });
  });

  it('the same as long as nothing in it changes, whatever the status does', () => {
    const facts = new ClusterFacts();
    const running = facts.of(Snapshot.of([pod('p', 'Running', { app: 'a' }), service]));
    assert.equal(facts.of(Snapshot.of([pod('p', 'Failed', { app: 'a' }), service])), running);
    const renamed = facts.of(Snapshot.of([pod('p', 'Failed', { app: 'b' }), service]));
    assert.notEqual(renamed, running);
    assert.notEqual(facts.of(Snapshot.of([service])), renamed);
  });

  it('says which kinds are all there', () => {
    assert.ok(completeKinds(Snapshot.of([])).has('Pod'));
    assert.ok(!completeKinds(Snapshot.empty).has('Pod'));
    const partly = Snapshot.of([]).withCoverage('Pod', { is: 'forbidden', message: 'no' });
    assert.ok(!completeKinds(partly).has('Pod') && completeKinds(partly).has('Service'));
  });
});
