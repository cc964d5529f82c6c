import assert from 'node:assert/strict';
import { readers } from '../../../src/model/readObject.ts';
import { Snapshot } from '../../../src/model/snapshot.ts';
import { searchNames } from '../../../src/reach/dns.ts';
import { answerQuery } from '../../../src/reach/query.ts';
import type { Answer } from '../../../src/reach/reason.ts';
import type { World } from '../../../src/reach/world.ts';
import { pod, policy, worldOf } from './build.ts';

const node = (name: string, ip: string, zone: string): string => `
---
apiVersion: v1
kind: Node
metadata: { name: ${name}, labels: { topology.kubernetes.io/zone: ${zone} } }
status: { addresses: [{ type: InternalIP, address: ${ip} }] }`;
const nodes = node('n1', '192.168.0.1', 'a') + node('n2', '192.168.0.2', 'b');
const service = (name: string, spec: string, extra = ''): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}${extra} }
spec: { ${spec} }`;
const web =
  pod('web', { ip: '10.0.0.1', spec: 'nodeName: n1', ports: '{ name: http, containerPort: 8080 }' }) +
  pod('client', { ip: '10.0.0.2', spec: 'nodeName: n2' }) +
  pod('far', { ns: 'other', ip: '10.0.0.3', spec: 'nodeName: n2' });
const ports = 'selector: { app: web }, ports: [{ port: 80, targetPort: http, nodePort: 30080 }]';

function ask(manifests: string, from: string, to: string, port?: number): Answer {
  return answerQuery(worldOf(nodes + web + manifests), { from, to, ...(port !== undefined && { port }) });
}
const codes = ({ because }: Answer): string[] => because.map(({ code }) => code);

describe('a name', () => {
  it('is searched for as a pod does', () => {
    assert.deepEqual(searchNames('web', 'shop'), [
      'web.shop.svc.cluster.local',
      'web.svc.cluster.local',
      'web.cluster.local',
      'web',
    ]);
    assert.deepEqual(searchNames('web.shop.svc.cluster.local.', 'x'), ['web.shop.svc.cluster.local']);
    assert.equal(searchNames('a.b.c.d.e.f', 'x')[0], 'a.b.c.d.e.f');
  });

  it('of a Service leads to it from its own namespace, and with the namespace from others', () => {
    const manifests = service('s', ports);
    const near = ask(manifests, 'pod/default/client', 'http://s');
    assert.equal(near.allowed, true);
    assert.ok(codes(near).includes('dns'));
    assert.equal(ask(manifests, 'pod/other/far', 'http://s.default').allowed, true);
    assert.equal(ask(manifests, 'pod/other/far', 'http://s.default.svc.cluster.local.').allowed, true);
    const short = ask(manifests, 'pod/other/far', 'http://s');
    assert.equal(short.allowed, false);
    assert.equal(short.because[0]?.code, 'dns-search');
    assert.match(short.because[0].text, /s\.other\.svc\.cluster\.local/);
  });

  it('is not asked of the cluster by a pod on the node network with the usual policy', () => {
    const host = pod('host', { spec: 'hostNetwork: true' });
    const answer = ask(host + service('s', ports), 'pod/default/host', 'http://s');
    assert.deepEqual([answer.allowed, codes(answer)], [false, ['dns-policy']]);
    const well = pod('host', { spec: 'hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet' });
    assert.equal(ask(well + service('s', ports), 'pod/default/host', 'http://s').allowed, true);
  });

  it('of a pod behind a headless Service leads to that pod', () => {
    const db = pod('db-0', { spec: 'hostname: db-0, subdomain: db', ip: '10.0.0.9' });
    const headless = service('db', 'clusterIP: None, selector: { app: db-0 }, ports: [{ port: 5432 }]');
    const closed = policy('p', 'podSelector: { matchLabels: { app: db-0 } }');
    const url = 'tcp://db-0.db.default.svc.cluster.local:5432';
    assert.equal(ask(db + headless, 'pod/default/client', url).allowed, true);
    assert.equal(ask(db + headless + closed, 'pod/default/client', url).allowed, false);
    assert.equal(ask(db + headless, 'pod/default/client', 'tcp://db-0.db:5432').allowed, true);
  });

  it('outside of the cluster is not known', () => {
    assert.equal(ask('', 'pod/default/client', 'https://example.com').allowed, 'depends');
    assert.throws(() => ask('', 'pod/default/client', 'http://nobody'), /not among the objects/);
  });

  it('that stands for a Service of the cluster is followed', () => {
    const alias = service('alias', 'type: ExternalName, externalName: s.default.svc.cluster.local');
    const answer = ask(service('s', ports) + alias, 'pod/default/client', 'svc/default/alias', 80);
    assert.equal(answer.allowed, true);
    assert.ok(codes(answer).includes('external-name'));
    const circle = service('alias', 'type: ExternalName, externalName: alias.default.svc.cluster.local');
    assert.equal(ask(circle, 'pod/default/client', 'svc/default/alias', 80).allowed, 'depends');
  });
});

describe('a Service from outside', () => {
  it('is reached by a node port, on any node or only where its pods are', () => {
    const open = service('s', `type: NodePort, ${ports}`);
    const local = service('s', `type: NodePort, externalTrafficPolicy: Local, ${ports}`);
    assert.equal(ask(open, '203.0.113.9', 'node/n2', 30080).allowed, true);
    assert.equal(ask(local, '203.0.113.9', 'node/n1', 30080).allowed, true);
    const none = ask(local, '203.0.113.9', 'node/n2', 30080);
    assert.deepEqual([none.allowed, none.because[0]?.code], [false, 'external-traffic-local']);
    assert.equal(ask(open, '203.0.113.9', '192.168.0.2', 30080).allowed, true);
    assert.equal(ask(open, '203.0.113.9', 'svc/default/s', 30080).allowed, true);
    assert.equal(ask(open, '203.0.113.9', 'svc/default/s', 80).allowed, true);
  });

  it('depends where a policy names the client, whose address a node may hide', () => {
    const only = policy('p', 'podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }]');
    const hidden = ask(service('s', `type: NodePort, ${ports}`) + only, '203.0.113.9', 'node/n1', 30080);
    assert.deepEqual([hidden.allowed, hidden.because[0]?.code], ['depends', 'source-translated']);
    const kept = service('s', `type: NodePort, externalTrafficPolicy: Local, ${ports}`);
    assert.equal(ask(kept + only, '203.0.113.9', 'node/n1', 30080).allowed, true);
  });

  it('keeps to the source ranges of its load balancer', () => {
    const balanced = `${service('s', `type: LoadBalancer, loadBalancerSourceRanges: [198.51.100.0/24], ${ports}`)}
status: { loadBalancer: { ingress: [{ ip: 198.18.0.1 }] } }`;
    assert.equal(ask(balanced, '203.0.113.9', '198.18.0.1', 80).because[0]?.code, 'load-balancer-sources');
    assert.equal(ask(balanced, '198.51.100.7', '198.18.0.1', 80).allowed, true);
  });
});

describe('a Service', () => {
  it('says how its port becomes one of its pods', () => {
    const { because } = ask(service('s', ports), 'pod/default/client', 'svc/default/s', 80);
    assert.deepEqual(
      because.find(({ code }) => code === 'service-endpoints'),
      {
        effect: 'allows',
        code: 'service-endpoints',
        text: 'Port 80/TCP of svc/default/s leads to port "http", 8080 of web.',
        object: 'svc/default/s',
        path: 'spec.ports[0]',
      },
    );
  });

  it('of a family that the source does not have is out of reach', () => {
    const six = service('s', `clusterIP: fd00::1, ${ports}`);
    const answer = ask(six, 'pod/default/client', 'svc/default/s', 80);
    assert.deepEqual([answer.allowed, codes(answer)], [false, ['ip-family']]);
    assert.equal(
      ask(pod('v6', { ip: 'fd00::9' }), 'pod/default/client', 'pod/default/v6', 80).because[0]?.code,
      'ip-family',
    );
  });

  it('that another proxy serves depends on it, and one with affinity says so', () => {
    const other = service('s', ports, ', labels: { service.kubernetes.io/service-proxy-name: mesh }');
    assert.equal(ask(other, 'pod/default/client', 'svc/default/s', 80).allowed, 'depends');
    const second = pod('web2', { labels: 'app: web', ports: '{ name: http, containerPort: 8080 }' });
    const sticky = ask(
      second + service('s', `sessionAffinity: ClientIP, ${ports}`),
      'pod/default/client',
      'svc/default/s',
      80,
    );
    assert.ok(codes(sticky).includes('session-affinity'));
  });

  it('keeps clients to the endpoints hinted for their zone', () => {
    const endpoint = (name: string, zone: string): object => ({
      addresses: [name === 'web' ? '10.0.0.1' : '10.0.0.7'],
      conditions: { ready: true },
      targetRef: { kind: 'Pod', namespace: 'default', name },
      hints: { forZones: [{ name: zone }] },
    });
    const files = worldOf(
      nodes + web + pod('web2', { labels: 'app: web', ip: '10.0.0.7' }) + service('s', ports),
    );
    const slice = readers.EndpointSlice({
      metadata: { name: 's-1', namespace: 'default', labels: { 'kubernetes.io/service-name': 's' } },
      addressType: 'IPv4',
      ports: [{ name: '', port: 8080, protocol: 'TCP' }],
      endpoints: [endpoint('web', 'a'), endpoint('web2', 'b')],
    });
    const closed = readers.NetworkPolicy({
      metadata: { name: 'p', namespace: 'default' },
      spec: { podSelector: { matchLabels: { app: 'web' } }, ingress: [] },
    });
    const { snapshot } = files.snapshot.with([
      { type: 'put', object: slice },
      { type: 'put', object: closed },
    ]);
    assert.ok(snapshot instanceof Snapshot);
    const world: World = { snapshot, running: true };
    const answer = answerQuery(world, { from: 'pod/default/client', to: 'svc/default/s', port: 80 });
    assert.match(answer.because.find(({ code }) => code === 'service-endpoints')?.text ?? '', /of web2\.$/);
    assert.ok(codes(answer).includes('topology'));
  });
});
