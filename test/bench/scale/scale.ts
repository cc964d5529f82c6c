import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureKubectl } from '../../../scripts/tools/kubectl.ts';
import type { ChurnFigures, ClientTask, ReadFigures } from './messages.ts';
import { runProgram, startClient, startServer } from './processes.ts';

const root = path.join(import.meta.dirname, '../../..');
const changesASecond = 1_000;

export interface ScaleOptions {
  readonly pods: readonly number[];
  /** How long each client follows changes, in seconds; 0: not at all. */
  readonly churnSeconds: number;
  /** How often each is measured; the median of each figure is printed. */
  readonly runs: number;
  /** Which parts to measure; all: undefined. */
  readonly parts: ReadonlySet<string> | undefined;
  readonly build: boolean;
  /** Of a real cluster to read instead of the lab; nothing is changed in it, so nothing is followed. */
  readonly kubeconfig?: string | undefined;
}

type Server = ReturnType<typeof startServer>;

function print(line: object): void {
  console.log(JSON.stringify({ bench: 'scale', ...line }));
}

/** The figure in the middle of each. */
function median(all: readonly object[]): Record<string, number> {
  const names = Object.keys(all[0] ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const values = all.map((each) => (each as Record<string, number>)[name] ?? 0).sort((a, b) => a - b);
      return [name, values[Math.floor(values.length / 2)] ?? 0];
    }),
  );
}

/** Reading and following with one client; prints both. Failure is a figure too: a client may not manage the size. */
async function benchClient(
  server: Server | undefined,
  what: string,
  task: ClientTask,
  options: ScaleOptions,
): Promise<void> {
  const reads: (ReadFigures & { requests?: number; connections?: number })[] = [];
  const churns: ChurnFigures[] = [];
  try {
    for (let run = 0; run < options.runs; run++) {
      await counted(server);
      const client = startClient(task);
      try {
        const { figures } = await client.next('read');
        reads.push({ ...figures, ...(await counted(server)) });
        if (task.churn && server) churns.push(await follow(server, client, options.churnSeconds));
      } finally {
        await client.stop();
      }
    }
  } catch (error) {
    print({ what, pods: task.pods, failed: error instanceof Error ? error.message : String(error) });
    return;
  }
  print({ what, pods: task.pods, runs: reads.length, ...median(reads) });
  if (churns.length > 0) {
    const dropped = churns.reduce((sum, each) => sum + each.dropped, 0);
    print({ what: `${what}, ${changesASecond} changes/s`, pods: task.pods, ...median(churns), dropped });
  }
}

/** How many requests and connections there were since the last time, where the server is ours to ask. */
async function counted(server: Server | undefined): Promise<{ requests?: number; connections?: number }> {
  if (server === undefined) return {};
  server.tell({ is: 'count' });
  const { requests, connections } = await server.next('counted');
  return { requests, connections };
}

async function follow(
  server: Server,
  client: ReturnType<typeof startClient>,
  seconds: number,
): Promise<ChurnFigures> {
  client.tell({ is: 'watch' });
  await client.next('watching');
  server.tell({ is: 'churn', rate: changesASecond });
  await server.next('churning');
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  server.tell({ is: 'still' });
  const { changes } = await server.next('still');
  client.tell({ is: 'finish', changes });
  return (await client.next('churned')).figures;
}

/** kubectl and podnet list, one after the other in each run, and how they compare. */
async function benchPrograms(kubeconfig: string, pods: number, options: ScaleOptions): Promise<void> {
  const { binary, version } = await ensureKubectl(() => undefined);
  const cli = path.join(root, 'dist/cli.js');
  const kubectl: Awaited<ReturnType<typeof runProgram>>[] = [];
  const podnet: typeof kubectl = [];
  for (let run = 0; run < options.runs; run++) {
    kubectl.push(await runProgram(binary, ['--kubeconfig', kubeconfig, 'get', 'pods', '-A', '-o', 'wide']));
    podnet.push(
      await runProgram(process.execPath, [cli, 'list', '-A', '--kubeconfig', kubeconfig, '--timeout', '300']),
    );
  }
  const [theirs, ours] = [median(kubectl), median(podnet)];
  print({ what: 'kubectl get pods -A -o wide', version, pods, runs: kubectl.length, ...theirs });
  print({ what: 'podnet list -A', pods, runs: podnet.length, ...ours });
  const ratio = (name: string): number => Number(((ours[name] ?? 0) / (theirs[name] ?? 1)).toFixed(2));
  print({
    what: `podnet list : kubectl, against ${options.kubeconfig === undefined ? 'the lab' : 'the real cluster'}`,
    pods,
    time: ratio('ms'),
    cpu: ratio('cpuMs'),
    peakRss: ratio('peakRssMb'),
  });
}

/** Big clusters: our connection, client-node's informer, kubectl and podnet against the same server. */
export async function benchScale(options: ScaleOptions): Promise<void> {
  const wants = (part: string): boolean => options.parts === undefined || options.parts.has(part);
  if (options.build && wants('programs')) {
    const built = spawnSync(process.execPath, ['esbuild.mjs', '--production'], {
      cwd: root,
      stdio: 'inherit',
    });
    if (built.status !== 0) throw new Error('the build failed');
  }
  if (options.kubeconfig !== undefined) {
    const { kubeconfig } = options;
    await benchCluster(undefined, kubeconfig, await countPods(kubeconfig), { ...options, churnSeconds: 0 });
    return;
  }
  for (const pods of options.pods) {
    const server = startServer(pods);
    try {
      const { kubeconfig } = await server.next('started');
      await benchCluster(server, kubeconfig, pods, options);
    } finally {
      await server.stop();
    }
  }
}

async function benchCluster(
  server: Server | undefined,
  kubeconfig: string,
  pods: number,
  options: ScaleOptions,
): Promise<void> {
  const wants = (part: string): boolean => options.parts === undefined || options.parts.has(part);
  const task = { kubeconfig, pods, client: 'connection', warm: true, churn: false } as const;
  // The lab encodes each object once, as it is first asked for; nobody is measured while it does.
  const first = startClient(task);
  await first.next('read');
  await first.stop();
  const churn = options.churnSeconds > 0;
  if (wants('connection')) await benchClient(server, 'connection', { ...task, churn }, options);
  if (wants('cold')) {
    await benchClient(server, 'connection, with loading of modules', { ...task, warm: false }, options);
  }
  if (wants('json')) await benchClient(server, 'connection, JSON', { ...task, json: true }, options);
  if (wants('informer')) {
    await benchClient(server, "client-node's informer", { ...task, client: 'informer', churn }, options);
  }
  if (wants('programs')) await benchPrograms(kubeconfig, pods, options);
}

async function countPods(kubeconfig: string): Promise<number> {
  const { binary } = await ensureKubectl(() => undefined);
  const { status, stdout, stderr } = spawnSync(
    binary,
    ['--kubeconfig', kubeconfig, 'get', 'pods', '-A', '-o', 'name'],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(`the pods of ${kubeconfig} cannot be counted: ${stderr}`);
  return stdout.trim().split('\n').length;
}
