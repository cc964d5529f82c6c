import assert from 'node:assert/strict';
import { policiesAllow, type Packet } from '../../../src/lab/runtime/network/policy.ts';
import type { Pod } from '../../../src/lab/runtime/kube.ts';
import type { KubeObject } from '../../../src/lab/runtime/types.ts';
import { World } from './world.ts';

function pod(name: string, labels: Record<string, string>, namespace = 'default'): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid: name, labels },
    spec: { containers: [{ name: 'c', ports: [{ name: 'web', containerPort: 8080 }] }] },
  };
}

function policy(spec: Record<string, unknown>, namespace = 'default'): KubeObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace, uid: 'p' },
    spec,
  };
}

const web = pod('web', { app: 'web' });
const client = pod('client', { app: 'client' });
const foreign = pod('foreign', { app: 'client' }, 'other');

function allows(
  policies: KubeObject[],
  from: Pod | string,
  to: Pod | string,
  port = 80,
  protocol: Packet['protocol'] = 'TCP',
): boolean {
  const party = (side: Pod | string, address: string): Packet['from'] =>
    typeof side === 'string' ? { address: side } : { address, pod: side };
  return policiesAllow(
    {
      policies: () => policies,
      labelsOfNamespace: (name) => ({
        'kubernetes.io/metadata.name': name,
        team: name === 'other' ? 'b' : 'a',
      }),
    },
    { from: party(from, '10.244.1.2'), to: party(to, '10.244.1.3'), port, protocol },
  );
}

describe('lab network policies', () => {
  it('let everything through where none selects', () => {
    assert.equal(allows([], client, web), true);
    assert.equal(allows([policy({ podSelector: { matchLabels: { app: 'x' } } })], client, web), true);
    assert.equal(allows([policy({ podSelector: {} }, 'other')], client, web), true);
  });

  it('isolate what they select, per direction', () => {
    const deny = policy({ podSelector: {}, policyTypes: ['Ingress'] });
    assert.equal(allows([deny], client, web), false);
    assert.equal(allows([deny], client, '10.0.0.1'), true);
    const egress = policy({ podSelector: {}, policyTypes: ['Egress'] });
    assert.equal(allows([egress], client, foreign), false);
    assert.equal(allows([egress], foreign, web), true);
    // Without policyTypes, rules for egress mean both.
    assert.equal(allows([policy({ podSelector: {}, egress: [{}] })], client, web), false);
    assert.equal(allows([policy({ podSelector: {}, egress: [{}], ingress: [{}] })], client, web), true);
  });

  it('add up: what one rule of one policy lists is allowed', () => {
    const deny = policy({ podSelector: {}, policyTypes: ['Ingress'] });
    const allow = policy({
      podSelector: { matchLabels: { app: 'web' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'client' } } }] }],
    });
    assert.equal(allows([deny, allow], client, web), true);
    assert.equal(allows([deny, allow], web, client), false);
  });

  it('select peers by pod and namespace together or apart', () => {
    const rule = (peers: unknown[]): KubeObject[] => [
      policy({ podSelector: {}, ingress: [{ from: peers }] }),
    ];
    const pods = { podSelector: { matchLabels: { app: 'client' } } };
    const team = { namespaceSelector: { matchLabels: { team: 'b' } } };
    assert.equal(allows(rule([pods]), foreign, web), false);
    assert.equal(allows(rule([team]), foreign, web), true);
    assert.equal(allows(rule([{ ...pods, ...team }]), foreign, web), true);
    assert.equal(allows(rule([{ ...pods, ...team }]), client, web), false);
    assert.equal(allows(rule([pods, team]), client, web), true);
    const expressions = {
      podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['client'] }] },
    };
    assert.equal(allows(rule([expressions]), client, web), false);
    assert.equal(allows(rule([expressions]), web, web), true);
  });

  it('select addresses with their exceptions', () => {
    const block = { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } };
    const policies = [policy({ podSelector: {}, ingress: [{ from: [block] }] })];
    assert.equal(allows(policies, '10.2.0.1', web), true);
    assert.equal(allows(policies, '10.1.0.1', web), false);
    assert.equal(allows(policies, '192.168.0.1', web), false);
  });

  it('select ports by number, range, name and protocol', () => {
    const on = (ports: unknown[]): KubeObject[] => [policy({ podSelector: {}, ingress: [{ ports }] })];
    assert.equal(allows(on([{ port: 80 }]), client, web), true);
    assert.equal(allows(on([{ port: 81 }]), client, web), false);
    assert.equal(allows(on([{ port: 70, endPort: 90 }]), client, web), true);
    assert.equal(allows(on([{ port: 'web' }]), client, web, 8080), true);
    assert.equal(allows(on([{ port: 'web' }]), client, web, 80), false);
    assert.equal(allows(on([{ port: 80, protocol: 'UDP' }]), client, web), false);
    assert.equal(allows(on([{ protocol: 'UDP' }]), client, web, 53, 'UDP'), true);
  });

  describe('in the lab', () => {
    const world = new World();
    let server: KubeObject;
    let friend: KubeObject;
    let stranger: KubeObject;
    before(async () => {
      server = world.pod(
        'server',
        {
          containers: [
            { name: 'c', image: 'nginx', readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } },
          ],
        },
        { labels: { app: 'server' } },
      );
      friend = world.pod(
        'friend',
        { containers: [{ name: 'c', image: 'curlimages/curl', command: ['sleep', '1000'] }] },
        { labels: { app: 'friend' } },
      );
      stranger = world.pod('stranger', {
        nodeName: 'node2',
        containers: [{ name: 'c', image: 'curlimages/curl', command: ['sleep', '1000'] }],
      });
      await world.dns();
      world.service('server', { ip: '10.96.4.5', port: 80, pods: [server] });
      for (const name of ['server', 'friend', 'stranger']) await world.ready(name);
    });
    after(() => world.dispose());
    const ask = async (from: KubeObject): Promise<string | number> =>
      (await world.run(from, ['curl', '-s', '-o', '/dev/null', '--connect-timeout', '1', 'server'])).exit;

    it("drop what is not allowed, and the kubelet's probes pass", async () => {
      assert.deepEqual([await ask(friend), await ask(stranger)], [0, 0]);
      world.objects.networkPolicies.push(
        policy({
          podSelector: { matchLabels: { app: 'server' } },
          policyTypes: ['Ingress'],
          ingress: [{ from: [{ podSelector: { matchLabels: { app: 'friend' } } }] }],
        }),
      );
      assert.deepEqual([await ask(friend), await ask(stranger)], [0, 28]);
      assert.equal(world.states.findLast(({ pod: name }) => name === 'server')?.state.ready, true);
    });

    it('stop names from being found when egress to the DNS is forgotten', async () => {
      world.objects.networkPolicies.length = 0;
      world.objects.networkPolicies.push(
        policy({
          podSelector: { matchLabels: { app: 'friend' } },
          policyTypes: ['Egress'],
          egress: [{ to: [{ podSelector: { matchLabels: { app: 'server' } } }] }],
        }),
      );
      const { exit, stderr } = await world.run(friend, ['curl', '-sS', '--connect-timeout', '1', 'server']);
      assert.equal(exit, 28);
      assert.match(stderr, /^curl: \(28\) Resolving timed out after 1\d{3} milliseconds\n/);
      const byAddress = await world.run(friend, ['curl', '-s', '-o', '/dev/null', '10.96.4.5']);
      assert.equal(byAddress.exit, 0);
      assert.equal(await ask(stranger), 0);
    });
  });
});
