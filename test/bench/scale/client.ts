/** One client of the bench in a process of its own: reads the cluster, then follows its changes. */
import { setTimeout as delay } from 'node:timers/promises';
import { Blocks, round } from './blocks.ts';
import { connectionClient } from './connectionClient.ts';
import { informerClient } from './informerClient.ts';
import type { ClientAnswer, ClientRequest, ClientTask } from './messages.ts';

/** A client under measurement. */
export interface Client {
  /** Loads what reading needs, and signs in once. */
  warmUp(): Promise<void>;
  /** Reads everything; resolves when all is there. @param onFirst hears of the first pod */
  read(onFirst: () => void): Promise<void>;
  /** Calls back for every changed pod that it learns of. */
  watch(onChange: (changedAt: number) => void): void;
  close(): void;
}

function say(answer: ClientAnswer): void {
  process.send?.(answer);
}

function nextRequest(): Promise<ClientRequest> {
  return new Promise((resolve) => process.once('message', (request: ClientRequest) => resolve(request)));
}

const megabyte = 1 << 20;

function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const task = JSON.parse(process.argv[2] ?? '{}') as ClientTask;

async function measure(): Promise<void> {
  const client = task.client === 'connection' ? connectionClient(task) : await informerClient(task);
  if (task.warm) await client.warmUp();
  const before = heapUsed();
  const startRssMb = Math.round(process.memoryUsage().rss / megabyte);
  await delay(50);
  const blocks = new Blocks();
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  let firstRowMs = 0;
  await client.read(() => (firstRowMs = performance.now() - startedAt));
  const completeMs = performance.now() - startedAt;
  await delay(20);
  const { user, system } = process.cpuUsage(cpu);
  const read = {
    firstRowMs: round(firstRowMs),
    completeMs: round(completeMs),
    ...blocks.take(),
    cpuMs: round((user + system) / 1000),
    startRssMb,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    keptBytesPerPod: Math.round((heapUsed() - before) / task.pods),
  };
  say({ is: 'read', figures: read });
  if (task.churn) await follow(client, blocks);
  blocks.stop();
  client.close();
}

async function follow(client: Client, blocks: Blocks): Promise<void> {
  await nextRequest();
  const lags: number[] = [];
  client.watch((changedAt) => lags.push(Date.now() - changedAt));
  blocks.take();
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  say({ is: 'watching' });
  const request = await nextRequest();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - startedAt) / 1000;
  const changes = request.is === 'finish' ? request.changes : 0;
  // As long as something still comes, nothing is lost.
  for (let seen = -1; lags.length < changes && lags.length > seen;) {
    seen = lags.length;
    for (let turn = 0; turn < 100 && lags.length < changes; turn++) await delay(100);
  }
  const sorted = Float64Array.from(lags).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  say({
    is: 'churned',
    figures: {
      seen: lags.length,
      dropped: changes - lags.length,
      lagP50Ms: at(0.5),
      lagP99Ms: at(0.99),
      cpuPercent: Math.round((user + system) / 10_000 / seconds),
      ...blocks.take(),
    },
  });
}

try {
  await measure();
} catch (error) {
  say({ is: 'failed', message: error instanceof Error ? error.message : String(error) });
}
process.disconnect();
