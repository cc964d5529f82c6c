import assert from 'node:assert/strict';
import { lookAt } from '../../../src/trace/look.ts';
import { resolveQuestion } from '../../../src/trace/question.ts';
import { explain } from '../../../src/trace/trace.ts';
import type { Trace } from '../../../src/trace/types.ts';
import { pod, policy, worldOf } from '../reach/build.ts';

const service = (name: string, spec: string): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { ${spec} }`;
const printed = (name: string, ready: boolean, state = 'running: {}', phase = 'Running'): string => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name} } }
spec: { nodeName: n1, containers: [{ name: c, image: x, ports: [{ name: http, containerPort: 8080 }] }] }
status:
  phase: ${phase}
  podIP: 10.0.0.1
  conditions: [{ type: Ready, status: "${ready ? 'True' : 'False'}" }]
  containerStatuses: [{ name: c, ready: ${String(ready)}, state: { ${state} } }]`;
const client = pod('client');
const web = pod('web', { ports: '{ name: http, containerPort: 8080 }' });
const toWeb = 'selector: { app: web }, ports: [{ port: 80, targetPort: http }]';

function trace(manifests: string, to: string, from = 'pod/default/client'): Trace {
  const world = worldOf(manifests);
  return explain(lookAt(world, resolveQuestion(world, from, to)));
}

describe('a trace of files', () => {
  it('takes pods for running that have never been in a cluster, with unmet readiness gates too', () => {
    const gated = pod('web', {
      ports: '{ name: http, containerPort: 8080 }',
      spec: 'readinessGates: [{ conditionType: x }]',
    });
    assert.equal(trace(client + gated + service('web', toWeb), 'svc/default/web').verdict, 'reachable');
  });

  it('believes the status of pods that a cluster printed', () => {
    const unready = trace(client + printed('web', false) + service('web', toWeb), 'svc/default/web');
    assert.deepEqual([unready.verdict, unready.cause?.id], ['unreachable', 'endpoints-not-ready']);
    const crashed = printed('web', false, 'waiting: { reason: CrashLoopBackOff }');
    assert.equal(
      trace(client + crashed + service('web', toWeb), 'svc/default/web').cause?.id,
      'pod-not-running',
    );
    assert.equal(
      trace(client + printed('web', true) + service('web', toWeb), 'svc/default/web').verdict,
      'reachable',
    );
  });

  it('does not call reachable what leads to no endpoint that these files show', () => {
    const byHand = trace(client + service('db', 'ports: [{ port: 5432 }]'), 'svc/default/db');
    assert.equal(byHand.verdict, 'inconclusive');
    assert.ok(byHand.notSeen.some((line) => line.includes('no endpoint slice made by hand')));
  });

  it('takes no node for broken of which nothing says whether it is ready', () => {
    const node = (status: string): string => `
---
apiVersion: v1
kind: Node
metadata: { name: n1 }
${status}`;
    const manifests = client + printed('web', true) + service('web', toWeb);
    const silent = trace(manifests + node(''), 'svc/default/web');
    assert.deepEqual([silent.verdict, silent.cause], ['reachable', null]);
    const down = node('status: { conditions: [{ type: Ready, status: Unknown }] }');
    assert.equal(trace(manifests + down, 'svc/default/web').cause?.id, 'node-not-ready');
  });

  it('is no surer than podnet reach, and says what it depends on', () => {
    const block = policy(
      'p',
      'podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]',
    );
    assert.equal(trace(client + web + block, 'pod/default/web:8080').verdict, 'inconclusive');
    const local = trace(
      client + web + service('web', `internalTrafficPolicy: Local, ${toWeb}`),
      'svc/default/web',
    );
    assert.equal(local.verdict, 'inconclusive');
    assert.ok(local.notSeen.some((line) => line.includes('internalTrafficPolicy Local')));
  });

  it('says what a selector matches, though the port leads nowhere', () => {
    const named = trace(
      client + web + service('web', 'selector: { app: web }, ports: [{ port: 80, targetPort: htp }]'),
      'svc/default/web',
    );
    assert.equal(named.cause?.id, 'named-port-missing');
    const [evidence] = named.hops.find(({ hop }) => hop === 'endpoints')?.evidence ?? [];
    assert.equal(evidence?.text, 'its selector matches pod/default/web');
  });

  it('starts at a workload, and ends at one', () => {
    const workload = (name: string): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec: { template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: c, image: x }] } } }`;
    const answer = trace(workload('a') + workload('b'), 'deployment/default/b:80', 'deployment/default/a');
    assert.deepEqual([answer.from, answer.verdict], ['deployment/default/a', 'reachable']);
  });

  it('tells a denial once, with its object', () => {
    const denied = trace(
      client + web + policy('p', 'podSelector: { matchLabels: { app: web } }'),
      'pod/default/web:8080',
    );
    const texts = denied.hops.find(({ hop }) => hop === 'policy')?.evidence.map(({ text }) => text) ?? [];
    assert.equal(texts.length, 1);
    assert.equal(new Set(texts).size, texts.length);
  });
});
