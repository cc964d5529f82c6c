import assert from 'node:assert/strict';
import { factsOfObject } from '../../../../src/manifest/facts.ts';
import { knownFacts } from '../../../../src/manifest/links/knownFacts.ts';
import { resolvedPorts } from '../../../../src/manifest/links/resolvedPorts.ts';
import { podSelectionOf } from '../../../../src/manifest/links/selections.ts';
import { mountedVolumes } from '../../../../src/manifest/links/volumeMounts.ts';
import type { ManifestObject } from '../../../../src/manifest/object.ts';
import { parse } from '../../../../src/manifest/parse.ts';

const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: c1
          ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]
          readinessProbe: {httpGet: {port: http}}
          volumeMounts: [{name: data, mountPath: /a}]
        - name: c2
          volumeMounts: [{name: data, mountPath: /b}]
      volumes: [{name: data, emptyDir: {}}, {name: spare, emptyDir: {}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
    - {name: a, port: 80, targetPort: http}
    - {name: b, port: 81, targetPort: 8080}
    - {name: c, port: 82}
    - {name: d, port: 53, protocol: UDP}
    - {name: e, port: 83, targetPort: nothing}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all}
spec:
  podSelector: {}
  ingress: [{ports: [{port: http}]}]
---
apiVersion: v1
kind: Pod
metadata: {name: alone, labels: {app: alone}}
spec: {containers: [{name: c}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i}
spec: {defaultBackend: {service: {name: web, port: {name: a}}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: c}]}}
---
apiVersion: v1
kind: Service
metadata: {name: by-hand}
spec: {ports: [{port: 80}]}
`;
const { objects } = parse(text);
const facts = knownFacts(objects.map(factsOfObject));

function the(kind: string, name?: string): ManifestObject {
  const object = objects.find((each) => each.kind === kind && (name === undefined || each.name === name));
  assert.ok(object);
  return object;
}

function selected(object: ManifestObject): unknown {
  const selection = podSelectionOf(object, facts);
  return selection && [selection.selected.map(({ name }) => name), selection.pods];
}

describe('what the editor shows beside a manifest', () => {
  it('is how many pods a selector selects', () => {
    assert.deepEqual(selected(the('Service', 'web')), [['web'], 3]);
    assert.deepEqual(selected(the('Deployment')), [['web'], 3]);
    assert.deepEqual(selected(the('NetworkPolicy')), [['web', 'alone', 'agent'], undefined]);
    assert.deepEqual(selected(the('DaemonSet')), [['agent'], undefined]);
    assert.equal(selected(the('Service', 'by-hand')), undefined);
    assert.equal(selected(the('Pod')), undefined);
  });

  it('is who mounts a volume', () => {
    assert.deepEqual(
      mountedVolumes(the('Deployment')).map(({ name, mounts }) => [
        name,
        mounts.map((each) => each.container),
      ]),
      [
        ['data', ['c1', 'c2']],
        ['spare', []],
      ],
    );
  });

  it('is where ports lead to', () => {
    const shown = (object: ManifestObject): unknown =>
      resolvedPorts(object, facts).map(({ span, is, values }) => [
        text.slice(object.documentStart + span.start, object.documentStart + span.end),
        is,
        values,
      ]);
    assert.deepEqual(shown(the('Service', 'web')), [
      ['http', 'number', [8080]],
      ['8080', 'name', ['http']],
      ['82', 'target', [82]],
      ['53', 'name', ['dns']],
    ]);
    assert.deepEqual(shown(the('Deployment')), [['http', 'number', [8080]]]);
    assert.deepEqual(shown(the('NetworkPolicy')), [['http', 'number', [8080]]]);
    assert.deepEqual(shown(the('Ingress')), [['a', 'number', [80]]]);
  });
});
