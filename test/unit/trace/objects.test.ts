import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { isRecord } from '../../../src/model/json.ts';
import { worldOfObjects } from '../../../src/reach/worldOfObjects.ts';
import type { World } from '../../../src/reach/world.ts';
import { lookAt } from '../../../src/trace/look.ts';
import { resolveQuestion } from '../../../src/trace/question.ts';
import { explain } from '../../../src/trace/trace.ts';
import type { Trace } from '../../../src/trace/types.ts';

/** A running cluster that holds what the text says, as an API server would have it. */
function cluster(yaml: string): World {
  const objects = parseAllDocuments(yaml).map((document) => document.toJS() as unknown);
  return { ...worldOfObjects(objects.filter(isRecord)), running: true };
}

function pod(
  name: string,
  options: { ns?: string; labels?: string; spec?: string; status?: string; ports?: string } = {},
): string {
  const {
    ns = 'default',
    labels = `app: ${name}`,
    spec = 'nodeName: node1',
    ports = '{ containerPort: 80 }',
  } = options;
  const running =
    'phase: Running, podIP: 10.0.0.1, conditions: [{ type: Ready, status: "True" }], containerStatuses: [{ name: main, ready: true, state: { running: {} } }]';
  return `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${ns}, labels: { ${labels} } }
spec: { ${spec}, containers: [{ name: main, image: nginx, ports: [${ports}] }] }
status: { ${options.status ?? running} }`;
}

function service(spec: string, extra: { ns?: string; status?: string; labels?: string } = {}): string {
  return `
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: ${extra.ns ?? 'default'}, labels: { ${extra.labels ?? ''} } }
spec: { ${spec} }
status: { ${extra.status ?? ''} }`;
}

function slice(
  endpoints: string,
  ports = '{ name: "", port: 80, protocol: TCP }',
  svc = 'web',
  ns = 'default',
): string {
  return `
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${svc}-x1, namespace: ${ns}, labels: { kubernetes.io/service-name: ${svc} } }
addressType: IPv4
endpoints: [${endpoints}]
ports: [${ports}]`;
}

const toB =
  '{ addresses: [10.0.0.2], conditions: { ready: true }, nodeName: node2, targetRef: { kind: Pod, name: b, namespace: default } }';
const node = (name: string, ready = 'True'): string => `
---
apiVersion: v1
kind: Node
metadata: { name: ${name} }
status: { addresses: [{ type: InternalIP, address: 172.30.0.${name.slice(-1)} }], conditions: [{ type: Ready, status: "${ready}" }] }`;
const nodes = node('node1') + node('node2');
const two = pod('a') + pod('b', { spec: 'nodeName: node2' }) + nodes;
const plain = service('clusterIP: 10.96.0.7, selector: { app: b }, ports: [{ port: 80 }]');

function trace(yaml: string, to = 'svc/default/web:80', from = 'pod/default/a'): Trace {
  const world = cluster(yaml);
  return explain(lookAt(world, resolveQuestion(world, from, to)));
}

function policy(spec: string, ns = 'default'): string {
  return `\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p, namespace: ${ns} }\nspec: { ${spec} }`;
}

const dns = `
---
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system, labels: { k8s-app: kube-dns } }
spec: { clusterIP: 10.96.0.10, selector: { k8s-app: kube-dns }, ports: [{ port: 53, protocol: UDP }] }`;
const dnsPod = pod('coredns', { ns: 'kube-system', labels: 'k8s-app: kube-dns' });

describe('a trace from objects alone', () => {
  it('finds nothing wrong where nothing is', () => {
    const answer = trace(two + plain + slice(toB));
    assert.equal(answer.cause, null);
    assert.equal(answer.verdict, 'reachable');
    assert.deepEqual(
      answer.hops.map(({ hop }) => hop),
      ['source', 'dns', 'service', 'endpoints', 'port', 'policy', 'node', 'target', 'application'],
    );
    assert.ok(answer.notSeen.some((line) => line.includes('no probe was made')));
  });

  const scenarios: readonly {
    cause: string;
    yaml: string;
    to?: string;
    from?: string;
    verdict?: Trace['verdict'];
  }[] = [
    { cause: 'service-not-found', yaml: two, to: 'svc/default/web:80' },
    {
      cause: 'service-not-found',
      yaml: two + service('ports: [{ port: 80 }]', { ns: 'shop' }),
      to: 'svc/default/web:80',
    },
    {
      cause: 'dns-search',
      yaml: two + service('selector: { app: b }, ports: [{ port: 80 }]', { ns: 'shop' }),
      to: 'http://web/',
    },
    {
      cause: 'selector-matches-nothing',
      yaml: two + service('selector: { app: bee }, ports: [{ port: 80 }]'),
    },
    {
      cause: 'endpoints-not-ready',
      yaml:
        pod('a') +
        pod('b', {
          status:
            'phase: Running, podIP: 10.0.0.2, conditions: [{ type: Ready, status: "False" }], containerStatuses: [{ name: main, ready: false, state: { running: {} } }]',
        }) +
        plain +
        slice('{ addresses: [10.0.0.2], conditions: { ready: false, serving: false } }'),
    },
    {
      cause: 'readiness-gate-unmet',
      yaml:
        pod('a') +
        pod('b', {
          spec: 'nodeName: node2, readinessGates: [{ conditionType: example.com/lb }]',
          status:
            'phase: Running, podIP: 10.0.0.2, conditions: [{ type: Ready, status: "False" }], containerStatuses: [{ name: main, ready: true, state: { running: {} } }]',
        }) +
        plain +
        slice('{ addresses: [10.0.0.2], conditions: { ready: false } }'),
    },
    {
      cause: 'pod-not-running',
      yaml:
        pod('a') +
        pod('b', {
          status:
            'phase: Running, containerStatuses: [{ name: main, ready: false, restartCount: 4, state: { waiting: { reason: CrashLoopBackOff, message: back-off } } }]',
        }) +
        plain +
        slice('{ addresses: [10.0.0.2], conditions: { ready: false } }'),
    },
    {
      cause: 'pod-not-running',
      yaml: pod('a', { status: 'phase: Pending' }) + pod('b') + plain + slice(toB),
    },
    {
      cause: 'endpoints-terminating',
      yaml:
        two +
        plain +
        slice('{ addresses: [10.0.0.2], conditions: { ready: false, serving: false, terminating: true } }'),
    },
    {
      cause: 'named-port-missing',
      yaml:
        two +
        service('clusterIP: 10.96.0.7, selector: { app: b }, ports: [{ port: 80, targetPort: admin }]') +
        slice(toB, ''),
    },
    { cause: 'wrong-service-port', yaml: two + plain + slice(toB), to: 'svc/default/web:81' },
    {
      cause: 'protocol-mismatch',
      yaml: two + service('selector: { app: b }, ports: [{ port: 80, protocol: UDP }]'),
    },
    {
      cause: 'headless-port-not-mapped',
      yaml:
        two +
        service('clusterIP: None, selector: { app: b }, ports: [{ port: 80, targetPort: 8080 }]') +
        slice(toB),
    },
    { cause: 'manual-endpoints-stale', yaml: two + service('clusterIP: 10.96.0.7, ports: [{ port: 80 }]') },
    {
      cause: 'manual-endpoints-stale',
      yaml:
        two +
        service('clusterIP: 10.96.0.7, ports: [{ port: 80 }]') +
        slice('{ addresses: [10.9.9.9], conditions: { ready: true } }'),
      verdict: 'inconclusive',
    },
    { cause: 'dns-down', yaml: two + plain + slice(toB) + dns },
    {
      cause: 'dns-blocked',
      yaml:
        two +
        plain +
        slice(toB) +
        dns +
        dnsPod +
        slice(
          '{ addresses: [10.0.0.53], conditions: { ready: true } }',
          '{ port: 53, protocol: UDP }',
          'kube-dns',
          'kube-system',
        ) +
        policy(
          'podSelector: { matchLabels: { app: a } }, egress: [{ to: [{ podSelector: {} }] }], policyTypes: [Egress]',
        ),
    },
    {
      cause: 'dns-policy',
      yaml: pod('a', { spec: 'hostNetwork: true, nodeName: node1' }) + pod('b') + nodes + plain + slice(toB),
    },
    {
      cause: 'policy-ingress',
      yaml: two + plain + slice(toB) + policy('podSelector: { matchLabels: { app: b } }'),
    },
    {
      cause: 'policy-egress',
      yaml:
        two + plain + slice(toB) + policy('podSelector: { matchLabels: { app: a } }, policyTypes: [Egress]'),
      to: 'http://10.96.0.7/',
    },
    {
      cause: 'policy-service-port',
      yaml:
        two +
        service('clusterIP: 10.96.0.7, selector: { app: b }, ports: [{ port: 80, targetPort: 8080 }]') +
        slice(toB, '{ port: 8080, protocol: TCP }') +
        policy('podSelector: { matchLabels: { app: b } }, ingress: [{ ports: [{ port: 80 }] }]'),
    },
    {
      cause: 'policy-peer-shape',
      yaml:
        pod('c', { ns: 'shop' }) +
        two +
        plain +
        slice(toB) +
        policy(
          'podSelector: { matchLabels: { app: b } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: c } } }] }]',
        ),
      from: 'pod/shop/c',
    },
    {
      cause: 'policy-ipblock',
      yaml:
        two +
        plain +
        slice(toB) +
        policy(
          'podSelector: { matchLabels: { app: b } }, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]',
        ),
      verdict: 'inconclusive',
    },
    {
      cause: 'internal-traffic-local',
      yaml:
        two +
        service(
          'clusterIP: 10.96.0.7, internalTrafficPolicy: Local, selector: { app: b }, ports: [{ port: 80 }]',
        ) +
        slice(toB),
    },
    {
      cause: 'external-traffic-local',
      yaml:
        two +
        service(
          'type: NodePort, externalTrafficPolicy: Local, clusterIP: 10.96.0.7, selector: { app: b }, ports: [{ port: 80, nodePort: 30080 }]',
        ) +
        slice(toB),
      from: 'pod/default/b',
      to: 'node/node1:30080',
    },
    {
      cause: 'load-balancer-pending',
      yaml:
        two +
        service('type: LoadBalancer, clusterIP: 10.96.0.7, selector: { app: b }, ports: [{ port: 80 }]') +
        slice(toB),
      from: 'outside',
    },
    {
      cause: 'node-not-ready',
      yaml:
        pod('a') +
        pod('b', { spec: 'nodeName: node2' }) +
        node('node1') +
        node('node2', 'Unknown') +
        plain +
        slice(toB),
    },
    {
      cause: 'other-proxy',
      yaml:
        two +
        service('clusterIP: 10.96.0.7, selector: { app: b }, ports: [{ port: 80 }]', {
          labels: 'service.kubernetes.io/service-proxy-name: other',
        }) +
        slice(toB),
      verdict: 'inconclusive',
    },
    {
      cause: 'ip-family',
      yaml:
        two +
        service('clusterIP: "fd00::7", ipFamilies: [IPv6], selector: { app: b }, ports: [{ port: 80 }]'),
    },
    { cause: 'hairpin', yaml: two + plain + slice(toB), from: 'pod/default/b', verdict: 'inconclusive' },
  ];
  for (const { cause, yaml, to, from, verdict = 'unreachable' } of scenarios) {
    it(`finds ${cause}`, () => {
      const answer = trace(yaml, to, from);
      assert.equal(answer.cause?.id, cause, JSON.stringify(answer.causes, null, 1));
      assert.equal(answer.verdict, verdict);
      const [decisive] = answer.causes;
      assert.ok(decisive!.evidence.length > 0, 'a cause has evidence');
      assert.ok(decisive!.fixes.length > 0 || cause === 'service-not-found', 'a cause has a way out');
      const hop = answer.hops.find(({ hop: name }) => name === decisive!.hop);
      assert.equal(hop?.status, decisive!.certainty === 'certain' ? 'failed' : 'warning');
    });
  }

  it('says which policy would let it through, and that one does', () => {
    const broken = two + plain + slice(toB) + policy('podSelector: { matchLabels: { app: b } }');
    const fix = trace(broken).fixes.find(({ yaml }) => yaml !== undefined);
    assert.equal(trace(`${broken}\n---\n${fix!.yaml!}`).cause, null);
  });

  it('knows less where it may not look', () => {
    const world = cluster(two + plain + slice(toB));
    const blind = {
      ...world,
      snapshot: world.snapshot.withCoverage('NetworkPolicy', {
        is: 'forbidden',
        message: 'networkpolicies is forbidden',
      }),
    };
    const answer = explain(lookAt(blind, resolveQuestion(blind, 'pod/default/a', 'svc/default/web')));
    assert.equal(answer.verdict, 'inconclusive');
    assert.ok(answer.notSeen.some((line) => line.includes('networkpolicies is forbidden')));
  });
});
