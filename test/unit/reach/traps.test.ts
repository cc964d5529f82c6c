// Long, since it is one table: a case an entry.
import assert from 'node:assert/strict';
import { answerQuery, readQuery } from '../../../src/reach/query.ts';
import { pod, policy, worldOf } from './build.ts';

type Expected = true | false | 'depends';
/** What is asked: manifests, from, to, port, protocol, and what the API's text says of it. */
type Case = readonly [
  what: string,
  manifests: string,
  from: string,
  to: string,
  port: number | string | undefined,
  expected: Expected,
  code?: string,
  protocol?: string,
];

const service = (name: string, spec: string, meta = ''): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}${meta} }
spec: { ${spec} }`;
const slice = (name: string, of: string, body: string): string => `
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${name}, namespace: default, labels: { kubernetes.io/service-name: ${of} } }
addressType: IPv4
${body}`;
const node = (name: string, ip: string): string => `
---
apiVersion: v1
kind: Node
metadata: { name: ${name}, labels: { kubernetes.io/hostname: ${name} } }
status: { addresses: [{ type: InternalIP, address: ${ip} }] }`;
const cluster = (kind: string, name: string, spec: string, version = 'v1alpha1'): string => `
---
apiVersion: policy.networking.k8s.io/${version}
kind: ${kind}
metadata: { name: ${name} }
spec: { ${spec} }`;

const a = pod('a');
const web = pod('web', { ports: '{ name: http, containerPort: 8080 }' });
const both = a + web;
const web81 = pod('web81', { labels: 'app: web', ports: '{ name: http, containerPort: 8081 }' });
const toB = (rule: string): string => policy('p', `podSelector: { matchLabels: { app: web } }, ${rule}`);
const fromA = (rule: string): string =>
  policy('p', `podSelector: { matchLabels: { app: a } }, policyTypes: [Egress], egress: [${rule}]`);
const A = 'pod/default/a';
const B = 'pod/default/web';
const S = 'svc/default/s';
const portsOf = 'selector: { app: web }, ports: [{ port: 80, targetPort: http, nodePort: 30080 }]';
const denyAll = policy('deny', 'podSelector: {}, policyTypes: [Ingress, Egress]');

const cases: readonly Case[] = [
  // NetworkPolicy, peers
  ['null peers mean everyone', both + toB('ingress: [{ from: null }]'), A, B, 8080, true],
  [
    'a null podSelector in a peer is absent: with a namespaceSelector alone all its pods',
    both + toB('ingress: [{ from: [{ namespaceSelector: {}, podSelector: null }] }]'),
    A,
    B,
    8080,
    true,
  ],
  [
    'an empty podSelector in a peer is the policy namespace, not the cluster',
    both + pod('x', { ns: 'other' }) + toB('ingress: [{ from: [{ podSelector: {} }] }]'),
    'pod/other/x',
    B,
    8080,
    false,
    'policy-ingress',
  ],
  [
    'an empty namespaceSelector is every namespace',
    both + pod('x', { ns: 'other' }) + toB('ingress: [{ from: [{ namespaceSelector: {} }] }]'),
    'pod/other/x',
    B,
    8080,
    true,
  ],
  [
    'NotIn over namespaces matches those without the label',
    both +
      pod('x', { ns: 'other' }) +
      toB(
        'ingress: [{ from: [{ namespaceSelector: { matchExpressions: [{ key: env, operator: NotIn, values: [prod] }] } }] }]',
      ),
    'pod/other/x',
    B,
    8080,
    true,
  ],
  [
    'In never matches an absent key',
    both +
      toB(
        'ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: env, operator: In, values: [""] }] } }] }]',
      ),
    A,
    B,
    8080,
    false,
  ],
  [
    'matchLabels and matchExpressions hold together',
    both +
      toB(
        'ingress: [{ from: [{ podSelector: { matchLabels: { app: a }, matchExpressions: [{ key: app, operator: NotIn, values: [a] }] } }] }]',
      ),
    A,
    B,
    8080,
    false,
  ],
  [
    'a policy of another namespace does not select',
    both + policy('p', 'podSelector: {}', 'other'),
    A,
    B,
    8080,
    true,
  ],
  [
    'both ends must agree: egress open, ingress closed',
    both + fromA('{}') + policy('q', 'podSelector: { matchLabels: { app: web } }'),
    A,
    B,
    8080,
    false,
    'policy-ingress',
  ],
  [
    'both ends must agree: ingress open, egress closed',
    both +
      toB('ingress: [{}]') +
      policy('q', 'podSelector: { matchLabels: { app: a } }, policyTypes: [Egress]'),
    A,
    B,
    8080,
    false,
    'policy-egress',
  ],
  [
    'policyTypes Ingress with egress rules does not isolate egress',
    both +
      policy(
        'p',
        'podSelector: {}, policyTypes: [Ingress], ingress: [{}], egress: [{ ports: [{ port: 53 }] }]',
      ),
    A,
    B,
    8080,
    true,
  ],
  [
    'policyTypes Egress alone does not isolate ingress',
    both + policy('p', 'podSelector: {}, policyTypes: [Egress], ingress: [], egress: [{}]'),
    A,
    B,
    8080,
    true,
  ],
  [
    'except limits its own block only',
    both +
      toB(
        'ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24, except: [203.0.113.9/32] } }, { ipBlock: { cidr: 203.0.113.9/32 } }] }]',
      ),
    '203.0.113.9',
    B,
    8080,
    true,
  ],
  [
    'a block with everything lets outside in',
    both + toB('ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]'),
    '198.51.100.1',
    B,
    8080,
    true,
  ],
  [
    'an IPv4 block says nothing of IPv6',
    both + toB('ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]'),
    '2001:db8::1',
    B,
    8080,
    false,
  ],
  [
    'a pod inside an except is not in the block',
    pod('a', { ip: '10.0.0.5' }) +
      web +
      toB('ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/24] } }] }]'),
    A,
    B,
    8080,
    false,
  ],
  [
    'outside of unknown address depends on a block',
    both + toB('ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }]'),
    'outside',
    B,
    8080,
    'depends',
    'policy-ipblock',
  ],
  [
    'outside of unknown address gets through a rule for everyone',
    both + toB('ingress: [{}]'),
    'outside',
    B,
    8080,
    true,
  ],
  [
    'outside is no pod',
    both + toB('ingress: [{ from: [{ namespaceSelector: {} }] }]'),
    'outside',
    B,
    8080,
    false,
  ],
  // NetworkPolicy, ports
  [
    "a named egress port is the destination pod's",
    both + fromA('{ ports: [{ port: http }] }'),
    A,
    B,
    8080,
    true,
  ],
  [
    'a named egress port resolves apart on each pod',
    both + web81 + fromA('{ ports: [{ port: http }] }'),
    A,
    'pod/default/web81',
    8080,
    false,
    'policy-egress',
  ],
  [
    "a named egress port never is an address's",
    both + fromA('{ ports: [{ port: http }] }'),
    A,
    '203.0.113.9',
    8080,
    false,
  ],
  [
    "the name of an init container's port is not served",
    pod('a') +
      `
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { initContainers: [{ name: i, image: x, ports: [{ name: http, containerPort: 8080 }] }], containers: [{ name: c, image: x }] }` +
      toB('ingress: [{ ports: [{ port: http }] }]'),
    A,
    B,
    8080,
    false,
  ],
  [
    "the name of a sidecar's port is served",
    pod('a') +
      `
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { initContainers: [{ name: i, image: x, restartPolicy: Always, ports: [{ name: http, containerPort: 8080 }] }], containers: [{ name: c, image: x }] }` +
      toB('ingress: [{ ports: [{ port: http }] }]'),
    A,
    B,
    8080,
    true,
  ],
  [
    'a number as text is a name, not a number',
    both + toB('ingress: [{ ports: [{ port: "8080" }] }]'),
    A,
    B,
    8080,
    false,
  ],
  [
    'only SCTP allowed isolates TCP',
    both + toB('ingress: [{ ports: [{ protocol: SCTP, port: 9 }] }]'),
    A,
    B,
    9,
    false,
  ],
  [
    'only SCTP allowed allows SCTP',
    both + toB('ingress: [{ ports: [{ protocol: SCTP, port: 9 }] }]'),
    A,
    B,
    9,
    true,
    undefined,
    'SCTP',
  ],
  [
    'a protocol without a port is all its ports',
    both + toB('ingress: [{ ports: [{ protocol: UDP }] }]'),
    A,
    B,
    65535,
    true,
    undefined,
    'udp',
  ],
  ['empty ports are all ports', both + toB('ingress: [{ ports: [] }]'), A, B, 1, true],
  [
    'two ports are either',
    both + toB('ingress: [{ ports: [{ port: 1 }, { port: 8080 }] }]'),
    A,
    B,
    8080,
    true,
  ],
  // hosts
  [
    'the own node gets in by its name',
    node('n1', '192.168.0.1') + a + pod('web', { spec: 'nodeName: n1' }) + denyAll,
    'node/n1',
    B,
    8080,
    true,
    'own-node',
  ],
  [
    'the own node gets in by its address',
    node('n1', '192.168.0.1') + a + pod('web', { spec: 'nodeName: n1' }) + denyAll,
    '192.168.0.1',
    B,
    8080,
    true,
    'own-node',
  ],
  [
    'another node does not',
    node('n2', '192.168.0.2') + a + pod('web', { spec: 'nodeName: n1' }) + denyAll,
    'node/n2',
    B,
    8080,
    false,
    'policy-ingress',
  ],
  [
    'another node in an allowed block does',
    node('n2', '192.168.0.2') +
      a +
      pod('web', { spec: 'nodeName: n1' }) +
      toB('ingress: [{ from: [{ ipBlock: { cidr: 192.168.0.0/24 } }] }]'),
    'node/n2',
    B,
    8080,
    true,
  ],
  [
    'to its own node a pod gets out or not by the plugin',
    pod('a', { spec: 'nodeName: n1' }) +
      pod('h', { spec: 'nodeName: n1, hostNetwork: true' }) +
      policy('q', 'podSelector: { matchLabels: { app: a } }, policyTypes: [Egress]'),
    A,
    'pod/default/h',
    80,
    'depends',
    'own-node',
  ],
  [
    "from another node's network it is closed",
    pod('h', { spec: 'nodeName: n2, hostNetwork: true' }) + pod('web', { spec: 'nodeName: n1' }) + denyAll,
    'pod/default/h',
    B,
    8080,
    false,
  ],
  [
    'a node asks a cluster IP',
    node('n1', '192.168.0.1') + web + service('s', portsOf),
    'node/n1',
    S,
    80,
    true,
  ],
  [
    'outside does not ask a cluster IP',
    web + service('s', portsOf),
    'outside',
    S,
    80,
    false,
    'cluster-ip-inside-only',
  ],
  [
    'a node port is asked of a node that is not among the objects',
    web + a + service('s', `type: NodePort, ${portsOf}`),
    A,
    'node/n1',
    30080,
    true,
  ],
  [
    'a host port leads to its pod',
    node('n1', '192.168.0.1') +
      a +
      pod('web', { spec: 'nodeName: n1', ports: '{ containerPort: 8080, hostPort: 8088 }' }) +
      policy('q', 'podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 1 }] }]'),
    A,
    'node/n1',
    8088,
    false,
    'policy-ingress',
  ],
  // Services
  [
    "egress is judged on the pod and its target port, not the Service's",
    both + service('s', portsOf) + fromA('{ ports: [{ port: 80 }] }'),
    A,
    S,
    80,
    false,
    'policy-egress',
  ],
  [
    'egress to the target port lets the Service through',
    both + service('s', portsOf) + fromA('{ ports: [{ port: 8080 }] }'),
    A,
    S,
    80,
    true,
  ],
  [
    'egress to the cluster IP as a block does not name the pod',
    pod('a') +
      pod('web', { ip: '10.0.0.1', ports: '{ name: http, containerPort: 8080 }' }) +
      service('s', `clusterIP: 10.96.0.9, ${portsOf}`) +
      fromA('{ to: [{ ipBlock: { cidr: 10.96.0.9/32 } }] }'),
    A,
    S,
    80,
    false,
    'policy-egress',
  ],
  [
    'a named target port leads each pod to its own number',
    both + web81 + service('s', portsOf) + fromA('{ ports: [{ port: 8080 }] }'),
    A,
    S,
    80,
    'depends',
    'backends-differ',
  ],
  [
    'pods without the named port are left out',
    both + pod('bare', { labels: 'app: web' }) + service('s', portsOf) + fromA('{ ports: [{ port: 8080 }] }'),
    A,
    S,
    80,
    true,
  ],
  [
    'an absent target port is the port',
    both + service('s', 'selector: { app: web }, ports: [{ port: 80 }]') + fromA('{ ports: [{ port: 80 }] }'),
    A,
    S,
    80,
    true,
  ],
  [
    "a Service's port of another protocol is none",
    both + service('s', 'selector: { app: web }, ports: [{ port: 80, protocol: UDP }]'),
    A,
    S,
    80,
    false,
    'wrong-service-port',
  ],
  [
    'headless: the target port is not used',
    both +
      service('s', 'clusterIP: None, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]') +
      toB('ingress: [{ ports: [{ port: 8080 }] }]'),
    A,
    S,
    80,
    false,
    'policy-ingress',
  ],
  [
    'headless with slices: the target port is not used either',
    pod('a') +
      pod('web', { ip: '10.0.0.1' }) +
      service('s', 'clusterIP: None, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]') +
      slice(
        's-1',
        's',
        'ports: [{ name: "", port: 8080, protocol: TCP }]\nendpoints: [{ addresses: [10.0.0.1], targetRef: { kind: Pod, name: web } }]',
      ) +
      toB('ingress: [{ ports: [{ port: 8080 }] }]'),
    A,
    S,
    80,
    false,
    'policy-ingress',
  ],
  [
    'headless without ports leads to its pods',
    both + service('s', 'clusterIP: None, selector: { app: web }'),
    A,
    S,
    8080,
    true,
  ],
  [
    'a slice by hand leads outside',
    both +
      service('s', 'ports: [{ port: 80 }]') +
      slice(
        's-1',
        's',
        'ports: [{ name: "", port: 5432, protocol: TCP }]\nendpoints: [{ addresses: [203.0.113.7] }]',
      ) +
      fromA('{ to: [{ ipBlock: { cidr: 203.0.113.7/32 } }], ports: [{ port: 5432 }] }'),
    A,
    S,
    80,
    true,
  ],
  [
    "a slice by hand with a pod's address leads to that pod",
    pod('a') +
      pod('web', { ip: '10.0.0.1' }) +
      service('s', 'ports: [{ port: 80 }]') +
      slice(
        's-1',
        's',
        'ports: [{ name: "", port: 8080, protocol: TCP }]\nendpoints: [{ addresses: [10.0.0.1] }]',
      ) +
      toB('ingress: []'),
    A,
    S,
    80,
    false,
    'policy-ingress',
  ],
  [
    'an Endpoints object by hand counts as its mirrored slice',
    both +
      service('s', 'ports: [{ port: 80 }]') +
      `
---
apiVersion: v1
kind: Endpoints
metadata: { name: s }
subsets: [{ addresses: [{ ip: 203.0.113.7 }], ports: [{ port: 5432 }] }]` +
      fromA('{ to: [{ ipBlock: { cidr: 203.0.113.8/32 } }] }'),
    A,
    S,
    80,
    false,
    'policy-egress',
  ],
  [
    'no endpoint that is ready',
    both +
      service('s', portsOf) +
      slice(
        's-1',
        's',
        'ports: [{ name: "", port: 8080, protocol: TCP }]\nendpoints: [{ addresses: [10.0.0.1], conditions: { ready: false }, targetRef: { kind: Pod, name: web } }]',
      ),
    A,
    S,
    80,
    false,
    'endpoints-not-ready',
  ],
  [
    'an ending endpoint that serves is used when no other is left',
    both +
      service('s', portsOf) +
      slice(
        's-1',
        's',
        'ports: [{ name: "", port: 8080, protocol: TCP }]\nendpoints: [{ addresses: [10.0.0.1], conditions: { ready: false, serving: true, terminating: true }, targetRef: { kind: Pod, name: web } }]',
      ),
    A,
    S,
    80,
    true,
  ],
  [
    'a pod that says it is not ready is no endpoint, of files too',
    a +
      `
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, image: x, ports: [{ name: http, containerPort: 8080 }] }] }
status: { phase: Running, podIP: 10.0.0.1, conditions: [{ type: Ready, status: "False" }] }` +
      service('s', portsOf),
    A,
    S,
    80,
    false,
    'endpoints-not-ready',
  ],
  [
    'unless its Service publishes such pods',
    a +
      `
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, image: x, ports: [{ name: http, containerPort: 8080 }] }] }
status: { phase: Running, podIP: 10.0.0.1, conditions: [{ type: Ready, status: "False" }] }` +
      service('s', `publishNotReadyAddresses: true, ${portsOf}`),
    A,
    S,
    80,
    true,
  ],
  [
    'internal traffic kept on the node, with no pod there',
    pod('a', { spec: 'nodeName: n1' }) +
      pod('web', { spec: 'nodeName: n2', ports: '{ name: http, containerPort: 8080 }' }) +
      service('s', `internalTrafficPolicy: Local, ${portsOf}`),
    A,
    S,
    80,
    false,
    'internal-traffic-local',
  ],
  [
    'internal traffic kept on the node, with nobody placed yet',
    both + service('s', `internalTrafficPolicy: Local, ${portsOf}`),
    A,
    S,
    80,
    'depends',
    'internal-traffic-local',
  ],
  [
    'external traffic kept on some node',
    web + service('s', `type: NodePort, externalTrafficPolicy: Local, ${portsOf}`),
    '203.0.113.9',
    'node/n1',
    30080,
    'depends',
    'external-traffic-local',
  ],
  [
    'IPv6 alone, asked by a pod with IPv4 alone',
    pod('a', { ip: '10.0.0.2' }) + web + service('s', `ipFamilies: [IPv6], ${portsOf}`),
    A,
    S,
    80,
    false,
    'ip-family',
  ],
  [
    'both families, asked by a pod with IPv4 alone',
    pod('a', { ip: '10.0.0.2' }) +
      web +
      service('s', `ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6, IPv4], ${portsOf}`),
    A,
    S,
    80,
    true,
  ],
  [
    'an external name outside',
    a + service('s', 'type: ExternalName, externalName: db.example.com'),
    A,
    S,
    5432,
    'depends',
    'external-name',
  ],
  ['itself through its own Service', web + service('s', portsOf), B, S, 80, 'depends', 'hairpin'],
  ['itself by its own address, whatever denies it', web + denyAll, B, B, 8080, true, 'same-pod'],
  [
    'a selector that matches a pod of another namespace only',
    a + pod('web', { ns: 'other' }) + service('s', portsOf),
    A,
    S,
    80,
    false,
    'selector-matches-nothing',
  ],
  // cluster-wide policies
  [
    'Deny of an AdminNetworkPolicy beats an allowing NetworkPolicy',
    both +
      toB('ingress: [{}]') +
      cluster(
        'AdminNetworkPolicy',
        'p',
        'priority: 5, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }]',
      ),
    A,
    B,
    8080,
    false,
  ],
  [
    'Allow of an AdminNetworkPolicy beats a denying NetworkPolicy, on its own side',
    both +
      toB('ingress: []') +
      cluster(
        'AdminNetworkPolicy',
        'p',
        'priority: 5, subject: { namespaces: {} }, ingress: [{ action: Allow, from: [{ namespaces: {} }] }]',
      ),
    A,
    B,
    8080,
    true,
  ],
  [
    'Pass leaves it to the NetworkPolicies, past later Denies',
    both +
      toB('ingress: [{}]') +
      cluster(
        'AdminNetworkPolicy',
        'p',
        'priority: 5, subject: { namespaces: {} }, ingress: [{ action: Pass, from: [{ namespaces: {} }] }]',
      ) +
      cluster(
        'AdminNetworkPolicy',
        'q',
        'priority: 6, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }]',
      ),
    A,
    B,
    8080,
    true,
  ],
  [
    'equal priorities that disagree are not told',
    both +
      cluster(
        'AdminNetworkPolicy',
        'p',
        'priority: 5, subject: { namespaces: {} }, ingress: [{ action: Allow, from: [{ namespaces: {} }] }]',
      ) +
      cluster(
        'AdminNetworkPolicy',
        'q',
        'priority: 5, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }]',
      ),
    A,
    B,
    8080,
    'depends',
    'admin-policy-unclear',
  ],
  [
    'the baseline denies where no NetworkPolicy selects',
    both +
      cluster(
        'BaselineAdminNetworkPolicy',
        'default',
        'subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }]',
      ),
    A,
    B,
    8080,
    false,
  ],
  [
    'the baseline is not asked where a NetworkPolicy selects',
    both +
      toB('ingress: [{}]') +
      cluster(
        'BaselineAdminNetworkPolicy',
        'default',
        'subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }]',
      ),
    A,
    B,
    8080,
    true,
  ],
  [
    'a ClusterNetworkPolicy accepts in the tier Admin',
    both +
      denyAll +
      cluster(
        'ClusterNetworkPolicy',
        'p',
        'tier: Admin, priority: 1, subject: { namespaces: {} }, ingress: [{ action: Accept, from: [{ namespaces: {} }] }], egress: [{ action: Accept, to: [{ namespaces: {} }] }]',
        'v1alpha2',
      ),
    A,
    B,
    8080,
    true,
  ],
  [
    'admin policies do not select pods on the host network',
    a +
      pod('web', { spec: 'hostNetwork: true' }) +
      cluster(
        'AdminNetworkPolicy',
        'p',
        'priority: 5, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }]',
      ),
    A,
    B,
    8080,
    true,
  ],
];

describe('traps of the API text', () => {
  for (const [what, manifests, from, to, port, expected, code, protocol] of cases) {
    it(what, () => {
      const query = readQuery({
        from,
        to,
        ...(port !== undefined && { port }),
        ...(protocol !== undefined && { protocol }),
      });
      const answer = answerQuery(worldOf(manifests), query);
      assert.equal(answer.allowed, expected, JSON.stringify(answer.because, null, 1));
      assert.ok(answer.because.length > 0, 'no reason');
      const codes = answer.because.map((reason) => reason.code);
      if (code !== undefined) assert.ok(codes.includes(code), `${code} is not among ${codes.join(', ')}`);
    });
  }
});
