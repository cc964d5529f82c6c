import assert from 'node:assert/strict';
import { evaluateFlow } from '../../../src/reach/podToPod.ts';
import type { Answer } from '../../../src/reach/reason.ts';
import type { Protocol } from '../../../src/model/objects.ts';
import { party, pod, policy, worldOf } from './build.ts';

const pods = [
  pod('a'),
  pod('b', { ports: '{ name: http, containerPort: 8080 }, { name: dns, containerPort: 53, protocol: UDP }' }),
  pod('c', { ns: 'other', labels: 'app: a' }),
  pod('host', { spec: 'hostNetwork: true, nodeName: n1' }),
  pod('near', { spec: 'nodeName: n1' }),
  '\n---\napiVersion: v1\nkind: Namespace\nmetadata: { name: other, labels: { team: x } }',
].join('');

function ask(policies: string, from: string, to: string, port = 8080, protocol: Protocol = 'TCP'): Answer {
  const world = worldOf(pods + policies);
  return evaluateFlow(world, { from: party(world, from), to: party(world, to), port, protocol });
}

describe('network policies', () => {
  it('let everything through where none selects the pod', () => {
    const answer = ask(
      policy('p', 'podSelector: { matchLabels: { app: nobody } }'),
      'default/a',
      'default/b',
    );
    assert.equal(answer.allowed, true);
    assert.deepEqual(
      answer.because.map(({ code }) => code),
      ['no-egress-policy', 'no-ingress-policy'],
    );
  });

  it('isolate every pod of their namespace by an empty selector, in the ingress direction only by default', () => {
    const deny = policy('deny', 'podSelector: {}');
    assert.equal(ask(deny, 'default/a', 'default/b').allowed, false);
    assert.equal(ask(deny, 'default/a', 'other/c').allowed, true);
    assert.deepEqual(
      ask(deny, 'default/a', 'default/b').because.at(-1)?.object,
      'networkpolicy/default/deny',
    );
  });

  it('isolate for egress without policyTypes only where egress rules exist', () => {
    assert.equal(
      ask(policy('p', 'podSelector: {}, egress: [{ ports: [{ port: 53 }] }]'), 'default/a', 'other/c')
        .allowed,
      false,
    );
    assert.equal(ask(policy('p', 'podSelector: {}, egress: []'), 'default/a', 'other/c').allowed, true);
    assert.equal(
      ask(policy('p', 'podSelector: {}, policyTypes: [Egress]'), 'default/a', 'other/c').allowed,
      false,
    );
  });

  it('ignore rules of a direction that policyTypes leaves out', () => {
    const ignored = policy('p', 'podSelector: {}, policyTypes: [Egress], egress: [{}], ingress: []');
    assert.equal(ask(ignored, 'default/a', 'default/b').allowed, true);
  });

  it('take an empty rule, and an empty from, for everyone', () => {
    for (const rule of ['{}', '{ from: [] }']) {
      const open = policy('p', `podSelector: {}, ingress: [${rule}]`);
      assert.equal(ask(open, 'other/c', 'default/b').allowed, true, rule);
      assert.equal(ask(open, '203.0.113.9', 'default/b').allowed, true, rule);
    }
  });

  it('mean their own namespace by a podSelector alone, and all pods by a namespaceSelector alone', () => {
    const byPod = policy(
      'p',
      'podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: a } } }] }]',
    );
    assert.equal(ask(byPod, 'default/a', 'default/b').allowed, true);
    assert.equal(ask(byPod, 'other/c', 'default/b').allowed, false);
    const byNamespace = policy(
      'p',
      'podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: x } } }] }]',
    );
    assert.equal(ask(byNamespace, 'other/c', 'default/b').allowed, true);
    assert.equal(ask(byNamespace, 'default/a', 'default/b').allowed, false);
  });

  it('hold both selectors of one peer at once, and two peers one by one', () => {
    const both = 'namespaceSelector: { matchLabels: { team: x } }, podSelector: { matchLabels: { app: z } }';
    assert.equal(
      ask(policy('p', `podSelector: {}, ingress: [{ from: [{ ${both} }] }]`), 'other/c', 'default/b').allowed,
      false,
    );
    const apart = both.replace(', podSelector', ' }, { podSelector');
    assert.equal(
      ask(policy('p', `podSelector: {}, ingress: [{ from: [{ ${apart} }] }]`), 'other/c', 'default/b')
        .allowed,
      true,
    );
  });

  it('know every namespace by its name', () => {
    const rule = '{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } } }] }';
    const answer = ask(policy('p', `podSelector: {}, ingress: [${rule}]`), 'other/c', 'default/b');
    assert.equal(answer.allowed, true);
    assert.equal(answer.because.at(-1)?.path, 'spec.ingress[0].from[0]');
  });

  it('match NotIn and DoesNotExist where the key is absent', () => {
    for (const expression of [
      '{ key: tier, operator: NotIn, values: [db] }',
      '{ key: tier, operator: DoesNotExist }',
    ]) {
      const rule = `{ from: [{ podSelector: { matchExpressions: [${expression}] } }] }`;
      assert.equal(
        ask(policy('p', `podSelector: {}, ingress: [${rule}]`), 'default/a', 'default/b').allowed,
        true,
        expression,
      );
    }
  });

  it('add up', () => {
    const two =
      policy('none', 'podSelector: {}') +
      policy('one', 'podSelector: { matchLabels: { app: b } }, ingress: [{ ports: [{ port: 8080 }] }]');
    assert.equal(ask(two, 'default/a', 'default/b').allowed, true);
    assert.equal(ask(two, 'default/a', 'default/b', 81).allowed, false);
  });

  it('resolve a named port on the destination, by protocol', () => {
    const named = policy(
      'p',
      'podSelector: {}, ingress: [{ ports: [{ port: http }, { port: dns, protocol: UDP }] }]',
    );
    assert.equal(ask(named, 'default/a', 'default/b', 8080).allowed, true);
    assert.equal(ask(named, 'default/a', 'default/b', 53, 'UDP').allowed, true);
    assert.equal(ask(named, 'default/a', 'default/b', 53, 'TCP').allowed, false);
    assert.equal(ask(named, 'default/a', 'default/near', 8080).allowed, false);
  });

  it('count TCP for an omitted protocol, a protocol alone for all its ports, endPort in', () => {
    const ranged = policy(
      'p',
      'podSelector: {}, ingress: [{ ports: [{ port: 80, endPort: 90 }, { protocol: UDP }] }]',
    );
    assert.equal(ask(ranged, 'default/a', 'default/b', 90).allowed, true);
    assert.equal(ask(ranged, 'default/a', 'default/b', 91).allowed, false);
    assert.equal(ask(ranged, 'default/a', 'default/b', 4242, 'UDP').allowed, true);
    assert.equal(ask(ranged, 'default/a', 'default/b', 80, 'SCTP').allowed, false);
  });

  it('judge addresses by block and except, and say "depends" for a block against a pod', () => {
    const block = policy(
      'p',
      'podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24, except: [203.0.113.128/25] } }] }]',
    );
    assert.equal(ask(block, '203.0.113.9', 'default/b').allowed, true);
    assert.equal(ask(block, '203.0.113.200', 'default/b').allowed, false);
    assert.equal(ask(block, '198.51.100.1', 'default/b').allowed, false);
    const answer = ask(block, 'default/a', 'default/b');
    assert.equal(answer.allowed, 'depends');
    assert.equal(answer.because.at(-1)?.code, 'policy-ipblock');
  });

  it('always let a pod reach itself, and its own node reach it', () => {
    const deny = policy('deny', 'podSelector: {}, policyTypes: [Ingress, Egress]');
    assert.equal(ask(deny, 'default/a', 'default/a').allowed, true);
    const denyNear = policy('deny', 'podSelector: { matchLabels: { app: near } }');
    assert.equal(ask(denyNear, 'default/host', 'default/near').allowed, true);
    assert.equal(ask(denyNear, 'default/a', 'default/near').allowed, false);
  });

  it('are undefined on the host network', () => {
    const deny = policy('deny', 'podSelector: { matchLabels: { app: host } }');
    assert.equal(ask(deny, 'default/a', 'default/host').allowed, 'depends');
    const allowHost = policy(
      'p',
      'podSelector: { matchLabels: { app: b } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: host } } }] }]',
    );
    assert.equal(ask(allowHost, 'default/host', 'default/b').allowed, 'depends');
  });
});
