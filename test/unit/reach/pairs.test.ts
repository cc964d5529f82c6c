import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { AroundPod } from '../../../src/reach/aroundPod.ts';
import { PodClasses } from '../../../src/reach/classes.ts';
import { hasPort } from '../../../src/reach/portSet.ts';
import { ReachMatrix } from '../../../src/reach/matrix.ts';
import { allPairs, groupPods } from '../../../src/reach/pairs.ts';
import { evaluateFlow } from '../../../src/reach/podToPod.ts';
import { evaluateToService } from '../../../src/reach/toService.ts';
import { mayConnect } from './naive.ts';
import { party, pod, policy, worldOf } from './build.ts';

const selector = fc.constantFrom(
  '{}',
  '{ matchLabels: { app: a } }',
  '{ matchExpressions: [{ key: app, operator: NotIn, values: [a] }] }',
);
const peer = fc.oneof(
  selector.map((s) => `{ podSelector: ${s} }`),
  selector.map((s) => `{ namespaceSelector: ${s} }`),
  fc.tuple(selector, selector).map(([a, b]) => `{ podSelector: ${a}, namespaceSelector: ${b} }`),
  fc.constant('{ ipBlock: { cidr: 10.0.0.0/8 } }'),
);
const port = fc.constantFrom(
  '{ port: 80 }',
  '{ port: 79, endPort: 81 }',
  '{ port: web }',
  '{ protocol: UDP }',
  '{ port: 80, protocol: UDP }',
);
const rule = fc.record({ peers: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) });
const aPolicy = fc.record({
  namespace: fc.constantFrom('default', 'other'),
  subject: selector,
  ingress: fc.option(fc.array(rule, { maxLength: 2 })),
  egress: fc.option(fc.array(rule, { maxLength: 2 })),
});

const tierPeer = fc.oneof(
  selector.map((s) => `{ namespaces: ${s} }`),
  fc.tuple(selector, selector).map(([a, b]) => `{ pods: { namespaceSelector: ${a}, podSelector: ${b} } }`),
);
const tierRule = fc.record({
  action: fc.constantFrom('Accept', 'Deny', 'Pass'),
  peers: fc.array(
    fc.oneof(tierPeer, fc.constantFrom('{ networks: [10.0.0.0/8] }', '{ networks: [192.168.0.0/16] }')),
    { minLength: 1, maxLength: 2 },
  ),
  protocols: fc.array(
    fc.constantFrom(
      '{ tcp: { destinationPort: { number: 80 } } }',
      '{ tcp: { destinationPort: { range: { start: 80, end: 81 } } } }',
      '{ udp: {} }',
      '{ tcp: {} }',
      '{ destinationNamedPort: web }',
    ),
    { maxLength: 2 },
  ),
});
const tierPolicy = fc.record({
  tier: fc.constantFrom('Admin', 'Baseline'),
  priority: fc.integer({ min: 0, max: 2 }),
  subject: tierPeer,
  ingress: fc.array(tierRule, { maxLength: 3 }),
  egress: fc.array(tierRule, { maxLength: 3 }),
});

/** The manifest of a ClusterNetworkPolicy. */
function tierManifest(policyOf: TierPolicyValue, index: number): string {
  const rules = (peers: string, list: TierPolicyValue['ingress']): string =>
    list
      .map(
        (r) =>
          `{ action: ${r.action}, ${peers}: [${r.peers.join(', ')}]${r.protocols.length === 0 ? '' : `, protocols: [${r.protocols.join(', ')}]`} }`,
      )
      .join(', ');
  return `
---
apiVersion: policy.networking.k8s.io/v1beta1
kind: ClusterNetworkPolicy
metadata: { name: t${index} }
spec: { tier: ${policyOf.tier}, priority: ${policyOf.priority}, subject: ${policyOf.subject}, ingress: [${rules('from', policyOf.ingress)}], egress: [${rules('to', policyOf.egress)}] }`;
}
type TierPolicyValue = typeof tierPolicy extends fc.Arbitrary<infer T> ? T : never;

const pods = [
  pod('a', { ports: '{ name: web, containerPort: 80 }', ip: '10.0.0.1' }),
  pod('b', { ip: '10.0.0.2' }),
  pod('c', { ns: 'other', labels: 'app: a', ip: '10.0.0.3' }),
  pod('h', { spec: 'hostNetwork: true', ip: '10.9.0.1' }),
].join('');
const questions = [
  [80, 'TCP'],
  [81, 'TCP'],
  [80, 'UDP'],
  [443, 'TCP'],
] as const;

describe('pairs', function () {
  // A property of many worlds, on machines that do other work too.
  this.timeout(60_000);

  it('say of every port what a query of that port says, and what the naive evaluator says', () => {
    const field = (
      name: string,
      peers: string,
      rules: { peers: string[]; ports: string[] }[] | null,
    ): string =>
      rules === null
        ? ''
        : `, ${name}: [${rules.map((r) => `{ ${peers}: [${r.peers.join(', ')}], ports: [${r.ports.join(', ')}] }`).join(', ')}]`;
    fc.assert(
      fc.property(
        fc.array(aPolicy, { maxLength: 4 }),
        fc.array(tierPolicy, { maxLength: 3 }),
        (policies, tiers) => {
          const manifests = policies.map(({ namespace, subject, ingress, egress }, index) => {
            const spec = `podSelector: ${subject}${field('ingress', 'from', ingress)}${field('egress', 'to', egress)}`;
            return policy(`p${index}`, spec, namespace);
          });
          manifests.push(...tiers.map(tierManifest));
          const text = pods + manifests.join('');
          const world = worldOf(text);
          const raw = parseAllDocuments(text)
            .map((document) => document.toJS() as Parameters<typeof mayConnect>[1] | null)
            .filter((manifest) => manifest !== null);
          const rawPod = (name: string): (typeof raw)[number] =>
            raw.find(({ kind, metadata }) => kind === 'Pod' && metadata.name === name)!;
          const matrix = new ReachMatrix(world);
          const classes = new PodClasses(world.snapshot, world.snapshot.all('Pod'));
          for (const from of world.snapshot.all('Pod')) {
            const around = new AroundPod(world, classes, from, 'out');
            for (const to of world.snapshot.all('Pod')) {
              if (from === to) continue;
              const between = matrix.between(from, to);
              assert.deepEqual(around.with(to), between);
              assert.deepEqual(new AroundPod(world, classes, to, 'in').with(from), between);
              for (const [number, protocol] of questions) {
                const flow = {
                  from: { is: 'pod', pod: from },
                  to: { is: 'pod', pod: to },
                  port: number,
                  protocol,
                } as const;
                const { allowed } = evaluateFlow(world, flow);
                const inMatrix = hasPort(between.allowed, protocol, number)
                  ? true
                  : hasPort(between.depends, protocol, number)
                    ? 'depends'
                    : false;
                const naive = mayConnect(raw, rawPod(from.name), rawPod(to.name), number, protocol);
                const expected = { yes: true, no: false, depends: 'depends' }[naive];
                assert.deepEqual(
                  [allowed, inMatrix],
                  [expected, expected],
                  `${from.name} -> ${to.name} ${number}/${protocol}\n${manifests.join('')}`,
                );
              }
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('group the pods of a workload', () => {
    const world = worldOf(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c, image: nginx }] } } }${pod('a')}`);
    const groups = groupPods(world);
    assert.deepEqual(
      groups.map(({ ref }) => ref),
      ['pod/default/a', 'deployment/default/web'],
    );
    assert.deepEqual(
      [...allPairs(world, groups)].map(({ source, target }) => `${source.ref} ${target.ref}`),
      ['pod/default/a deployment/default/web', 'deployment/default/web pod/default/a'],
    );
  });

  it('hold within a workload of several pods, too', () => {
    const world = worldOf(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 2, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c, image: nginx }] } } }${policy('p', 'podSelector: {}, ingress: [{ ports: [{ port: 80 }] }]')}`);
    const [pair, other] = allPairs(world, groupPods(world));
    assert.equal(other, undefined);
    assert.deepEqual(
      [pair?.source.ref, pair?.target.ref, pair?.allowed.TCP],
      ['deployment/default/web', 'deployment/default/web', [[80, 80]]],
    );
  });
});

describe('a Service', () => {
  const service = (spec: string): string =>
    `\n---\napiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { ${spec} }`;
  const ask = (
    manifests: string,
    servicePort: number | string = 80,
    from = 'default/a',
  ): ReturnType<typeof evaluateToService> => {
    const world = worldOf(manifests);
    return evaluateToService(
      world,
      party(world, from),
      world.snapshot.get('Service', 'default', 's')!,
      servicePort,
      'TCP',
    );
  };
  const web = pod('a') + pod('b', { ports: '{ name: http, containerPort: 8080 }' });

  it('is judged by the pod and target port behind it', () => {
    const to8080 = policy(
      'p',
      'podSelector: { matchLabels: { app: b } }, ingress: [{ ports: [{ port: 8080 }] }]',
    );
    assert.equal(
      ask(web + to8080 + service('selector: { app: b }, ports: [{ port: 80, targetPort: http }]')).allowed,
      true,
    );
    assert.equal(ask(web + to8080 + service('selector: { app: b }, ports: [{ port: 80 }]')).allowed, false);
  });

  const denials: readonly [string, string, string, number?][] = [
    ['selector-matches-nothing', 'selector: { app: nobody }, ports: [{ port: 80 }]', ''],
    ['named-port-missing', 'selector: { app: b }, ports: [{ port: 80, targetPort: admin }]', ''],
    ['wrong-service-port', 'selector: { app: b }, ports: [{ port: 80 }]', '', 81],
  ];
  for (const [code, spec, extra, number] of denials) {
    it(`is denied with the cause ${code}`, () => {
      const answer = ask(web + extra + service(spec), number);
      assert.equal(answer.allowed, false);
      assert.equal(answer.because[0]?.code, code);
      assert.equal(answer.because[0].object, 'svc/default/s');
    });
  }

  it('depends where its pods differ, where it leads out, and where it may choose the source', () => {
    const two =
      web +
      pod('b2', { labels: 'app: b, canary: yes' }) +
      policy('p', 'podSelector: { matchLabels: { canary: yes } }');
    assert.equal(
      ask(two + service('selector: { app: b }, ports: [{ port: 80 }]')).because[0]?.code,
      'backends-differ',
    );
    assert.equal(ask(web + service('type: ExternalName, externalName: example.com')).allowed, 'depends');
    assert.equal(
      ask(web + service('selector: { app: a }, ports: [{ port: 80 }]')).because[0]?.code,
      'hairpin',
    );
  });

  it('of a headless kind maps no port', () => {
    const only80 = policy(
      'p',
      'podSelector: { matchLabels: { app: b } }, ingress: [{ ports: [{ port: 8080 }] }]',
    );
    const headless = service(
      'clusterIP: None, selector: { app: b }, ports: [{ port: 80, targetPort: 8080 }]',
    );
    assert.equal(ask(web + only80 + headless, 80).allowed, false);
    assert.equal(ask(web + only80 + headless, 8080).allowed, true);
  });

  it('of type ClusterIP has no address outside', () => {
    assert.equal(
      ask(web + service('selector: { app: b }, ports: [{ port: 80 }]'), 80, '203.0.113.9').because[0]?.code,
      'cluster-ip-inside-only',
    );
  });
});
