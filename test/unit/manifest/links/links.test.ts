import assert from 'node:assert/strict';
import { familyOf, giversOf, usesOf } from '../../../../src/manifest/links/link.ts';
import type { Mention } from '../../../../src/manifest/links/mention.ts';
import { mentionsAt, mentionsOf } from '../../../../src/manifest/links/mentionsOf.ts';
import { parse } from '../../../../src/manifest/parse.ts';

const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
        tier: front
    spec:
      serviceAccountName: runner
      containers:
        - name: c1
          image: httpd
          ports:
            - name: http
              containerPort: 80
          livenessProbe:
            httpGet:
              port: http
          envFrom:
            - configMapRef:
                name: conf
          volumeMounts:
            - name: data
              mountPath: /data
        - name: c2
          image: httpd
          volumeMounts:
            - name: data
              mountPath: /other
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: claim
---
apiVersion: v1
kind: Service
metadata:
  name: front
spec:
  selector:
    app: shop
  ports:
    - name: web
      port: 8080
      targetPort: http
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: entry
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: front
                port:
                  name: web
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: policy
spec:
  podSelector:
    matchExpressions:
      - key: app
        operator: In
        values: [shop, other]
  ingress:
    - ports:
        - port: http
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: claim
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: conf
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: runner
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: conf
  namespace: elsewhere
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: budget
spec:
  selector:
    matchLabels:
      tier: front
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db-headless
  selector:
    matchLabels: {app: db}
  template:
    metadata:
      labels: {app: db}
    spec:
      containers:
        - name: db
          image: postgres
          volumeMounts: [{name: store, mountPath: /store}]
  volumeClaimTemplates:
    - metadata: {name: store}
---
apiVersion: v1
kind: Service
metadata: {name: db-headless}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
`;

const file = parse(text, { file: 'file:///a.yaml' });
const all = file.objects.flatMap(mentionsOf);

/** A mention's place as `line:text`, lines from 1. */
function place({ object, node }: Mention): string {
  const { start } = object.rangeOf(node);
  return `${start.line + 1}:${text.slice(object.documentStart + node.start, object.documentStart + node.end)}`;
}

/** The mentions at a text behind a mark that stands before it. */
function at(line: number, part: string): readonly Mention[] {
  const start = file.lines.startOfLine(line - 1);
  const mentions = mentionsAt(file, text.indexOf(part, start));
  assert.notEqual(mentions.length, 0, `${line}: ${part}`);
  return mentions;
}

function places(mentions: readonly Mention[]): readonly string[] {
  return [...new Set(mentions.map(place))].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

function definitions(line: number, part: string): readonly string[] {
  return places(at(line, part).flatMap((mention) => (mention.role === 'uses' ? giversOf(mention, all) : [])));
}

function references(line: number, part: string): readonly string[] {
  return places(at(line, part).flatMap((mention) => (mention.role === 'gives' ? usesOf(mention, all) : [])));
}

function family(line: number, part: string): readonly string[] {
  return places(at(line, part).flatMap((mention) => familyOf(mention, all)));
}

describe('who refers to whom', () => {
  it('selectors of Services, policies and workloads, and the labels of pods', () => {
    assert.deepEqual(definitions(47, 'shop'), ['12:shop']);
    assert.deepEqual(definitions(8, 'shop'), ['12:shop']);
    assert.deepEqual(references(12, 'shop'), ['8:shop', '47:shop', '78:shop']);
    assert.deepEqual(family(78, 'shop'), ['8:shop', '12:shop', '47:shop', '78:shop']);
    assert.deepEqual(references(13, 'front'), ['111:front']);
  });

  it('keys of labels as well', () => {
    assert.deepEqual(family(12, 'app'), ['8:app', '12:app', '47:app', '76:app']);
  });

  it('target ports, probes, policy ports and the ports of containers', () => {
    assert.deepEqual(references(20, 'http'), ['24:http', '51:http', '81:http']);
    assert.deepEqual(definitions(51, 'http'), ['20:http']);
    assert.deepEqual(definitions(24, 'http'), ['20:http']);
  });

  it('a Service without targetPort means the container port of its own number', () => {
    const two = parse(`apiVersion: v1
kind: Pod
metadata: {name: p, labels: {a: b}}
spec: {containers: [{name: c, image: i, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: s}
spec: {selector: {a: b}, ports: [{port: 80}]}
`);
    const mentions = two.objects.flatMap(mentionsOf);
    const giver = mentions.find(({ role, what }) => role === 'gives' && what.is === 'port');
    assert.ok(giver?.role === 'gives');
    assert.equal(usesOf(giver, mentions).length, 1);
  });

  it('mounts and volumes, claim templates included', () => {
    assert.deepEqual(references(37, 'data'), ['29:data', '34:data']);
    assert.deepEqual(definitions(128, 'store'), ['130:store']);
  });

  it('backends, Services and their ports', () => {
    assert.deepEqual(references(44, 'front'), ['65:front']);
    assert.deepEqual(definitions(67, 'web'), ['49:web']);
  });

  it('claims, config maps, service accounts: in the namespace meant', () => {
    assert.deepEqual(definitions(39, 'claim\n'), ['86:claim']);
    assert.deepEqual(definitions(27, 'conf'), ['91:conf', '101:conf']);
    assert.deepEqual(definitions(15, 'runner'), ['96:runner']);
    const placed = parse(text.replace('  name: web\n', '  name: web\n  namespace: default\n'));
    const mentions = placed.objects.flatMap(mentionsOf);
    const use = mentions.find(
      ({ role, what }) => role === 'uses' && what.is === 'object' && what.name === 'conf',
    );
    assert.ok(use?.role === 'uses');
    assert.deepEqual(
      giversOf(use, mentions).map(({ object }) => object.namespace),
      [undefined],
    );
  });

  it('a StatefulSet and its Service', () => {
    assert.deepEqual(definitions(118, 'db-headless'), ['134:db-headless']);
  });

  it('a namespace: its name is a label of it, too', () => {
    const two = parse(`apiVersion: v1
kind: Namespace
metadata: {name: team}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: n, namespace: team}
spec:
  podSelector: {}
  ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: team}}}]}]
`);
    const mentions = two.objects.flatMap(mentionsOf);
    const [start] = mentions.filter(({ what }) => what.is === 'object' && what.kind === 'Namespace');
    assert.ok(start);
    assert.equal(new Set(familyOf(start, mentions).map(({ node }) => node)).size, 3);
  });

  it('never ties what a selector does not select', () => {
    const two = parse(`apiVersion: v1
kind: Pod
metadata: {name: p, labels: {app: a, tier: front}}
spec: {containers: [{name: c, image: i}]}
---
apiVersion: v1
kind: Service
metadata: {name: s}
spec: {selector: {app: a, tier: back}, ports: [{port: 80}]}
`);
    const mentions = two.objects.flatMap(mentionsOf);
    for (const mention of mentions.filter(({ what }) => what.is === 'label')) {
      assert.equal(familyOf(mention, mentions).length, 1);
    }
  });
});
