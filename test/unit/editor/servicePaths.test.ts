import assert from 'node:assert/strict';
import { factsOfObject } from '../../../src/manifest/facts.ts';
import { parse } from '../../../src/manifest/parse.ts';
import { servicePaths } from '../../../src/ui/editor/names/servicePaths.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - {name: front, image: i, ports: [{name: http, containerPort: 8080}]}
    - {name: names, image: i, ports: [{name: dns, containerPort: 53, protocol: UDP}]}
---
apiVersion: v1
kind: Pod
metadata: {name: elsewhere, namespace: other, labels: {app: web}}
spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 1}]}]}
---
`;

/** Each port's ways through a Service with this spec, as `port: container number of name`. */
function waysOf(spec: string): readonly string[] {
  const { objects } = parse(
    `${pod}apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: default}\nspec: ${spec}\n`,
  );
  const service = objects.at(-1);
  assert.ok(service);
  return servicePaths(service, objects.map(factsOfObject)).map(
    ({ port, ends }) =>
      `${port.port}: ${ends.map(({ giver, container, number }) => `${container ?? '?'} ${number} of ${giver.name}`).join(', ')}`,
  );
}

describe('the ways through a Service', () => {
  it('follow a port name to the containers of the namespace that declare it', () => {
    assert.deepEqual(waysOf('{selector: {app: web}, ports: [{port: 80, targetPort: http}]}'), [
      '80: front 8080 of web',
    ]);
  });

  it('ask a pod on a number that no container declares', () => {
    assert.deepEqual(waysOf('{selector: {app: web}, ports: [{port: 81}, {port: 8080}]}'), [
      '81: ? 81 of web',
      '8080: front 8080 of web',
    ]);
  });

  it('keep protocols apart', () => {
    assert.deepEqual(
      waysOf(
        '{selector: {app: web}, ports: [{port: 53, protocol: UDP, targetPort: dns}, {port: 54, targetPort: dns}]}',
      ),
      ['53: names 53 of web', '54: '],
    );
  });

  it('are none where the Service selects no pods itself', () => {
    assert.deepEqual(waysOf('{ports: [{port: 80}]}'), []);
    assert.deepEqual(
      waysOf('{type: ExternalName, externalName: a.b, selector: {app: web}, ports: [{port: 80}]}'),
      [],
    );
  });
});
