import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { isRecord } from '../../../src/model/json.ts';
import { worldOfObjects } from '../../../src/reach/worldOfObjects.ts';
import { resolveQuestion } from '../../../src/trace/question.ts';

const world = worldOfObjects(
  parseAllDocuments(`
kind: Pod
apiVersion: v1
metadata: { name: a, namespace: shop }
spec:
  containers:
    - { name: main, image: nginx, ports: [{ name: https, containerPort: 9000 }, { containerPort: 5432 }] }
---
kind: Service
apiVersion: v1
metadata: { name: web, namespace: shop }
spec:
  type: NodePort
  ports:
    - { name: http, port: 80, nodePort: 30080 }
    - { name: secure, port: 443, nodePort: 30443 }
    - { name: db, port: 7000, appProtocol: postgres }
---
kind: Node
apiVersion: v1
metadata: { name: n }
status: { addresses: [{ type: InternalIP, address: 172.30.0.11 }, { type: ExternalIP, address: 198.51.100.4 }] }
`)
    .map((document) => document.toJS() as unknown)
    .filter(isRecord),
);

describe('a question of a trace', () => {
  for (const [to, scheme] of [
    ['svc/shop/web:80', 'http'],
    ['svc/shop/web:443', 'https'],
    ['svc/shop/web:7000', 'tcp'],
    ['pod/shop/a:9000', 'https'],
    ['pod/shop/a:5432', 'tcp'],
    ['pod/shop/a:8080', 'http'],
    ['node/n:30443', 'https'],
    ['http://web.shop:443/', 'http'],
  ] as const) {
    it(`asks ${to} over ${scheme}`, () => {
      assert.equal(resolveQuestion(world, 'pod/shop/a', to).scheme, scheme);
    });
  }

  it('goes to a node by the address that the source can know', () => {
    assert.equal(resolveQuestion(world, 'pod/shop/a', 'node/n:30080').host, '172.30.0.11');
    assert.equal(resolveQuestion(world, 'outside', 'node/n:30080').host, '198.51.100.4');
  });
});
