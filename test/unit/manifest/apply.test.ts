import assert from 'node:assert/strict';
import { bareYaml, changedFields } from '../../../src/manifest/bareObject.ts';
import { chosenObjects } from '../../../src/manifest/chosenObjects.ts';
import { fieldsInMessage, placeOfField } from '../../../src/manifest/fieldPlace.ts';
import { parse } from '../../../src/manifest/parse.ts';

const text = `apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
    app.kubernetes.io/name: web
spec:
  ports:
    - port: 80
      nodePort: 1
    - name: other
      port: 81
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: conf
---
apiVersion: v1
kind: Pod
metadata: {generateName: p-}
`;

describe('the server’s fields', () => {
  const file = parse(text);
  const [service] = file.objects;
  assert.ok(service);
  const at = (field: string): string => {
    const { start, end } = placeOfField(service, field);
    return `${start.line}:${text.split('\n')[start.line]?.slice(start.character, end.character) ?? ''}`;
  };

  it('are found by index, key and keys of items', () => {
    assert.equal(at('spec.ports[0].nodePort'), '9:1');
    assert.equal(at('.spec.ports[port=81,protocol="TCP"].port'), '11:81');
    assert.equal(at('spec.ports[name="other"].port'), '11:81');
    assert.equal(at('metadata.labels.app.kubernetes.io/name'), '5:web');
    assert.equal(at('metadata.labels[app.kubernetes.io/name]'), '5:app.kubernetes.io/name');
    assert.equal(at('spec.ports'), '7:ports');
  });

  it('are shown at what is above them where they are not written', () => {
    assert.equal(at('spec.ports[0].protocol'), '8:port');
    assert.equal(at('spec.externalName'), '6:spec');
    assert.equal(at('status.x'), '3:web');
    assert.equal(at('spec.ports[7].port'), '7:ports');
  });

  it('are read from a message of strict decoding', () => {
    assert.deepEqual(
      fieldsInMessage('strict decoding error: unknown field "spec.foo", duplicate field "spec.bar"'),
      [
        { field: 'spec.foo', message: 'unknown field "spec.foo"' },
        { field: 'spec.bar', message: 'duplicate field "spec.bar"' },
      ],
    );
  });
});

describe('what is sent to a server', () => {
  const names = (lines?: { first: number; last: number }): readonly string[] =>
    chosenObjects(parse(text), lines).objects.map(({ name }) => name);

  it('is the whole file, or the documents that lines touch', () => {
    assert.deepEqual(names(), ['web', 'conf']);
    assert.deepEqual(names({ first: 3, last: 3 }), ['web']);
    assert.deepEqual(names({ first: 11, last: 14 }), ['web', 'conf']);
    assert.deepEqual(names({ first: 13, last: 16 }), ['conf']);
  });

  it('is nothing that is broken, nameless or a template, and that is said', () => {
    assert.deepEqual(chosenObjects(parse(text)).refused, [
      { line: 18, why: 'It has no metadata.name, which apply needs.' },
    ]);
    assert.match(
      chosenObjects(parse(`${text}\n  a: [`))
        .refused.map(({ why }) => why)
        .join(),
      /errors/,
    );
    assert.match(chosenObjects(parse('a: {{ .Values.x }}\n')).refused[0]?.why ?? '', /template/);
  });
});

describe('a live object beside a manifest', () => {
  const live = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 's',
      uid: '1',
      managedFields: [{}],
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
    },
    spec: { type: 'ClusterIP', ports: [{ port: 80 }] },
    status: { loadBalancer: {} },
  };

  it('is shown without what only the server writes', () => {
    assert.equal(
      bareYaml(live),
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  ports:\n    - port: 80\n  type: ClusterIP\n',
    );
  });

  it('differs in the fields that are named', () => {
    const after = {
      ...live,
      metadata: { name: 's', resourceVersion: '7' },
      spec: { ...live.spec, type: 'NodePort', clusterIP: 'None' },
    };
    assert.deepEqual(changedFields(live, after), ['spec.type', 'spec.clusterIP']);
    assert.deepEqual(changedFields(live, live), []);
  });
});
