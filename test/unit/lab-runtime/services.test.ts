import assert from 'node:assert/strict';
import { ServiceTable, type Origin } from '../../../src/lab/runtime/network/services.ts';
import type { ClusterView, KubeObject } from '../../../src/lab/runtime/types.ts';

function object(
  kind: string,
  name: string,
  rest: Record<string, unknown>,
  labels: Record<string, string> = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: 'default', uid: `${kind}-${name}`, labels },
    ...rest,
  };
}

const ports = [
  { name: 'web', port: 80, targetPort: 8080, nodePort: 30_080 },
  { name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' },
];

function table(
  spec: Record<string, unknown>,
  endpoints: Record<string, unknown>[],
  more: Partial<Record<keyof ClusterView, KubeObject[]>> = {},
  facts: { balancer?: string; labels?: Record<string, string>; zones?: Record<string, string> } = {},
): ServiceTable {
  const service = object(
    'Service',
    's',
    {
      spec: { type: 'NodePort', clusterIP: '10.96.1.1', clusterIPs: ['10.96.1.1'], ports, ...spec },
      status: { loadBalancer: { ingress: facts.balancer === undefined ? [] : [{ ip: facts.balancer }] } },
    },
    facts.labels,
  );
  // Two slices, one of them without the service's name: slices belong together by label.
  const slices = endpoints.map((endpoint, index) =>
    object(
      'EndpointSlice',
      `hand-made-${index}`,
      {
        addressType: 'IPv4',
        endpoints: [endpoint],
        ports: [
          { name: 'web', port: 8080 },
          { name: 'dns', port: 53, protocol: 'UDP' },
        ],
      },
      { 'kubernetes.io/service-name': 's' },
    ),
  );
  const node = (name: string, address: string): KubeObject =>
    object(
      'Node',
      name,
      { status: { addresses: [{ type: 'InternalIP', address }] } },
      { 'topology.kubernetes.io/zone': facts.zones?.[name] ?? '' },
    );
  const lists: Record<keyof Required<ClusterView>, KubeObject[]> = {
    pods: [],
    services: [service],
    endpointSlices: slices,
    nodes: [node('node1', '172.18.0.2'), node('node2', '172.18.0.3')],
    networkPolicies: [],
    otherPolicies: [],
    configMaps: [],
    secrets: [],
    namespaces: [],
    ...more,
  };
  return new ServiceTable(
    Object.fromEntries(
      Object.entries(lists).map(([kind, list]) => [kind, () => list]),
    ) as unknown as ClusterView,
  );
}

const from: Origin = { address: '10.244.1.2', node: 'node1', isPod: true };
const ready = (address: string, nodeName = 'node1'): Record<string, unknown> => ({
  addresses: [address],
  conditions: { ready: true },
  nodeName,
});

function route(
  services: ServiceTable,
  address: string,
  port: number,
  options: { protocol?: 'TCP' | 'UDP'; origin?: Origin } = {},
): string {
  const found = services.route({ address, port }, options.protocol ?? 'TCP', options.origin ?? from);
  if (found === undefined) return 'none';
  return found.kind === 'endpoint' ? `${found.to.address}:${found.to.port}` : found.kind;
}

describe('lab services', () => {
  it('lead from cluster IPs and node ports to the port that the slice names', () => {
    const services = table({}, [ready('10.244.1.5')]);
    assert.equal(route(services, '10.96.1.1', 80), '10.244.1.5:8080');
    assert.equal(route(services, '10.96.1.1', 53, { protocol: 'UDP' }), '10.244.1.5:53');
    assert.equal(route(services, '172.18.0.2', 30_080), '10.244.1.5:8080');
    assert.equal(route(services, '172.18.0.3', 30_080), '10.244.1.5:8080');
    assert.equal(route(services, '172.18.0.2', 30_081), 'none');
    assert.equal(route(services, '10.244.1.5', 8080), 'none');
  });

  it('reject other ports and protocols, and drop cluster IPs that nobody has', () => {
    const services = table({}, [ready('10.244.1.5')]);
    assert.equal(route(services, '10.96.1.1', 81), 'rejected');
    assert.equal(route(services, '10.96.1.1', 53), 'rejected');
    assert.equal(route(services, '10.96.1.2', 80), 'dropped');
    assert.equal(route(table({}, []), '10.96.1.1', 80), 'rejected');
  });

  it('answer at external IPs and load balancer addresses as well', () => {
    const services = table({ externalIPs: ['198.51.100.1'] }, [ready('10.244.1.5')]);
    assert.equal(route(services, '198.51.100.1', 80), '10.244.1.5:8080');
  });

  it('spread over all ready endpoints of all slices, and stick to one for each client where asked', () => {
    const endpoints = ['10.244.1.5', '10.244.1.6', '10.244.2.7'].map((address) => ready(address));
    const hits = (services: ServiceTable): Set<string> =>
      new Set(Array.from({ length: 200 }, () => route(services, '10.96.1.1', 80)));
    assert.equal(hits(table({}, endpoints)).size, 3);
    assert.equal(hits(table({ sessionAffinity: 'ClientIP' }, endpoints)).size, 1);
  });

  it('leave out endpoints that are not ready, unless all others have gone', () => {
    const unready = { addresses: ['10.244.1.6'], conditions: { ready: false } };
    const terminating = {
      addresses: ['10.244.1.7'],
      conditions: { ready: false, serving: true, terminating: true },
    };
    assert.equal(route(table({}, [unready, ready('10.244.1.5')]), '10.96.1.1', 80), '10.244.1.5:8080');
    assert.equal(route(table({}, [unready]), '10.96.1.1', 80), 'rejected');
    assert.equal(route(table({}, [unready, terminating]), '10.96.1.1', 80), '10.244.1.7:8080');
    // Unknown readiness counts as ready.
    assert.equal(route(table({}, [{ addresses: ['10.244.1.8'] }]), '10.96.1.1', 80), '10.244.1.8:8080');
  });

  it('keep traffic on its node where the policy says so, and drop it where there is nobody', () => {
    const endpoints = [ready('10.244.1.5', 'node1'), ready('10.244.2.5', 'node2')];
    const local = table({ internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Local' }, endpoints);
    for (let run = 0; run < 20; run++) {
      assert.equal(route(local, '10.96.1.1', 80), '10.244.1.5:8080');
      assert.equal(route(local, '172.18.0.3', 30_080), '10.244.2.5:8080');
    }
    const elsewhere = table({ internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Local' }, [
      ready('10.244.2.5', 'node2'),
    ]);
    assert.equal(route(elsewhere, '10.96.1.1', 80), 'dropped');
    const outside: Origin = { address: '203.0.113.9', node: undefined, isPod: false };
    assert.equal(route(elsewhere, '172.18.0.2', 30_080, { origin: outside }), 'dropped');
    assert.equal(
      route(elsewhere, '172.18.0.2', 30_080, {
        origin: { address: '10.244.2.9', node: 'node2', isPod: true },
      }),
      'dropped',
    );
    // Of a pod on the asked node kube-proxy knows that it is inside.
    assert.equal(route(elsewhere, '172.18.0.2', 30_080), '10.244.2.5:8080');
  });

  it('are left to another proxy by their label, and admit clients of a load balancer by its ranges', () => {
    const endpoints = [ready('10.244.1.5')];
    const balanced = table(
      { type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24'] },
      endpoints,
      {},
      {
        balancer: '198.51.100.7',
      },
    );
    assert.equal(route(balanced, '198.51.100.7', 80), 'dropped');
    assert.equal(route(balanced, '10.96.1.1', 80), '10.244.1.5:8080');
    const outside: Origin = { address: '192.0.2.9', node: undefined, isPod: false };
    assert.equal(route(balanced, '198.51.100.7', 80, { origin: outside }), '10.244.1.5:8080');
    const others = table(
      {},
      endpoints,
      {},
      { labels: { 'service.kubernetes.io/service-proxy-name': 'mine' } },
    );
    assert.equal(route(others, '10.96.1.1', 80), 'dropped');
  });

  it('keep to the zone that endpoints are hinted to, unless a hint is missing or none is for the zone', () => {
    const zones = { node1: 'a', node2: 'b' };
    const hinted = (address: string, zone: string): Record<string, unknown> => ({
      ...ready(address),
      hints: { forZones: [{ name: zone }] },
    });
    const both = table({}, [hinted('10.244.1.5', 'a'), hinted('10.244.2.5', 'b')], {}, { zones });
    for (let run = 0; run < 20; run++) assert.equal(route(both, '10.96.1.1', 80), '10.244.1.5:8080');
    const far = table({}, [hinted('10.244.2.5', 'b')], {}, { zones });
    assert.equal(route(far, '10.96.1.1', 80), '10.244.2.5:8080');
    const mixed = table({}, [ready('10.244.1.5'), hinted('10.244.2.5', 'b')], {}, { zones });
    const seen = new Set(Array.from({ length: 60 }, () => route(mixed, '10.96.1.1', 80)));
    assert.equal(seen.size, 2);
  });
});
