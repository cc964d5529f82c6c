import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readers } from '../../../src/model/readObject.ts';
import { parseRef } from '../../../src/model/refs.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';
import { targetUrl } from '../../../src/probe/address.ts';
import { planTargets, type PlanOptions } from '../../../src/probe/plan.ts';
import { refWord } from '../../../src/probe/refWord.ts';
import { aPod, aService, aSlice } from '../model/build.ts';

const node = (name: string, ip: string, external?: string) =>
  readers.Node({
    metadata: { name },
    status: {
      addresses: [
        { type: 'InternalIP', address: ip },
        ...(external === undefined ? [] : [{ type: 'ExternalIP', address: external }]),
      ],
    },
  });
const snapshot = Snapshot.of([
  node('n1', '172.30.0.1', '203.0.113.1'),
  node('n2', '172.30.0.2'),
  aPod({ name: 'here', ip: '10.0.0.1', spec: { nodeName: 'n1' } }),
  aPod({ name: 'elsewhere', namespace: 'other', ip: '10.0.0.9', spec: { nodeName: 'n1' } }),
  aPod({ name: 'web-0', ip: '10.0.0.2', spec: { nodeName: 'n1', hostname: 'web-0', subdomain: 'headless' } }),
  aPod({ name: 'web-1', ip: '10.0.0.3', spec: { nodeName: 'n2', hostname: 'web-1', subdomain: 'headless' } }),
  aService({
    name: 'web',
    spec: {
      type: 'LoadBalancer',
      clusterIP: '10.96.0.1',
      clusterIPs: ['10.96.0.1'],
      ports: [
        { name: 'http', port: 80, targetPort: 8080, nodePort: 30080 },
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53, nodePort: 30053 },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: '198.51.100.7' }, { hostname: 'lb.example.com' }] } },
  }),
  aSlice({
    name: 'web-a',
    service: 'web',
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: [
      { addresses: ['10.0.0.2'], targetRef: { kind: 'Pod', namespace: 'default', name: 'web-0' } },
      {
        addresses: ['10.0.0.3'],
        conditions: { ready: false },
        targetRef: { kind: 'Pod', namespace: 'default', name: 'web-1' },
      },
      { addresses: ['192.0.2.1'] },
    ],
  }),
  aService({ name: 'headless', spec: { clusterIP: 'None', ports: [{ port: 8080 }] } }),
  aSlice({
    name: 'headless-a',
    service: 'headless',
    ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    endpoints: [
      { addresses: ['10.0.0.2'], targetRef: { kind: 'Pod', namespace: 'default', name: 'web-0' } },
      { addresses: ['10.0.0.3'], targetRef: { kind: 'Pod', namespace: 'default', name: 'web-1' } },
    ],
  }),
  aService({
    name: 'plain',
    spec: { clusterIP: '10.96.0.2', clusterIPs: ['10.96.0.2'], ports: [{ port: 80 }] },
  }),
]);
const from = { namespace: 'default', pod: 'here', container: 'main' };

function plan(word: string, options: PlanOptions = {}) {
  const { targets, notes } = planTargets(parseRef(refWord(word)), snapshot, options);
  return {
    asked: targets.map((target) => [target.ref, targetUrl(target)]),
    ways: targets.map(({ way }) => way?.is),
    notes: notes.map(({ id }) => id),
  };
}

describe('A service', () => {
  it('is asked by its names, short from its own namespace', () => {
    const url = (options: PlanOptions) => plan('svc/default/web', options).asked[0]?.[1];
    assert.equal(url({ from, serviceBy: 'short' }), 'http://web:80/');
    assert.equal(
      url({ from: { namespace: 'other', pod: 'elsewhere', container: 'main' }, serviceBy: 'short' }),
      'http://web.default:80/',
    );
    assert.equal(url({ from, serviceBy: 'name' }), 'http://web.default.svc:80/');
    assert.equal(url({ from, serviceBy: 'full' }), 'http://web.default.svc.cluster.local:80/');
    assert.equal(
      url({ from, serviceBy: 'full', clusterDomain: 'corp.example' }),
      'http://web.default.svc.corp.example:80/',
    );
  });

  it('is asked endpoint by endpoint, past the service, with the way to each', () => {
    const { asked, ways, notes } = plan('svc/default/web', { from, serviceBy: 'endpoints' });
    assert.deepEqual(asked, [
      ['pod/default/web-0:8080', 'http://10.0.0.2:8080/'],
      ['pod/default/web-1:8080', 'http://10.0.0.3:8080/'],
      ['tcp://192.0.2.1:8080', 'http://192.0.2.1:8080/'],
    ]);
    assert.deepEqual(ways, ['same-node', 'across-nodes', undefined]);
    assert.deepEqual(notes, ['endpoint-not-ready']);
    assert.throws(() => plan('svc/default/plain', { from, serviceBy: 'endpoints' }), /has no endpoint/);
  });

  it('is asked by the names of its pods where it is headless', () => {
    const { asked } = plan('svc/default/headless', { from, serviceBy: 'pod-names' });
    assert.deepEqual(
      asked.map(([, url]) => url),
      [
        'http://web-0.headless.default.svc.cluster.local:8080/',
        'http://web-1.headless.default.svc.cluster.local:8080/',
      ],
    );
    assert.throws(() => plan('svc/default/web', { from, serviceBy: 'pod-names' }), /has a name of its own/);
  });

  it('is asked on its node port: inside by internal addresses, outside by external ones where there are', () => {
    const urls = (options: PlanOptions) =>
      plan('svc/default/web', { ...options, serviceBy: 'node-port' }).asked.map(([, url]) => url);
    assert.deepEqual(urls({ from }), ['http://172.30.0.1:30080/', 'http://172.30.0.2:30080/']);
    assert.deepEqual(urls({}), ['http://203.0.113.1:30080/', 'http://172.30.0.2:30080/']);
    assert.deepEqual(urls({ from, protocol: 'UDP' }), ['udp://172.30.0.1:30053', 'udp://172.30.0.2:30053']);
    assert.throws(() => plan('svc/default/plain', { from, serviceBy: 'node-port' }), /has no node port/);
  });

  it('is asked by its load balancer', () => {
    const { asked } = plan('svc/default/web', { serviceBy: 'load-balancer' });
    assert.deepEqual(
      asked.map(([, url]) => url),
      ['http://198.51.100.7:80/', 'http://lb.example.com:80/'],
    );
    assert.throws(() => plan('svc/default/plain', { serviceBy: 'load-balancer' }), /is of type ClusterIP/);
  });

  it('is asked over UDP where that is wanted, and says which ports are left out', () => {
    const { asked, notes } = plan('svc/default/web', { from, protocol: 'UDP' });
    assert.deepEqual(asked, [['svc/default/web:53', 'udp://10.96.0.1:53']]);
    assert.deepEqual(notes, ['not-tcp']);
  });
});

describe('A name alone', () => {
  it('is a question of its own', () => {
    assert.deepEqual(plan('dns:web.default').asked, [['dns:web.default', 'dns:web.default']]);
    assert.throws(() => plan('dns:-x'), /no host name|names nothing/);
  });
});
