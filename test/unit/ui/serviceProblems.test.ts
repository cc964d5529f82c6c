import assert from 'node:assert/strict';
import { Snapshot } from '../../../src/model/snapshot.ts';
import { serviceProblems } from '../../../src/ui/explorer/serviceProblems.ts';
import { pod, service } from './build.ts';

const web = service('web', { clusterIP: '10.96.0.9', selector: { app: 'web' }, ports: [{ port: 80 }] });

function kinds(snapshot: Snapshot, of = web): string[] {
  return serviceProblems(snapshot, of).map(({ is }) => is);
}

describe('Problems of a service', () => {
  it('has none where a ready pod is selected', () => {
    assert.deepEqual(kinds(Snapshot.of([web, pod('a', { labels: { app: 'web' } })])), []);
  });

  it('says that the selector matches nothing', () => {
    assert.deepEqual(kinds(Snapshot.of([web, pod('a', { labels: { app: 'wed' } })])), ['selects-nothing']);
  });

  it('does not count pods that have ended', () => {
    const ended = pod('a', { labels: { app: 'web' }, phase: 'Succeeded', ready: false });
    assert.deepEqual(kinds(Snapshot.of([web, ended])), ['selects-nothing']);
  });

  it('says nothing of a selector where pods could not be read', () => {
    const blind = Snapshot.of([web]).withCoverage('Pod', { is: 'forbidden', message: 'no' });
    assert.deepEqual(kinds(blind), []);
  });

  it('says that no selected pod is ready, unless the service wants those too', () => {
    const unready = pod('a', { labels: { app: 'web' }, ready: false });
    assert.deepEqual(kinds(Snapshot.of([web, unready])), ['none-ready']);
    const tolerant = service('web', {
      clusterIP: '10.96.0.9',
      selector: { app: 'web' },
      publishNotReadyAddresses: true,
    });
    assert.deepEqual(kinds(Snapshot.of([tolerant, unready]), tolerant), []);
  });

  it('names a target port that no selected pod has', () => {
    const named = service('web', {
      clusterIP: '10.96.0.9',
      selector: { app: 'web' },
      ports: [{ port: 80, targetPort: 'http' }],
    });
    const without = pod('a', { labels: { app: 'web' }, ports: [{ name: 'metrics', containerPort: 9090 }] });
    const [problem] = serviceProblems(Snapshot.of([named, without]), named);
    assert.ok(problem?.is === 'no-such-port');
    assert.equal(problem.targetPort, 'http');
    const withIt = pod('a', { labels: { app: 'web' }, ports: [{ name: 'http', containerPort: 8080 }] });
    assert.deepEqual(kinds(Snapshot.of([named, withIt]), named), []);
  });

  it('says so where there is neither selector nor endpoints, if the slices were read', () => {
    const bare = service('bare', { clusterIP: '10.96.0.9' });
    assert.deepEqual(kinds(Snapshot.of([bare]), bare), ['no-endpoints']);
    const blind = Snapshot.of([bare]).withCoverage('EndpointSlice', { is: 'failed', message: 'no' });
    assert.deepEqual(kinds(blind, bare), []);
  });

  it('leaves external names alone', () => {
    const external = service('ext', { type: 'ExternalName', externalName: 'example.com' });
    assert.deepEqual(kinds(Snapshot.of([external]), external), []);
  });
});
