import assert from 'node:assert/strict';
import { factsOf } from '../../../src/manifest/facts.ts';
import { lintFiles, lintText, type Finding, type LintOptions } from '../../../src/rules/index.ts';

const service = (name: string, selector: string, port = 'port: 80', more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n${more}  selector: ${selector}\n  ports:\n    - ${port}\n`;

const deployment = (labels: string, ports = '[{containerPort: 80}]', namespace = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n${namespace}spec:\n  selector:\n    matchLabels: ${labels}\n  template:\n    metadata:\n      labels: ${labels}\n    spec:\n      containers:\n        - name: c\n          image: nginx:1\n          ports: ${ports}\n`;

const complete: LintOptions = { knowledge: { objects: [], complete: true } };

function of(code: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.code === code);
}

describe('selector-matches-nothing', () => {
  const code = 'selector-matches-nothing';
  const matches = (text: string, options?: LintOptions): readonly Finding[] =>
    of(code, lintText(text, options));

  it('says nothing of a Service alone: its pods may be anywhere', () => {
    assert.deepEqual(matches(service('web', '{app: web}')), []);
  });

  it('warns when everything is known', () => {
    assert.equal(matches(service('web', '{app: web}'), complete)[0]?.severity, 'warning');
  });

  it('hints when there are pods, but none comes near', () => {
    const text = `${service('web', '{tier: front}')}---\n${deployment('{app: api}')}`;
    assert.equal(matches(text)[0]?.severity, 'hint');
    assert.equal(matches(text, complete)[0]?.severity, 'warning');
  });

  it('warns at the value when a workload comes near, and offers its value', () => {
    const text = `${service('web', '{app: wep}')}---\n${deployment('{app: web}')}`;
    const [finding] = matches(text);
    assert.equal(finding?.severity, 'warning');
    assert.deepEqual(finding.range, { start: { line: 5, character: 18 }, end: { line: 5, character: 21 } });
    assert.equal(finding.fixes[0]?.edits[0]?.newText, 'web');
    assert.equal(finding.related[0]?.range.start.line, 12);
  });

  it('is content with one matching pod, in another file or in the cluster too', () => {
    const svc = service('web', '{app: web}');
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'shop', labels: { app: 'web', x: 'y' } },
    };
    assert.deepEqual(matches(`${svc}---\n${deployment('{app: web, tier: x}')}`, complete), []);
    assert.deepEqual(matches(svc, { knowledge: { objects: [factsOf(pod)], complete: true } }), []);
    const files = [
      { file: 'a.yaml', text: svc },
      { file: 'b.yaml', text: deployment('{app: web}') },
    ];
    assert.deepEqual(of(code, lintFiles(files, complete)), []);
  });

  it('looks only into the namespace of the Service', () => {
    const text = `${service('web', '{app: web}').replace('name: web', 'name: web\n  namespace: a')}---\n${deployment('{app: web}', '[]', '  namespace: b\n')}`;
    assert.equal(matches(text, complete).length, 1);
  });

  it('leaves alone: no selector, ExternalName, own endpoints, labels that controllers add', () => {
    const texts = [
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: db\nspec:\n  ports:\n    - port: 80\n',
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: db\nspec:\n  type: ExternalName\n  externalName: db.example.com\n  selector: {app: x}\n',
      `${service('db', '{app: x}')}---\napiVersion: v1\nkind: Endpoints\nmetadata:\n  name: db\n`,
      `${service('db', '{app: x}')}---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: db-1\n  labels: {kubernetes.io/service-name: db}\naddressType: IPv4\nendpoints: []\n`,
      service('db', '{statefulset.kubernetes.io/pod-name: db-0}'),
    ];
    for (const text of texts) assert.deepEqual(matches(text, complete), [], text);
  });
});

describe('target ports', () => {
  it('a named port counts for each selected pod, sidecars included', () => {
    const sidecar = deployment('{app: web}', '[]').replace(
      '      containers:',
      '      initContainers:\n        - name: proxy\n          image: envoy:1\n          restartPolicy: Always\n          ports: [{name: admin, containerPort: 9901}]\n      containers:',
    );
    const text = `${service('web', '{app: web}', '{port: 80, targetPort: admin}')}---\n${sidecar}`;
    assert.deepEqual(of('target-port-name-unknown', lintText(text)), []);
  });

  it('pods that declare no ports say nothing about them', () => {
    const text = `${service('web', '{app: web}', '{port: 80, targetPort: 8080}')}---\n${deployment('{app: web}', '[]')}`;
    assert.deepEqual(of('target-port-undeclared', lintText(text)), []);
  });
});

describe('node ports', () => {
  const nodePort = (name: string): string =>
    service(name, '{app: web}', '{port: 80, nodePort: 30080}', '  type: NodePort\n');

  it('two Services cannot have the same', () => {
    const findings = of('node-port-duplicate', lintText(`${nodePort('a')}---\n${nodePort('b')}`));
    assert.deepEqual(
      findings.map((finding) => finding.severity),
      ['warning', 'warning'],
    );
  });

  it('but the Service in the file and the same one in the cluster are one', () => {
    const live = {
      kind: 'Service',
      metadata: { name: 'a', namespace: 'x' },
      spec: { ports: [{ port: 80, nodePort: 30080 }] },
    };
    const options = { knowledge: { objects: [factsOf(live)], complete: true } };
    assert.deepEqual(of('node-port-duplicate', lintText(nodePort('a'), options)), []);
  });

  it('the range is a warning where it is not known, an error where it is', () => {
    const text = nodePort('a').replace('30080', '80');
    assert.equal(of('node-port-range', lintText(text))[0]?.severity, 'warning');
    const cluster = { nodePorts: { first: 30_000, last: 32_767 } };
    assert.equal(of('node-port-range', lintText(text, { cluster }))[0]?.severity, 'error');
    assert.deepEqual(
      of('node-port-range', lintText(text, { cluster: { nodePorts: { first: 1, last: 32_767 } } })),
      [],
    );
  });
});

describe('what was found out is kept only as long as it is true', () => {
  it('another settings, another schema or another neighbour is looked at anew', async () => {
    const { parse } = await import('../../../src/manifest/parse.ts');
    const { lint } = await import('../../../src/rules/index.ts');
    const file = parse(service('web', '{app: web}', 'port: 0'));
    const codes = (options: LintOptions): readonly string[] =>
      lint(file, options).map((finding) => finding.code);
    assert.deepEqual(codes({}), ['service-port-number']);
    assert.deepEqual(codes(complete), ['selector-matches-nothing', 'service-port-number']);
    assert.deepEqual(codes({ rules: { 'service-port-number': 'off' } }), []);
    assert.deepEqual(codes({}), ['service-port-number']);
  });

  it('places follow the text', async () => {
    const { parse } = await import('../../../src/manifest/parse.ts');
    const { lint } = await import('../../../src/rules/index.ts');
    const text = service('web', '{app: web}', 'port: 0');
    const before = parse(`---\n${text}`);
    assert.deepEqual(
      lint(before).map((finding) => finding.range.start.line),
      [8],
    );
    const after = parse(`# one\n# two\n---\n# x\n---\n${text}`, { previous: before });
    assert.deepEqual(
      lint(after).map((finding) => finding.range.start.line),
      [12],
    );
  });
});
