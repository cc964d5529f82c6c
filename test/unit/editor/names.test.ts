import assert from 'node:assert/strict';
import { factsOfObject } from '../../../src/manifest/facts.ts';
import type { ManifestFile } from '../../../src/manifest/file.ts';
import { parse } from '../../../src/manifest/parse.ts';
import { choicesFor, selectedBy, type Choice } from '../../../src/ui/editor/names/choices.ts';
import { cursorAt, cursorForInsertion } from '../../../src/ui/editor/names/cursor.ts';
import { locate, objectOf } from '../../../src/ui/editor/names/place.ts';
import { useAt } from '../../../src/ui/editor/names/use.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels:
        app: web
        tier: front
    spec:
      containers:
        - name: c00
          image: httpd
          ports:
            - name: http
              containerPort: 80
            - containerPort: 8443
          livenessProbe:
            httpGet:
              port: http
          volumeMounts:
            - name: data
              mountPath: /data
      volumes:
        - name: data
          emptyDir: {}
        - name: settings
          configMap:
            name: conf
`;
const others = `---
apiVersion: v1
kind: ConfigMap
metadata:
  name: conf
data:
  app.conf: x
---
apiVersion: v1
kind: Pod
metadata:
  name: other
  namespace: elsewhere
  labels: {app: web, tier: back}
spec: {containers: [{name: c, image: i}]}
`;

/** A text with `|` where the cursor is. */
function at(marked: string): { file: ManifestFile; offset: number } {
  const offset = marked.indexOf('|');
  return { file: parse(marked.replace('|', ''), { file: 'file:///a.yaml' }), offset };
}

const facts = parse(deployment + others, { file: 'file:///b.yaml' }).objects.map(factsOfObject);

/** What is offered at `|`, as texts. */
function offered(marked: string): readonly string[] {
  const { file, offset } = at(marked);
  const cursor = cursorForInsertion(file, offset);
  const use = cursor && useAt(cursor);
  if (!cursor || !use) return [];
  const asKey = use.is === 'label' && cursor.at === 'key' ? { ...use, key: '' } : use;
  const own = file.objects.map(factsOfObject);
  const text = ({ key, value }: Choice): string =>
    key !== undefined && asKey.is === 'label' && asKey.key === '' ? `${key}=${value}` : String(value);
  return choicesFor(asKey, cursor.object, [...own, ...facts]).map(text);
}

function service(spec: string, namespace = ''): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n${namespace}spec:\n${spec}`;
}

describe('names that exist', () => {
  describe('are offered', () => {
    it('as labels where a selector begins', () => {
      assert.deepEqual(offered(service('  selector:\n    |\n')), [
        'app=web',
        'tier=front',
        'app=web',
        'tier=back',
      ]);
      assert.deepEqual(offered(service('  selector:\n    ap|\n')), [
        'app=web',
        'tier=front',
        'app=web',
        'tier=back',
      ]);
      assert.deepEqual(offered(service('  selector: {|}\n')), [
        'app=web',
        'tier=front',
        'app=web',
        'tier=back',
      ]);
    });

    it('as labels that go with those already there', () => {
      assert.deepEqual(offered(service('  selector:\n    tier: front\n    |\n  ports: []\n')), ['app=web']);
    });

    it('as values of a label', () => {
      assert.deepEqual(offered(service('  selector:\n    tier: |\n')), ['front', 'back']);
      assert.deepEqual(offered(service('  selector:\n    app: web\n    tier: "b|"\n')), ['front', 'back']);
    });

    it('from the own namespace only', () => {
      assert.deepEqual(offered(service('  selector:\n    tier: |\n', '  namespace: default\n')), ['front']);
    });

    it('as ports of the selected pods', () => {
      const ports = '  ports:\n    - port: 80\n      targetPort: |\n';
      assert.deepEqual(offered(service(`  selector: {app: web}\n${ports}`)), ['http', '80', '8443']);
      assert.deepEqual(offered(service(`  selector: {app: none}\n${ports}`)), []);
      assert.deepEqual(offered(service(ports)), []);
    });

    it('as volumes, config maps, their keys and probe ports', () => {
      const edit = (from: string, to: string): readonly string[] => {
        assert.ok(deployment.includes(from));
        return offered(deployment.replace(from, to));
      };
      assert.deepEqual(edit('- name: data\n              mountPath', '- name: |\n              mountPath'), [
        'data',
        'settings',
      ]);
      assert.deepEqual(edit('name: conf\n', 'name: |\n'), ['conf']);
      assert.deepEqual(edit('name: conf\n', 'name: conf\n            items:\n              - key: |\n'), [
        'app.conf',
      ]);
      assert.deepEqual(edit('port: http', 'port: |'), ['http', '80', '8443']);
    });

    it('as services and their ports in an Ingress', () => {
      const ingress = (port: string, name: string): string =>
        `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec:\n  defaultBackend:\n    service:\n      name: ${name}\n      port:\n        ${port}\n---\n${service('  ports:\n    - {name: web, port: 8080}\n')}`;
      assert.deepEqual(offered(ingress('number: 80', '|')), ['s']);
      assert.deepEqual(offered(ingress('name: |', 's')), ['web']);
      assert.deepEqual(offered(ingress('number: |', 's')), ['8080']);
    });

    it('for peers in any namespace where a namespaceSelector stands beside', () => {
      const policy = (peer: string): string =>
        `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: default}\nspec:\n  podSelector: {}\n  ingress:\n    - from:\n        - ${peer}`;
      const labels = 'podSelector:\n            matchLabels:\n              tier: |\n';
      assert.deepEqual(offered(policy(labels)), ['front']);
      assert.deepEqual(offered(policy(`namespaceSelector: {}\n          ${labels}`)), ['front', 'back']);
    });

    it('nowhere else', () => {
      assert.deepEqual(offered(service('  type: |\n')), []);
      assert.deepEqual(offered(deployment.replace('image: httpd', 'image: |')), []);
      assert.deepEqual(offered('just: |\n'), []);
    });
  });

  it('are found at every offset without a failure', () => {
    const text = deployment + others;
    const file = parse(text, { file: 'file:///b.yaml' });
    let found = 0;
    for (let offset = 0; offset <= text.length; offset++) {
      const cursor = cursorAt(file, offset);
      if (cursor && useAt(cursor)) found += 1;
      const insertion = cursorForInsertion(file, offset);
      if (insertion) assert.ok(!JSON.stringify(insertion.path).includes('\u{F8FF}'));
    }
    assert.ok(found > 30);
  });

  it('lead to where they are given', () => {
    const { file, offset } = at(
      service('  selector: {app: web}\n  ports:\n    - port: 80\n      targetPort: ht|tp\n'),
    );
    const cursor = cursorAt(file, offset);
    const use = cursor && useAt(cursor);
    assert.ok(use);
    const choice = choicesFor(use, cursor.object, facts).find(({ value }) => value === 'http');
    assert.ok(choice && 'giver' in choice.place);
    const there = parse(`# moved down\n${deployment}`, { file: 'file:///b.yaml' });
    const object = objectOf(there, choice.place.giver);
    assert.ok(object);
    const { start, end } = locate(object, choice.place.steps);
    assert.equal(there.lines.lineText(start.line).slice(start.character, end.character), 'http');
    assert.equal(start.line, deployment.slice(0, deployment.indexOf('name: http')).split('\n').length);
  });

  it('an empty selector selects no pods', () => {
    const { objects } = parse(service('  selector: {}\n'));
    const [object] = objects;
    assert.ok(object);
    assert.deepEqual(selectedBy(new Map(), object, 'namespace', facts), []);
    assert.deepEqual(
      selectedBy(new Map([['app', 'web']]), object, 'namespace', facts).map(({ name }) => name),
      ['web', 'other'],
    );
  });
});
