import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createClient, createConnection, createExec, Kubeconfigs } from '../../src/cluster/index.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { BatchChecker } from '../../src/probe/batch/batchChecker.ts';
import type { CheckRecord } from '../../src/probe/check.ts';
import { ContainerChecker } from '../../src/probe/checker.ts';
import type { Exec } from '../../src/probe/exec.ts';
import { checkMatrix, type MatrixRow } from '../../src/probe/matrix/checkMatrix.ts';
import { planTargets } from '../../src/probe/plan.ts';
import { ensureKubectl } from '../../scripts/tools/kubectl.ts';
import { LabProcess } from '../cluster/labProcess.ts';

/** What a loop of `kubectl exec … curl` takes on a real cluster: 8.6 s for 40 checks (measured on 1.36). */
const realLoopMsPerCheck = 215;

/** Pods with curl, as many as the larger matrix has rows. */
function workload(pods: number): unknown {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'bench', namespace: 'default' },
    spec: {
      replicas: pods,
      selector: { matchLabels: { app: 'bench' } },
      template: {
        metadata: { labels: { app: 'bench' } },
        spec: { containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }] }] },
      },
    },
  };
}

/** Counts execs, and how many run at the same time. */
class CountedExec implements Exec {
  readonly #exec: Exec;
  count = 0;
  most = 0;
  #running = 0;

  constructor(exec: Exec) {
    this.#exec = exec;
  }

  async run(...args: Parameters<Exec['run']>): ReturnType<Exec['run']> {
    this.count += 1;
    this.most = Math.max(this.most, ++this.#running);
    try {
      return await this.#exec.run(...args);
    } finally {
      this.#running -= 1;
    }
  }
}

function rowsOf(snapshot: Snapshot, sources: number, targets: number): readonly MatrixRow[] {
  const pods = snapshot.inNamespace('Pod', 'default');
  return pods.slice(0, sources).map((pod) => {
    const from = { namespace: 'default', pod: pod.name, container: 'web' };
    const others = pods.filter((other) => other !== pod).slice(0, targets);
    return {
      from,
      targets: others.flatMap(
        ({ namespace, name }) => planTargets({ is: 'pod', namespace, name }, snapshot, { from }).targets,
      ),
    };
  });
}

/** The loop a person would write: one `kubectl exec … curl` after the other. @returns milliseconds in all */
async function kubectlLoop(kubectl: string, kubeconfig: string, rows: readonly MatrixRow[]): Promise<number> {
  const started = performance.now();
  for (const { from, targets } of rows) {
    for (const { host, port } of targets) {
      const curl = ['curl', '-s', '-o', '/dev/null', '-m', '5', `http://${host}:${port}/`];
      const child = spawn(
        kubectl,
        [
          '--kubeconfig',
          kubeconfig,
          'exec',
          '-n',
          from.namespace,
          from.pod,
          '-c',
          from.container,
          '--',
          ...curl,
        ],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code !== 0) throw new Error(`kubectl exec ended with ${String(code)}`);
    }
  }
  return performance.now() - started;
}

/** Waits until all pods of the bench are ready. */
async function whenReady(
  connection: ReturnType<typeof createConnection>,
  pods: number,
  signal: AbortSignal,
): Promise<Snapshot> {
  await connection.whenRead(signal);
  for (;;) {
    const { snapshot } = connection;
    if (snapshot.inNamespace('Pod', 'default').filter(({ ready }) => ready).length === pods) return snapshot;
    await new Promise<void>((resolve) => {
      const subscription = connection.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
}

/**
 * Matrices of 40 and 10,000 checks against the lab in its own process, beside the loop a person would write on the
 * same server: that is timed at 40 and extrapolated from there.
 */
export async function benchChecks(
  sizes: readonly (readonly [number, number])[] = [
    [4, 10],
    [100, 100],
  ],
): Promise<void> {
  const { signal } = new AbortController();
  const lab = await LabProcess.start('--scenario', 'empty');
  const kubectl = await ensureKubectl(() => undefined);
  const kubeconfigs = new Kubeconfigs({ file: lab.kubeconfig });
  const contexts = await kubeconfigs.read();
  const context = contexts.is === 'read' ? contexts.contexts[0] : undefined;
  if (context === undefined) throw new Error('the lab has no context');
  const client = createClient(kubeconfigs, context);
  const connection = createConnection({ client, scope: { is: 'only', namespaces: ['default'] } });
  const watch = connection.watch();
  try {
    const pods = Math.max(...sizes.map(([sources]) => sources)) + 1;
    await client.json({
      method: 'POST',
      path: '/apis/apps/v1/namespaces/default/deployments',
      body: workload(pods),
      signal,
    });
    const snapshot = await whenReady(connection, pods, signal);
    let loopMsPerCheck: number | undefined;
    for (const [sources, targets] of sizes) {
      const rows = rowsOf(snapshot, sources, targets);
      const checks = rows.reduce((sum, row) => sum + row.targets.length, 0);
      const exec = new CountedExec(
        createExec({
          client,
          nodeOf: ({ namespace, pod }) => snapshot.get('Pod', namespace, pod)?.nodeName,
        }),
      );
      const imageOf = (): string => 'nginx';
      const checker = new BatchChecker(exec, new ContainerChecker(exec, { imageOf }), { imageOf });
      globalThis.gc?.();
      const before = process.memoryUsage().rss;
      let peak = before;
      const records: CheckRecord[] = [];
      const started = performance.now();
      await checkMatrix(
        checker,
        rows,
        {},
        (done) => {
          records.push(...done);
          peak = Math.max(peak, process.memoryUsage().rss);
        },
        signal,
      );
      const ms = performance.now() - started;
      const loopMs =
        loopMsPerCheck === undefined ? await kubectlLoop(kubectl.binary, lab.kubeconfig, rows) : undefined;
      loopMsPerCheck ??= (loopMs ?? 0) / checks;
      const loop = loopMsPerCheck * checks;
      console.log(
        JSON.stringify({
          bench: 'checks',
          sources,
          targets,
          checks: records.length,
          reachable: records.filter(({ verdict }) => verdict === 'reachable').length,
          ms: Math.round(ms),
          execs: exec.count,
          mostAtOnce: exec.most,
          peakMb: Math.round(peak / 1e6),
          grewMb: Math.round((peak - before) / 1e6),
          kubectlLoopMs: Math.round(loop),
          kubectlLoop: loopMs === undefined ? 'extrapolated from 40' : 'measured',
          timesFaster: Number((loop / ms).toFixed(1)),
          timesFasterThanRealLoop: Number(((realLoopMsPerCheck * checks) / ms).toFixed(1)),
        }),
      );
    }
  } finally {
    watch.dispose();
    connection.dispose();
    client.dispose();
    kubeconfigs.dispose();
    await lab.stop();
  }
}
