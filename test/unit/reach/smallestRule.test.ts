import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { isRecord, list, record, text, type Json } from '../../../src/model/json.ts';
import { evaluateFlow } from '../../../src/reach/podToPod.ts';
import type { Reason } from '../../../src/reach/reason.ts';
import { worldOfObjects } from '../../../src/reach/worldOfObjects.ts';

const selector = fc.constantFrom<Json[]>({}, { matchLabels: { app: 'a' } }, { matchLabels: { app: 'b' } });
const rules = fc.array(fc.record({ peer: selector, port: fc.constantFrom(80, 443) }), { maxLength: 2 });
const networkPolicy = fc
  .record({
    namespace: fc.constantFrom('one', 'two'),
    podSelector: selector,
    ingress: rules,
    egress: fc.option(rules),
  })
  .map(({ namespace, podSelector, ingress, egress }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace },
    spec: {
      podSelector,
      ingress: ingress.map(({ peer, port }) => ({ from: [{ podSelector: peer }], ports: [{ port }] })),
      ...(egress && {
        egress: egress.map(({ peer, port }) => ({ to: [{ podSelector: peer }], ports: [{ port }] })),
      }),
    },
  }));
const clusterPolicy = fc
  .record({
    kind: fc.constantFrom('AdminNetworkPolicy', 'ClusterNetworkPolicy'),
    direction: fc.constantFrom('ingress', 'egress'),
    subject: selector,
    peer: selector,
    priority: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 1 }),
  })
  .map(({ kind, direction, subject, peer, priority }) => ({
    apiVersion: `policy.networking.k8s.io/${kind === 'AdminNetworkPolicy' ? 'v1alpha1' : 'v1beta1'}`,
    kind,
    metadata: {},
    spec: {
      tier: 'Admin',
      priority: priority[0],
      subject: { pods: { podSelector: subject } },
      [direction]: [
        { action: 'Deny', [direction === 'ingress' ? 'from' : 'to']: [{ pods: { podSelector: peer } }] },
      ],
    },
  }));

function pod(namespace: string, name: string, labels: Json): Json {
  return { kind: 'Pod', metadata: { namespace, name, labels }, spec: { containers: [{ name: 'c' }] } };
}
const pods = [
  pod('one', 'source', { app: 'a', on: 'yes', 'pod-template-hash': 'x1' }),
  pod('two', 'target', { app: 'b', 'example.com/x': 'true' }),
  pod('two', 'other', { app: 'b' }),
];

/** The manifests with the rule added as its reason says: a NetworkPolicy of its own, or a rule before the one that denies. */
function mended(manifests: readonly Json[], reason: Reason): Json[] {
  const rule: unknown = parse(reason.yaml ?? '');
  if (isRecord(rule)) return [...manifests, rule];
  const [, direction = '', index = ''] = /^spec\.(\w+)\[(\d+)\]/.exec(reason.path ?? '') ?? [];
  return manifests.map((manifest) => {
    const { metadata, kind, spec } = manifest;
    if (`${text(kind).toLowerCase()}/${text(record(metadata).name)}` !== reason.object) return manifest;
    const before = list(record(spec)[direction]);
    const after = [...before.slice(0, Number(index)), ...list(rule), ...before.slice(Number(index))];
    return { ...manifest, spec: { ...record(spec), [direction]: after } };
  });
}

function ask(manifests: readonly Json[]): ReturnType<typeof evaluateFlow> {
  const world = worldOfObjects([...pods, ...manifests]);
  const [from, to] = [world.snapshot.get('Pod', 'one', 'source'), world.snapshot.get('Pod', 'two', 'target')];
  assert.ok(from !== undefined && to !== undefined);
  return evaluateFlow(world, {
    from: { is: 'pod', pod: from },
    to: { is: 'pod', pod: to },
    port: 80,
    protocol: 'TCP',
  });
}

describe('the smallest rule', () => {
  it('of every denial, added, lets it through', () => {
    let denied = 0;
    fc.assert(
      fc.property(
        fc.array(networkPolicy, { maxLength: 3 }),
        fc.array(clusterPolicy, { maxLength: 2 }),
        (ns, cs) => {
          let manifests: Json[] = [...ns, ...cs].map((manifest, index) => ({
            ...manifest,
            metadata: { ...manifest.metadata, name: `p${index}` },
          }));
          // Each end, and each tier, may deny on its own.
          for (let round = 0; round < 6; round++) {
            const reason = ask(manifests).because.find(({ effect }) => effect === 'denies');
            if (reason === undefined) break;
            denied++;
            manifests = mended(manifests, reason);
          }
          assert.notEqual(ask(manifests).allowed, false, JSON.stringify(manifests, null, 1));
        },
      ),
      { numRuns: 300 },
    );
    assert.ok(denied > 100, `${denied} denials`);
  });
});
