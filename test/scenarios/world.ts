import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { DisposableStore } from '../../src/base/event.ts';
import { run } from '../../src/cli/run.ts';
import { createClient, createObjects, Kubeconfigs } from '../../src/cluster/index.ts';
import { startLab, type Lab } from '../../src/lab/lab.ts';
import { pods as podResource, services, endpointSlices } from '../../src/lab/resources/catalog.ts';
import { createRuntime } from '../../src/lab/runtime/runtime.ts';
import type { Scenario } from '../../src/lab/scenarios/scenario.ts';
import { isRecord } from '../../src/model/json.ts';
import type { Trace } from '../../src/trace/types.ts';
import { ioOf } from '../unit/cli/support.ts';

/** How long nothing may change in a lab for it to count as settled. */
const quietMs = 400;
const settleLimitMs = 15_000;

/** A lab with one scenario, in this process and behind a real HTTPS server. */
export class ScenarioLab {
  readonly lab: Lab;
  readonly #scenario: Scenario;

  private constructor(lab: Lab, scenario: Scenario) {
    this.lab = lab;
    this.#scenario = scenario;
  }

  static async start(scenario: Scenario): Promise<ScenarioLab> {
    const lab = await startLab({
      scenario,
      port: 0,
      // Restarts come sooner than a real kubelet's, so that a crash loop is one within the test's time.
      createRuntime: (view, faults) =>
        createRuntime(view, { faults, pace: { restartFirst: 200, retry: 200 } }),
      onError: (where, error) => {
        throw new Error(`${scenario.id}: ${where}`, { cause: error });
      },
    });
    return new ScenarioLab(lab, scenario);
  }

  /** Waits until pods, services and endpoints have stopped changing. */
  async settled(): Promise<void> {
    const { store } = this.lab.api;
    const watched = new Set([podResource.storage, services.storage, endpointSlices.storage]);
    let last = Date.now();
    const stop = store.onChange((_change, storage) => {
      if (watched.has(storage)) last = Date.now();
    });
    const begin = Date.now();
    const isStarting = (): boolean =>
      [...store.list(podResource)].some(
        (pod) =>
          (pod.status.containerStatuses ?? []).some(({ state }) =>
            /ContainerCreating|ErrImagePull/.test(state?.waiting?.reason ?? ''),
          ) ||
          (pod.status.containerStatuses === undefined && pod.status.conditions === undefined),
      );
    const deleted = this.#scenario.faults?.deletedPods ?? [];
    const isLingering = (key: string): boolean =>
      [...store.list(podResource)].some(
        (pod) =>
          `${pod.metadata.namespace ?? ''}/${pod.metadata.name}` === key &&
          pod.metadata.deletionTimestamp !== undefined &&
          pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'False') === true,
      );
    while (Date.now() - last < quietMs || isStarting() || !deleted.every(isLingering)) {
      if (Date.now() - begin > settleLimitMs) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    stop();
  }

  /** Runs `podnet trace` as a user does, with the scenario's question. */
  async trace(...options: string[]): Promise<Trace> {
    const question = this.#scenario.ask;
    assert.ok(question, `${this.#scenario.id} has no question`);
    const { io, out, err } = ioOf();
    const code = await run(
      [
        ...['trace', question.from, question.to, '--kubeconfig', this.lab.kubeconfig],
        ...['-o', 'json', '--probe-timeout', '1', ...options],
      ],
      io,
    );
    assert.notEqual(out(), '', `podnet trace printed nothing and ended with ${code}: ${err()}`);
    return JSON.parse(out()) as Trace;
  }

  /** Traces until the answer is the one hoped for, or gives the last one: what was changed takes its moment. */
  async traceUntil(hoped: (answer: Trace) => boolean): Promise<Trace> {
    const begin = Date.now();
    for (;;) {
      await this.settled();
      const answer = await this.trace();
      if (hoped(answer) || Date.now() - begin > settleLimitMs) return answer;
    }
  }

  /** Applies a fix as the editor does, over HTTP. */
  async apply(yaml: string): Promise<void> {
    const store = new DisposableStore();
    try {
      const kubeconfigs = store.add(new Kubeconfigs({ file: this.lab.kubeconfig }));
      const read = await kubeconfigs.read();
      const context = read.is === 'read' ? read.contexts[0] : undefined;
      assert.ok(context, 'the kubeconfig has no context');
      const client = store.add(createClient(kubeconfigs, context));
      const object: unknown = parse(yaml);
      assert.ok(isRecord(object));
      const outcome = await createObjects({ client }).apply(
        object,
        { dryRun: false, force: true },
        AbortSignal.timeout(10_000),
      );
      assert.equal(outcome.is, 'applied', 'message' in outcome ? `${outcome.message}\n${yaml}` : yaml);
    } finally {
      store.dispose();
    }
  }

  close(): Promise<void> {
    return this.lab.close();
  }
}
