import { readers } from '../../src/model/readObject.ts';
import type { AnyObject } from '../../src/model/objects.ts';
import { Snapshot } from '../../src/model/snapshot.ts';
import { ReachMatrix } from '../../src/reach/matrix.ts';
import { answerQuery } from '../../src/reach/query.ts';
import { reachSteps } from '../../src/reach/podReach.ts';
import type { World } from '../../src/reach/world.ts';
import { isEmpty } from '../../src/reach/portSet.ts';
import { lookAt } from '../../src/trace/look.ts';
import { resolveQuestion } from '../../src/trace/question.ts';
import { explain } from '../../src/trace/trace.ts';

/**
 * A cluster of `pods` pods in workloads of ten, twenty workloads a namespace, a Service for each workload and as many
 * policies: default-deny in every namespace, and for each workload one that admits its neighbour, DNS and monitoring.
 */
export function generatedWorld(pods: number): World {
  const objects: AnyObject[] = [];
  const workloads = Math.ceil(pods / 10);
  for (let index = 0; index < workloads; index++) {
    const namespace = `team-${Math.floor(index / 20)}`;
    const app = `app-${index % 20}`;
    const neighbour = `app-${(index + 1) % 20}`;
    if (index % 20 === 0) {
      objects.push(
        readers.Namespace({ metadata: { name: namespace, labels: { tier: index % 40 === 0 ? 'a' : 'b' } } }),
      );
    }
    for (let replica = 0; replica < 10; replica++) {
      const ip = `10.${(index >> 5) & 255}.${(index & 31) * 8 + (replica >> 3)}.${(replica & 7) + 1}`;
      objects.push(
        readers.Pod({
          metadata: {
            name: `${app}-${replica}`,
            namespace,
            labels: { app, 'pod-template-hash': `h${index}` },
            ownerReferences: [{ kind: 'ReplicaSet', name: `${app}-h${index}`, controller: true }],
          },
          spec: {
            nodeName: `node-${replica}`,
            containers: [{ name: 'c', image: 'nginx', ports: [{ name: 'http', containerPort: 8080 }] }],
          },
          status: { phase: 'Running', podIP: ip, conditions: [{ type: 'Ready', status: 'True' }] },
        }),
      );
    }
    objects.push(
      readers.Service({
        metadata: { name: app, namespace },
        spec: {
          clusterIP: `172.${16 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
          selector: { app },
          ports: [{ port: 80, targetPort: 'http' }],
        },
      }),
      readers.NetworkPolicy({
        metadata: { name: app, namespace },
        spec: {
          podSelector: index % 20 === 0 ? {} : { matchLabels: { app } },
          policyTypes: index % 2 === 0 ? ['Ingress'] : ['Ingress', 'Egress'],
          ingress: [
            { from: [{ podSelector: { matchLabels: { app: neighbour } } }], ports: [{ port: 'http' }] },
            {
              from: [{ namespaceSelector: { matchLabels: { tier: 'a' } } }],
              ports: [{ port: 9090, endPort: 9100 }],
            },
          ],
          egress: [
            { to: [{ namespaceSelector: {} }], ports: [{ protocol: 'UDP', port: 53 }] },
            { to: [{ podSelector: {} }] },
          ],
        },
      }),
    );
  }
  return { snapshot: Snapshot.of(objects), running: true };
}

/** All pairs, then single queries, at growing sizes; one JSON line each. */
export function benchReach(sizes: readonly number[] = [1_000, 10_000, 50_000]): void {
  for (const size of sizes) {
    const world = generatedWorld(size);
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    const matrix = new ReachMatrix(world);
    let open = 0;
    for (const from of matrix.classes) {
      for (const to of matrix.classes) if (!isEmpty(matrix.betweenClasses(from, to).allowed)) open++;
    }
    const allPairsMs = performance.now() - start;
    const keptMb = (process.memoryUsage().heapUsed - before) / 1e6;
    const queries = 2_000;
    const started = performance.now();
    for (let index = 0; index < queries; index++) {
      const team = index % Math.max(1, Math.floor(size / 200));
      answerQuery(world, {
        from: `pod/team-${team}/app-1-0`,
        to: `svc/team-${team}/app-2`,
        port: 80,
        protocol: 'TCP',
      });
    }
    const queryMs = (performance.now() - started) / queries;
    console.log(
      JSON.stringify({
        bench: 'reach',
        pods: size,
        classes: matrix.classes.length,
        pairs: matrix.classes.length ** 2,
        open,
        allPairsMs: Math.round(allPairsMs),
        heapMb: Math.round(keptMb),
        queryMs: Number(queryMs.toFixed(4)),
        ...onePod(generatedWorld(size)),
        changeMs: changesOf(world, matrix),
      }),
    );
  }
}

/**
 * What a person waits for who asks about one connection, and about one pod, of a cluster nobody has asked about yet; and how
 * long at most the extension host does nothing else meanwhile.
 */
function onePod(world: World): Record<string, number> {
  const pod = world.snapshot.get('Pod', 'team-0', 'app-1-0');
  if (pod === undefined) throw new Error('The generated cluster has no team-0');
  const started = performance.now();
  const question = resolveQuestion(world, 'pod/team-0/app-1-0', 'svc/team-0/app-2:80');
  explain(lookAt(world, question));
  const explainMs = performance.now() - started;
  const steps = reachSteps(world, pod, 'in');
  let [aroundMs, longestStepMs] = [0, 0];
  for (;;) {
    const before = performance.now();
    const { done } = steps.next();
    const took = performance.now() - before;
    aroundMs += took;
    longestStepMs = Math.max(longestStepMs, took);
    if (done === true) break;
  }
  const figures = { explainMs, aroundMs, longestStepMs };
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(1))]));
}

/** What following one change costs, and asking for every pair of its namespace again. */
function changesOf(world: World, matrix: ReachMatrix): Record<string, number> {
  const pod = world.snapshot.get('Pod', 'team-0', 'app-1-0');
  const policy = world.snapshot.get('NetworkPolicy', 'team-0', 'app-1');
  if (pod === undefined || policy === undefined) throw new Error('The generated cluster has no team-0');
  const changes = {
    pod: { ...pod, ready: !pod.ready },
    newLabels: { ...pod, labels: { app: 'app-2' } },
    policy: { ...policy, ingress: [] },
    clusterPolicy: readers.ClusterNetworkPolicy({
      metadata: { name: 'quarantine' },
      spec: {
        tier: 'Admin',
        priority: 1,
        subject: { namespaces: {} },
        ingress: [{ action: 'Deny', from: [{ pods: { podSelector: { matchLabels: { app: 'app-9' } } } }] }],
      },
    }),
  };
  let before = world.snapshot;
  return Object.fromEntries(
    Object.entries(changes).map(([name, object]) => {
      const started = performance.now();
      const { snapshot, touched } = before.with([{ type: 'put', object }]);
      before = snapshot;
      matrix.update({ ...world, snapshot }, touched);
      const own = matrix.classes.filter(({ sample }) => sample.namespace === 'team-0');
      for (const from of own) for (const to of own) matrix.betweenClasses(from, to);
      return [name, Number((performance.now() - started).toFixed(2))];
    }),
  );
}
