import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { run } from '../../../src/cli/run.ts';
import { ioOf } from '../cli/support.ts';

interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
interface AnswerLine {
  readonly allowed: boolean | 'depends' | null;
  readonly because: readonly { readonly code: string; readonly object?: string; readonly path?: string }[];
  readonly error?: string;
}

const shop = `apiVersion: v1
kind: List
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata: { name: web }
  spec:
    replicas: 3
    template:
      metadata: { labels: { app: web } }
      spec: { containers: [{ name: c, image: nginx, ports: [{ name: http, containerPort: 8080 }] }] }
- apiVersion: v1
  kind: Service
  metadata: { name: web }
  spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8000, endPort: 8080 }, { protocol: UDP }] }]
`;
const ops = JSON.stringify({
  apiVersion: 'v1',
  kind: 'PodList',
  items: [{ metadata: { name: 'cli', namespace: 'ops' }, spec: { containers: [{ name: 'c', image: 'x' }] } }],
});
const block = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: block, namespace: ops }
spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }
`;

describe('podnet reach', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'podnet-reach-'));
    await writeFile(path.join(folder, 'shop.yaml'), shop);
    await writeFile(path.join(folder, 'ops.json'), ops);
    await writeFile(path.join(folder, 'block.yml'), block);
  });
  after(() => rm(folder, { recursive: true }));

  async function reach(args: readonly string[], stdin = ''): Promise<Printed> {
    const { io, out, err } = ioOf();
    const code = await run(['reach', ...args], { ...io, stdin: Readable.from([stdin]) });
    return { code, out: out(), err: err() };
  }
  async function ask(
    ...lines: readonly string[]
  ): Promise<{ code: number; answers: AnswerLine[]; err: string }> {
    const { code, out, err } = await reach(['-f', folder, '--queries', '-'], `${lines.join('\n')}\n`);
    const answers = out.split('\n').filter(Boolean);
    return { code, err, answers: answers.map((line) => JSON.parse(line) as AnswerLine) };
  }
  const query = (from: string, to: string, port: unknown, protocol?: string): string =>
    JSON.stringify({ from, to, port, protocol });

  it('prints every pair of workloads, with ports as ranges', async () => {
    const { code, out } = await reach(['-f', folder, '-o', 'json']);
    assert.equal(code, 0);
    const pairs = JSON.parse(out) as { from: string; to: string }[];
    assert.deepEqual(
      pairs.find(({ from, to }) => from === 'deployment/default/web' && to === from),
      {
        from: 'deployment/default/web',
        to: 'deployment/default/web',
        allowed: true,
        ports: { TCP: ['8000-8080'], UDP: ['*'] },
      },
    );
    assert.deepEqual(
      pairs.find(({ from }) => from === 'pod/ops/cli'),
      { from: 'pod/ops/cli', to: 'deployment/default/web', allowed: false, ports: {} },
    );
    assert.deepEqual(
      pairs.find(({ to }) => to === 'pod/ops/cli'),
      {
        from: 'deployment/default/web',
        to: 'pod/ops/cli',
        allowed: 'depends',
        ports: {},
        depends: { TCP: ['*'], UDP: ['*'], SCTP: ['*'] },
      },
    );
    assert.equal(pairs.length, 3);
  });

  it('prints them as a table, and an empty array where there are none', async () => {
    const { out } = await reach(['-f', folder]);
    assert.match(out, /^deployment\/default\/web +→ {2}deployment\/default\/web +TCP 8000-8080, UDP all$/m);
    assert.match(out, /^pod\/ops\/cli +→ {2}deployment\/default\/web +nothing$/m);
    const one = await reach(['-f', path.join(folder, 'ops.json'), '-o', 'json']);
    assert.deepEqual([one.code, one.out], [0, '[]\n']);
  });

  it('answers queries line by line, in order, with the rule that decided', async () => {
    const { code, answers } = await ask(
      query('deployment/default/web', 'svc/default/web', 80),
      query('pod/ops/cli', 'svc/default/web', 'http', 'tcp'),
      '',
      query('pod/default/web', 'pod/ops/cli', '443'),
    );
    assert.deepEqual(
      answers.map(({ allowed }) => allowed),
      ['depends', false, 'depends'],
    );
    const denial = answers[1]?.because.find(({ code: reason }) => reason === 'policy-ingress');
    assert.deepEqual([denial?.object, denial?.path], ['networkpolicy/default/web', 'spec.ingress']);
    assert.equal(code, 1);
  });

  it('ends with 0 where all is allowed, and with 2 where something depends and nothing is denied', async () => {
    assert.equal((await ask(query('pod/default/web', 'pod/default/web', 1))).code, 0);
    assert.equal((await ask(query('pod/default/web', 'pod/ops/cli', 80))).code, 2);
  });

  it('says in its place what is wrong with a line, answers the others, and ends with 2', async () => {
    const good = query('pod/default/web', 'pod/default/web', 1);
    const bad = [
      'no JSON',
      '[1]',
      'null',
      '{"from":"pod/default/web"}',
      query('pod/default/web', 'pod/default/web', 70_000),
      query('pod/default/web', 'pod/default/web', 0),
      query('pod/default/web', 'pod/default/web', 1.5),
      query('pod/default/web', 'pod/default/web', 80, 'ICMP'),
      query('pod/default/nobody', 'pod/default/web', 80),
      query('svc/default/web', 'pod/default/web', 80),
    ];
    const { code, answers, err } = await ask(...bad, good);
    assert.equal(code, 2);
    assert.equal(answers.length, bad.length + 1);
    for (const [index, answer] of answers.slice(0, -1).entries()) {
      assert.equal(answer.allowed, null, bad[index]);
      assert.ok(answer.error, bad[index]);
    }
    assert.equal(answers.at(-1)?.allowed, true);
    assert.match(err, /query 1:/);
  });

  it('ends with 2 where files cannot be read or are not sound, and prints nothing then', async () => {
    const broken = path.join(folder, 'broken.txt.yaml');
    await writeFile(broken, 'apiVersion: v1\nkind: Pod\nmetadata: {name: [}\n');
    try {
      for (const args of [['-f', broken], ['-f', folder], ['-f', path.join(folder, 'nothing.yaml')], []]) {
        const { code, out, err } = await reach(args);
        assert.deepEqual([code, out], [2, ''], args.join(' '));
        assert.notEqual(err, '');
      }
    } finally {
      await rm(broken);
    }
  });

  it('reads what a whole cluster printed, larger than what may be applied', async () => {
    const pods = Array.from({ length: 4 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${index}`, annotations: { large: 'x'.repeat(900_000) } },
      spec: { containers: [{ name: 'c', image: 'x' }] },
    }));
    const file = path.join(folder, 'large.json');
    const yaml = path.join(folder, 'large.yaml');
    await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods }, null, 2));
    await writeFile(yaml, `# printed\n${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods })}`);
    try {
      for (const each of [file, yaml]) {
        const { code, out } = await reach(['-f', each, '-o', 'json']);
        assert.equal(code, 0);
        assert.equal((JSON.parse(out) as unknown[]).length, 12);
      }
    } finally {
      await rm(file);
      await rm(yaml);
    }
  });

  it('names templates that it leaves out', async () => {
    const file = path.join(folder, 'chart.yaml');
    await writeFile(file, 'apiVersion: v1\nkind: Pod\nmetadata: { name: {{ .Release.Name }} }\n');
    try {
      const { code, err } = await reach(['-f', folder]);
      assert.equal(code, 0);
      assert.match(err, /chart\.yaml was left out: it is a template/);
    } finally {
      await rm(file);
    }
  });
});
