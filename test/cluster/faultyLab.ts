import assert from 'node:assert/strict';
import {
  createClient,
  Kubeconfigs,
  processEnvironment,
  type ClusterClient,
} from '../../src/cluster/index.ts';
import { ExplainedError } from '../../src/base/errors.ts';
import { readingLimits, type ReadingLimits } from '../../src/cluster/watch/readingLimits.ts';
import { kinds } from '../../src/model/objects.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { LabProcess } from './labProcess.ts';

/** As users have it, but pages are short, and what takes minutes takes seconds. */
export const hastyLimits: ReadingLimits = {
  ...readingLimits,
  pageSize: 5,
  watchSeconds: 2,
  silenceMs: 2_500,
};

/** The practice lab in a process of its own, whose API can be made to fail. */
export class FaultyLab {
  readonly #lab: LabProcess;
  readonly #kubeconfigs: Kubeconfigs;
  /** Only changes things: what it does is not disturbed but by cut connections. */
  readonly #hand: ClusterClient;

  private constructor(lab: LabProcess, kubeconfigs: Kubeconfigs, hand: ClusterClient) {
    this.#lab = lab;
    this.#kubeconfigs = kubeconfigs;
    this.#hand = hand;
  }

  static async start(...options: string[]): Promise<FaultyLab> {
    const lab = await LabProcess.start('--scenario', 'empty', ...options);
    const kubeconfigs = new Kubeconfigs({ file: lab.kubeconfig });
    return new FaultyLab(lab, kubeconfigs, await clientOf(kubeconfigs));
  }

  /** A client whose pauses between tries are short. */
  client(): Promise<ClusterClient> {
    return clientOf(this.#kubeconfigs);
  }

  /** @param spec as `--faults` takes it */
  async faults(spec: string): Promise<void> {
    await this.#ask(
      { method: 'PUT', path: '/podnet-lab/faults', body: spec },
      (answer) => assert.equal(answer.faults, spec),
      200,
    );
  }

  /** Creates, changes or deletes; that there is such an object already, or none, is no mistake. */
  async change(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<void> {
    await this.#ask({
      method,
      path,
      ...(body !== undefined && { body }),
      ...(method === 'PATCH' && { contentType: 'application/merge-patch+json' }),
    });
  }

  async stop(): Promise<void> {
    this.#hand.dispose();
    this.#kubeconfigs.dispose();
    await this.#lab.stop();
  }

  /** Whoever changes things is in the same network: cut connections are tried again, while the server restarts too. */
  async #ask(
    request: Omit<Parameters<ClusterClient['json']>[0], 'signal'>,
    check: (answer: Record<string, unknown>) => void = () => undefined,
    tries = 40,
  ): Promise<void> {
    for (let left = tries; ; left--) {
      try {
        check(await this.#hand.json({ ...request, signal: AbortSignal.timeout(30_000) }));
        return;
      } catch (error) {
        if (!(error instanceof ExplainedError)) throw error;
        if (['not-found', 'refused'].includes(error.code)) return;
        if (!error.code.startsWith('connection-') || left <= 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
}

/** Makes the API of the lab behind a kubeconfig fail so. @param spec as `--faults` takes it */
export async function setFaults(kubeconfig: string, spec: string): Promise<void> {
  const kubeconfigs = new Kubeconfigs({ file: kubeconfig });
  const client = await clientOf(kubeconfigs);
  try {
    const signal = AbortSignal.timeout(10_000);
    await client.json({ method: 'PUT', path: '/podnet-lab/faults', body: spec, signal });
  } finally {
    client.dispose();
    kubeconfigs.dispose();
  }
}

async function clientOf(kubeconfigs: Kubeconfigs): Promise<ClusterClient> {
  const contexts = await kubeconfigs.read();
  assert.equal(contexts.is, 'read');
  const context = contexts.contexts.find(({ name }) => name === contexts.current);
  assert.ok(context);
  return createClient(kubeconfigs, context, { ...processEnvironment(), random: () => Math.random() * 0.2 });
}

/** Everything a Snapshot says, as plain data: objects and how complete they are. */
export function contents(snapshot: Snapshot): unknown {
  return Object.fromEntries(
    kinds.map((kind) => [kind, { coverage: snapshot.coverage(kind), objects: snapshot.all(kind) }]),
  );
}
