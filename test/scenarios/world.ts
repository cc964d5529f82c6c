import assert from 'node:assert/strict';
import { run } from '../../src/cli/run.ts';
import { startLab, type Lab } from '../../src/lab/lab.ts';
import { pods as podResource, services, endpointSlices } from '../../src/lab/resources/catalog.ts';
import { createRuntime } from '../../src/lab/runtime/runtime.ts';
import type { Scenario } from '../../src/lab/scenarios/scenario.ts';
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
    while (Date.now() - last < quietMs || isStarting()) {
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

  close(): Promise<void> {
    return this.lab.close();
  }
}
