import assert from 'node:assert/strict';
import { evaluateFlow } from '../../../src/reach/podToPod.ts';
import type { Answer } from '../../../src/reach/reason.ts';
import { party, pod, policy, worldOf } from './build.ts';

const pods =
  pod('web', { ip: '10.0.0.1', ports: '{ name: http, containerPort: 8080 }' }) +
  pod('client', { ip: '10.0.0.2' }) +
  pod('stranger', { ns: 'other', ip: '10.0.0.3' });
const node = `
---
apiVersion: v1
kind: Node
metadata: { name: n1, labels: { zone: a } }
status: { addresses: [{ type: InternalIP, address: 192.168.0.10 }] }`;

function tier(kind: string, name: string, spec: string): string {
  const version = kind === 'ClusterNetworkPolicy' ? 'v1beta1' : 'v1alpha1';
  return `
---
apiVersion: policy.networking.k8s.io/${version}
kind: ${kind}
metadata: { name: ${name} }
spec: { ${spec} }`;
}

function ask(manifests: string, from: string, to = 'default/web', port = 8080): Answer {
  const world = worldOf(pods + node + manifests);
  return evaluateFlow(world, { from: party(world, from), to: party(world, to), port, protocol: 'TCP' });
}

const denyOthers = tier(
  'AdminNetworkPolicy',
  'tenants',
  'priority: 10, subject: { namespaces: {} }, ingress: [{ name: keep-out, action: Deny, from: [{ namespaces: { matchLabels: { kubernetes.io/metadata.name: other } } }] }]',
);
const allowAll = policy('open', 'podSelector: {}, ingress: [{}]');
const denyAll = policy('closed', 'podSelector: {}');

describe('cluster-wide policies', () => {
  it('of the admin tier decide before NetworkPolicies, and say by which rule', () => {
    const answer = ask(denyOthers + allowAll, 'other/stranger');
    assert.equal(answer.allowed, false);
    const denial = answer.because.find(({ effect }) => effect === 'denies');
    assert.ok(denial?.yaml);
    const { yaml, ...reason } = denial;
    assert.deepEqual(reason, {
      effect: 'denies',
      code: 'policy-ingress',
      text: 'adminnetworkpolicy/tenants denies it at spec.ingress[0] ("keep-out").',
      object: 'adminnetworkpolicy/tenants',
      path: 'spec.ingress[0]',
    });
    assert.match(yaml, /before spec\.ingress\[0\]/);
    assert.equal(ask(denyOthers + allowAll, 'default/client').allowed, true);
  });

  it('in the form of an early version are not taken for a selector of all', () => {
    const old = (action: string): string =>
      tier(
        'AdminNetworkPolicy',
        'early',
        `priority: 10, subject: { namespaces: {} }, ingress: [{ name: r, action: ${action}, from: [{ namespaces: { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } } } }] }]`,
      );
    // What is not understood allows nobody, and denies everybody.
    assert.equal(ask(old('Allow') + denyAll, 'default/client').allowed, false);
    assert.equal(ask(old('Deny') + allowAll, 'default/client').allowed, false);
  });

  it('may allow what a NetworkPolicy denies, and pass on what they do not want to decide', () => {
    const rule = (action: string): string =>
      tier(
        'AdminNetworkPolicy',
        'first',
        `priority: 1, subject: { namespaces: {} }, ingress: [{ action: ${action}, from: [{ namespaces: {} }], ports: [{ portNumber: { protocol: TCP, port: 8080 } }] }]`,
      );
    assert.equal(ask(rule('Allow') + denyOthers + denyAll, 'other/stranger').allowed, true);
    assert.equal(
      ask(rule('Allow') + denyOthers + denyAll, 'other/stranger', 'default/web', 8081).allowed,
      false,
    );
    assert.equal(ask(rule('Pass') + denyOthers + allowAll, 'other/stranger').allowed, true);
    assert.equal(ask(rule('Pass') + denyOthers + denyAll, 'default/client').allowed, false);
  });

  it('of the baseline tier decide only about pods that no NetworkPolicy selects', () => {
    const baseline = tier(
      'BaselineAdminNetworkPolicy',
      'default',
      'subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }]',
    );
    assert.equal(ask(baseline, 'default/client').allowed, false);
    assert.equal(ask(baseline + allowAll, 'default/client').allowed, true);
  });

  it('read ports by range and by name on the destination', () => {
    const named = (ports: string): string =>
      tier(
        'AdminNetworkPolicy',
        'ports',
        `priority: 1, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }], ports: [${ports}] }]`,
      );
    assert.equal(ask(named('{ namedPort: http }'), 'default/client').allowed, false);
    assert.equal(ask(named('{ namedPort: http }'), 'default/client', 'default/web', 80).allowed, true);
    const range = named('{ portRange: { protocol: TCP, start: 8000, end: 8100 } }');
    assert.equal(ask(range, 'default/client').allowed, false);
    assert.equal(ask(range, 'default/client', 'default/web', 8101).allowed, true);
  });

  it('mean nodes by their addresses, networks by theirs, and leave domain names open', () => {
    const egress = (peer: string): string =>
      tier(
        'ClusterNetworkPolicy',
        'out',
        `tier: Admin, priority: 1, subject: { namespaces: {} }, egress: [{ action: Deny, to: [${peer}] }]`,
      );
    assert.equal(
      ask(egress('{ nodes: { matchLabels: { zone: a } } }'), 'default/client', '192.168.0.10').allowed,
      false,
    );
    assert.equal(
      ask(egress('{ nodes: { matchLabels: { zone: b } } }'), 'default/client', '192.168.0.10').allowed,
      true,
    );
    assert.equal(ask(egress('{ networks: [0.0.0.0/0] }'), 'default/client').allowed, false);
    assert.equal(ask(egress('{ networks: [192.168.0.0/16] }'), 'default/client').allowed, true);
    const domain = ask(egress('{ domainNames: [example.com] }'), 'default/client', '203.0.113.9');
    assert.equal(domain.allowed, 'depends');
    assert.equal(domain.because[0]?.code, 'admin-policy-unclear');
  });

  it('fail closed where a peer has a form that is not known', () => {
    const unknown = (action: string): string =>
      tier(
        'ClusterNetworkPolicy',
        'later',
        `tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: [{ action: ${action}, from: [{ moons: {} }], protocols: [{ tcp: { destinationPort: { number: 1 } } }] }]`,
      );
    assert.equal(ask(unknown('Pass'), 'default/client').allowed, false);
    assert.equal(ask(unknown('Accept') + denyAll, 'default/client').allowed, false);
    assert.equal(ask(unknown('Accept'), 'default/client').allowed, true);
  });

  it('are not those of other vendors that have the same kind', () => {
    const world = worldOf(`${pods}
---
apiVersion: crd.antrea.io/v1beta1
kind: ClusterNetworkPolicy
metadata: { name: antreas }`);
    assert.deepEqual(world.notEvaluated, ['clusternetworkpolicy/antreas']);
  });
});
