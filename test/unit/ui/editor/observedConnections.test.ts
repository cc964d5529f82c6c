import assert from 'node:assert/strict';
import { isRecord } from '../../../../src/model/json.ts';
import { parse } from '../../../../src/manifest/parse.ts';
import { worldOfObjects } from '../../../../src/reach/worldOfObjects.ts';
import { observedConnections } from '../../../../src/ui/editor/refactor/observedConnections.ts';
import type { ObservedReachable } from '../../../../src/ui/host/observations.ts';

const { snapshot } = worldOfObjects(
  parse(`apiVersion: v1
kind: Pod
metadata: {name: client, labels: {app: client}}
spec: {containers: [{name: c, image: i}]}
---
apiVersion: v1
kind: Pod
metadata: {name: server, labels: {app: server}}
spec: {containers: [{name: c, image: i, ports: [{name: web, containerPort: 8080}]}]}
status: {podIP: 10.0.0.9, podIPs: [{ip: 10.0.0.9}]}
---
apiVersion: v1
kind: Service
metadata: {name: s}
spec: {clusterIP: 10.96.0.7, clusterIPs: [10.96.0.7], selector: {app: server}, ports: [{port: 80, targetPort: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: each}
spec: {clusterIP: None, selector: {app: server}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: names}
spec:
  clusterIP: 10.96.0.8
  clusterIPs: [10.96.0.8]
  selector: {app: server}
  ports: [{name: t, port: 53, targetPort: 5300}, {name: u, port: 53, protocol: UDP, targetPort: 5353}]
`)
    .objects.map((object) => object.toJson())
    .filter(isRecord),
);

function resolved(host: string, port: number, rest: Partial<ObservedReachable> = {}): unknown {
  const observed: ObservedReachable = {
    context: 'c',
    from: { namespace: 'default', pod: 'client' },
    target: { ref: 'the target', host, port, scheme: 'http', path: '/' },
    ...rest,
  };
  const { connections, unresolved } = observedConnections([observed], snapshot);
  return [...connections.map(({ to, port: at }) => [to, at]), ...unresolved];
}

const server = { is: 'pods', namespace: 'default', labels: { app: 'server' } };

describe('what a check found reachable, as a policy sees it', () => {
  it('is a pod by its labels', () => {
    assert.deepEqual(resolved('10.0.0.9', 8080), [[server, 8080]]);
    const targetPod = { namespace: 'default', name: 'server' };
    assert.deepEqual(resolved('10.0.0.9', 8080, { targetPod }), [[server, 8080]]);
  });

  it('is the pods behind a Service, on their own ports', () => {
    assert.deepEqual(resolved('10.96.0.7', 80), [[server, 8080]]);
    assert.deepEqual(resolved('s', 80), [[server, 8080]]);
    assert.deepEqual(resolved('s.default.svc.cluster.local', 80), [[server, 8080]]);
    assert.deepEqual(resolved('each', 8080), [[server, 8080]]);
  });

  it('keeps its protocol, and finds the Service port of that protocol', () => {
    const observed: ObservedReachable = {
      context: 'c',
      from: { namespace: 'default', pod: 'client' },
      target: { ref: 'svc/default/names:53', host: '10.96.0.8', port: 53, scheme: 'udp', path: '/' },
    };
    const ports = (scheme: 'udp' | 'tcp'): unknown =>
      observedConnections(
        [{ ...observed, target: { ...observed.target, scheme } }],
        snapshot,
      ).connections.map(({ port, protocol }) => `${protocol} ${port}`);
    assert.deepEqual(ports('udp'), ['UDP 5353']);
    assert.deepEqual(ports('tcp'), ['TCP 5300']);
  });

  it('is an address outside', () =>
    assert.deepEqual(resolved('192.0.2.1', 443), [[{ is: 'address', ip: '192.0.2.1' }, 443]]));

  it('is left out, and named, where it cannot be told', () => {
    assert.deepEqual(resolved('example.com', 443), ['the target']);
    assert.deepEqual(resolved('10.0.0.9', 8080, { from: { namespace: 'default', pod: 'gone' } }), [
      'pod/default/gone',
    ]);
    const targetPod = { namespace: 'default', name: 'gone' };
    assert.deepEqual(resolved('10.0.0.9', 8080, { targetPod }), ['the target']);
  });
});
