import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pod } from '../../../src/model/objects.ts';
import { readNetworkPolicy } from '../../../src/model/networkPolicy.ts';
import { changeOf } from '../../../src/reach/policyChange.ts';
import { reachOf, reasonsOf, type Toward } from '../../../src/reach/podReach.ts';
import { evaluateFlow } from '../../../src/reach/podToPod.ts';
import { hasPort } from '../../../src/reach/portSet.ts';
import type { World } from '../../../src/reach/world.ts';
import { pod, policy, worldOf } from './build.ts';

const apps = ['a', 'b', 'c'] as const;
const pods = [...apps.map((app) => pod(app)), pod('d', { ns: 'other', labels: 'app: a' })].join('');

const peer = fc.constantFrom(
  'podSelector: {}',
  'podSelector: { matchLabels: { app: a } }',
  'namespaceSelector: {}',
  'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } }, podSelector: { matchLabels: { app: a } }',
);
const ports = fc.constantFrom(
  '',
  ', ports: [{ port: 80 }]',
  ', ports: [{ port: 8000, endPort: 8010 }, { port: 53, protocol: UDP }]',
);
const rules = (field: 'from' | 'to'): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(peer, ports), { maxLength: 2 })
    .map((items) => items.map(([each, port]) => `{ ${field}: [{ ${each} }]${port} }`).join(', '));
const spec = fc
  .tuple(
    fc.constantFrom('{}', '{ matchLabels: { app: b } }'),
    rules('from'),
    rules('to'),
    fc.constantFrom('[Ingress]', '[Egress]', '[Ingress, Egress]'),
  )
  .map(
    ([selector, from, to, types]) =>
      `podSelector: ${selector}, policyTypes: ${types}, ingress: [${from}], egress: [${to}]`,
  );
const flows = [
  { protocol: 'TCP', port: 80 },
  { protocol: 'TCP', port: 8005 },
  { protocol: 'UDP', port: 53 },
] as const;

function get(world: World, namespace: string, name: string): Pod {
  const found = world.snapshot.get('Pod', namespace, name);
  assert.ok(found);
  return found;
}

function allowed(world: World, from: Pod, to: Pod, flow: (typeof flows)[number]): boolean {
  const answer = evaluateFlow(world, { from: { is: 'pod', pod: from }, to: { is: 'pod', pod: to }, ...flow });
  return answer.allowed === true;
}

describe('Who can reach a pod, and what it can reach', () => {
  it('says of every other pod what asking pair by pair says', () => {
    fc.assert(
      fc.property(spec, fc.constantFrom<Toward>('in', 'out'), (text, toward) => {
        const world = worldOf(pods + policy('p', text));
        const subject = get(world, 'default', 'b');
        const { open, closed } = reachOf(world, subject, toward);
        const peers = [...open, ...closed].flatMap((each) => each.pods.map((other) => ({ other, each })));
        assert.equal(peers.length, 3);
        for (const { other, each } of peers) {
          for (const flow of flows) {
            const [from, to] = toward === 'in' ? [other, subject] : [subject, other];
            assert.equal(
              hasPort(each.passage.allowed, flow.protocol, flow.port),
              allowed(world, from, to, flow),
              `${other.namespace}/${other.name} ${toward} ${flow.port}`,
            );
          }
        }
      }),
    );
  });

  it('names the rule that lets a peer in, and the policy that keeps others out', () => {
    const world = worldOf(
      pods +
        policy(
          'web',
          'podSelector: { matchLabels: { app: b } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: a } } }], ports: [{ port: 80 }] }]',
        ),
    );
    const subject = get(world, 'default', 'b');
    const { open, closed } = reachOf(world, subject, 'in');
    assert.deepEqual(
      open.map(({ ref }) => ref),
      ['pod/default/a'],
    );
    assert.deepEqual(
      closed.map(({ ref }) => ref),
      ['pod/default/c', 'pod/other/d'],
    );
    const [first] = open;
    assert.ok(first);
    const because = reasonsOf(world, subject, first, 'in');
    assert.ok(
      because.some(
        ({ object, path }) => object === 'networkpolicy/default/web' && path === 'spec.ingress[0].from[0]',
      ),
    );
    const [shut] = closed;
    assert.ok(shut);
    const denied = reasonsOf(world, subject, shut, 'in');
    assert.ok(
      denied.some(({ effect, object }) => effect === 'denies' && object === 'networkpolicy/default/web'),
    );
  });
});

describe('What a policy changes', () => {
  it('is what differs between asking pair by pair before and after', () => {
    fc.assert(
      fc.property(spec, fc.option(spec), (text, earlier) => {
        const now = worldOf(pods + (earlier === null ? '' : policy('p', earlier)));
        const after = worldOf(pods + policy('p', text)).snapshot.get('NetworkPolicy', 'default', 'p');
        assert.ok(after);
        const before = now.snapshot.get('NetworkPolicy', 'default', 'p');
        const then: World = {
          ...now,
          snapshot: now.snapshot.with([{ type: 'put', object: after }]).snapshot,
        };
        const { passages } = changeOf({ now, then, policies: before ? [before, after] : [after] });
        const all = now.snapshot.all('Pod');
        for (const from of all) {
          for (const to of all) {
            if (from === to) continue;
            for (const flow of flows) {
              const was = allowed(now, from, to, flow);
              const is = allowed(then, from, to, flow);
              const lines = passages.filter(
                (line) => line.from.includes(refOf(from)) && line.to.includes(refOf(to)),
              );
              const gained = lines.some((line) => hasPort(line.gained, flow.protocol, flow.port));
              const lost = lines.some((line) => hasPort(line.lost, flow.protocol, flow.port));
              assert.equal(gained, is && !was, `${refOf(from)} → ${refOf(to)} ${flow.port} gained`);
              assert.equal(lost, was && !is, `${refOf(from)} → ${refOf(to)} ${flow.port} lost`);
            }
          }
        }
      }),
    );
  });

  it('tells which pods become restricted at all', () => {
    const now = worldOf(pods);
    const object = readNetworkPolicy({
      metadata: { name: 'p', namespace: 'default' },
      spec: { podSelector: { matchLabels: { app: 'b' } }, policyTypes: ['Egress'] },
    });
    const then: World = { ...now, snapshot: now.snapshot.with([{ type: 'put', object }]).snapshot };
    const { isolation, selected } = changeOf({ now, then, policies: [object] });
    assert.equal(selected, 1);
    assert.deepEqual(isolation, [{ direction: 'egress', isolated: true, workloads: ['pod/default/b'] }]);
  });
});

function refOf({ namespace, name }: Pod): string {
  return `pod/${namespace}/${name}`;
}
