import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { factsOfObject } from '../../../../src/manifest/facts.ts';
import { parse } from '../../../../src/manifest/parse.ts';
import { isRecord, record } from '../../../../src/model/json.ts';
import { evaluateFlow } from '../../../../src/reach/podToPod.ts';
import { worldOfObjects } from '../../../../src/reach/worldOfObjects.ts';
import { applyEdits, lintText } from '../../../../src/rules/index.ts';
import {
  containersOf,
  declarePort,
  isServedBy,
  missingPorts,
} from '../../../../src/rules/refactor/declarePort.ts';
import { insertDocument, yamlLike } from '../../../../src/rules/refactor/newDocument.ts';
import {
  policyFromObserved,
  type ObservedConnection,
  type ObservedEnd,
} from '../../../../src/rules/refactor/policyFromObserved.ts';
import { serviceFor } from '../../../../src/rules/refactor/serviceFor.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
        version: one
    spec:
      containers:
      - name: c1
        image: httpd
        ports:
        - name: http
          containerPort: 8080
        - containerPort: 53
          protocol: UDP
      - name: c2
        image: httpd
`;

describe('a Service from a workload', () => {
  it('selects by the workload’s own selector and offers each port, in the file’s style', () => {
    const file = parse(deployment);
    const [object] = file.objects;
    assert.ok(object);
    const service = serviceFor(object);
    assert.ok(service);
    const yaml = yamlLike(file, service);
    assert.equal(
      yaml,
      `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - name: http
    port: 8080
    targetPort: http
  - name: udp-53
    port: 53
    targetPort: 53
    protocol: UDP
`,
    );
    const text = applyEdits(deployment, [insertDocument(file, 0, yaml)]);
    assert.equal(text, `${deployment}---\n${yaml}`);
    assert.deepEqual(lintText(text), []);
  });

  it('stands between its document and the next, and keeps CRLF', () => {
    const text = `${deployment}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}`.replaceAll(
      '\n',
      '\r\n',
    );
    const file = parse(text);
    const [object] = file.objects;
    assert.ok(object);
    const yaml = yamlLike(file, serviceFor(object) ?? {});
    const kinds = (each: string): readonly string[] => parse(each).objects.map(({ kind }) => kind);
    const between = applyEdits(text, [insertDocument(file, 0, yaml)]);
    assert.deepEqual(kinds(between), ['Deployment', 'Service', 'ConfigMap']);
    assert.deepEqual(kinds(applyEdits(text, [insertDocument(file, 1, yaml)])), [
      'Deployment',
      'ConfigMap',
      'Service',
    ]);
    assert.doesNotMatch(between, /[^\r]\n/);
  });

  it('is headless for a StatefulSet, with the name it asks for', () => {
    const [object] = parse(
      deployment.replace('Deployment', 'StatefulSet').replace('spec:\n', 'spec:\n  serviceName: web-each\n'),
    ).objects;
    assert.ok(object);
    const service = record(serviceFor(object));
    assert.equal(record(service.metadata).name, 'web-each');
    assert.equal(record(service.spec).clusterIP, 'None');
  });

  it('is not made where nothing is declared or nothing can be selected', () => {
    for (const text of [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {a: b}}\nspec: {containers: [{name: c}]}\n',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, ports: [{containerPort: 1}]}]}\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: p}\n',
    ]) {
      const [object] = parse(text).objects;
      assert.ok(object);
      assert.equal(serviceFor(object), undefined);
    }
  });
});

describe('a container port from a Service', () => {
  const service = `apiVersion: v1
kind: Service
metadata: {name: s}
spec:
  selector: {app: web}
  ports:
  - {name: a, port: 80, targetPort: http}
  - {name: b, port: 90, targetPort: 9090}
  - {name: c, port: 91, targetPort: admin, protocol: UDP}
`;
  const declared = (text: string, container: string): string => {
    const file = parse(`${text}---\n${service}`);
    const [pod, by] = file.objects;
    assert.ok(pod && by);
    const facts = factsOfObject(pod);
    assert.ok(facts.pods && isServedBy(facts, factsOfObject(by)));
    let current = text;
    for (const port of missingPorts(facts.pods, factsOfObject(by))) {
      const [object] = parse(current).objects;
      const found = object && containersOf(object).find(({ name }) => name === container)?.container;
      assert.ok(found);
      const edit = declarePort(found, port, current);
      assert.ok(edit);
      current = current.slice(0, edit.start) + edit.newText + current.slice(edit.end);
    }
    return current;
  };

  it('goes behind the ports that are there, or makes the list', () => {
    assert.match(
      declared(deployment, 'c1'),
      / {8}- containerPort: 53\n {10}protocol: UDP\n {8}- containerPort: 9090\n {8}- name: admin\n {10}containerPort: 91\n {10}protocol: UDP\n {6}- name: c2/,
    );
    assert.match(
      declared(deployment, 'c2'),
      / {6}- name: c2\n {8}image: httpd\n {8}ports:\n {10}- containerPort: 9090\n {10}- name: admin\n/,
    );
  });

  it('keeps flow style', () => {
    const flow = `apiVersion: v1
kind: Pod
metadata: {name: p, labels: {app: web}}
spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 80}]}, {name: d, image: i}]}
`;
    for (const container of ['c', 'd']) {
      const text = declared(flow, container);
      const spec = record(record(parseYaml(text)).spec);
      assert.match(
        JSON.stringify(spec),
        /"containerPort":9090.*"name":"admin","containerPort":91,"protocol":"UDP"/,
      );
    }
  });

  it('leaves no complaint about undeclared ports', () => {
    const text = `${declared(deployment, 'c1')}---\n${service}`;
    const codes = lintText(text).map(({ code }) => code);
    assert.deepEqual(
      codes.filter((code) => code.startsWith('target-port')),
      [],
    );
  });
});

describe('a policy from what was observed', () => {
  const names = ['a', 'b', 'c', 'd'] as const;
  const spaces: Readonly<Record<string, string>> = { a: 'one', b: 'one', c: 'two', d: 'one' };
  const end = (name: string): ObservedEnd => ({
    is: 'pods',
    namespace: spaces[name] ?? '',
    labels: { app: name, 'pod-template-hash': 'x' },
  });
  const pod = (name: string): Record<string, unknown> => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: spaces[name], labels: { app: name } },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  });
  const subject = { name: 'a', namespace: 'one', saysNamespace: true, selector: { app: 'a' } };
  const dnsPod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  };
  const namespaces = ['one', 'two', 'kube-system'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  }));

  it('allows just what was observed, and DNS', () => {
    const connection = fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      port: fc.constantFrom(80, 81),
    });
    fc.assert(
      fc.property(fc.array(connection, { maxLength: 6 }), (connections) => {
        const observed = connections
          .filter(({ from, to }) => from !== to)
          .map(({ from, to, port }): ObservedConnection => ({
            from: end(from),
            to: end(to),
            port,
            protocol: 'TCP',
          }));
        const { object, notes } = policyFromObserved(subject, observed);
        assert.deepEqual(notes, []);
        const world = worldOfObjects([...names.map(pod), dnsPod, ...namespaces, object].filter(isRecord));
        const allowed = (
          from: string,
          to: string,
          port: number,
          protocol: 'TCP' | 'UDP' = 'TCP',
        ): unknown => {
          const find = (name: string) => world.snapshot.get('Pod', spaces[name] ?? 'kube-system', name);
          const [source, target] = [find(from), find(to)];
          assert.ok(source && target);
          return evaluateFlow(world, {
            from: { is: 'pod', pod: source },
            to: { is: 'pod', pod: target },
            port,
            protocol,
          }).allowed;
        };
        for (const from of names) {
          for (const to of names) {
            if (from === to || (from !== 'a' && to !== 'a')) continue;
            for (const port of [80, 81]) {
              const was = connections.some(
                (each) => each.from === from && each.to === to && each.port === port,
              );
              assert.equal(allowed(from, to, port), was, `${from} → ${to}:${port}`);
            }
          }
        }
        for (const protocol of ['UDP', 'TCP'] as const) assert.equal(allowed('a', 'dns', 53, protocol), true);
        assert.equal(allowed('a', 'dns', 80), false);
      }),
      { numRuns: 60 },
    );
  });

  it('puts peers with the same ports into one rule, and lints clean', () => {
    const { object, connections } = policyFromObserved(subject, [
      { from: end('b'), to: end('a'), port: 80, protocol: 'TCP' },
      { from: end('c'), to: end('a'), port: 80, protocol: 'TCP' },
      { from: end('a'), to: { is: 'address', ip: '192.0.2.1' }, port: 443, protocol: 'TCP' },
      { from: end('b'), to: end('c'), port: 80, protocol: 'TCP' },
    ]);
    assert.equal(connections, 3);
    const spec = record(object.spec);
    assert.equal((spec.ingress as unknown[]).length, 1);
    assert.match(JSON.stringify(spec.egress), /"cidr":"192\.0\.2\.1\/32"/);
    const file = parse(deployment);
    assert.deepEqual(lintText(yamlLike(file, object)), []);
  });

  it('says where it must allow more than was observed', () => {
    const { notes } = policyFromObserved(subject, [
      { from: { is: 'pods', namespace: 'one', labels: {} }, to: end('a'), port: 80, protocol: 'TCP' },
    ]);
    assert.match(notes.join(), /namespace one has no labels/);
  });
});
