/** Disturbs the lab's API: lets each request that only reads meet the faults that are on. */
import type { ServerResponse } from 'node:http';
import type { RequestContext } from '../http/context.ts';
import { resourceRoute } from '../http/routes.ts';
import type { Reading } from './apiFault.ts';
import { noFaults } from './plan.ts';
import type { FaultPlan } from './plan.ts';

/** Between two restarts; clients need some time to notice. */
const restartPauseMs = 5000;

export class FaultyApi {
  readonly #restart: () => void;
  /** Watches that no fault has met: they would outlive the change of the faults by minutes. */
  readonly #watches = new Set<ServerResponse>();
  #plan: FaultPlan = noFaults;
  #restartedAt = -Infinity;

  /** @param restart takes the server away for a moment */
  constructor(restart: () => void) {
    this.#restart = restart;
  }

  get plan(): FaultPlan {
    return this.#plan;
  }

  /** Turns faults on, or off. Open watches are ended where faults begin, so that they meet them at once. */
  set(plan: FaultPlan): void {
    this.#plan = plan;
    if (plan.faults.length === 0) return;
    for (const watch of this.#watches) watch.end();
  }

  /** Lets a request meet the faults; true where one of them has answered it, or never will. */
  meets(context: RequestContext): boolean {
    const reading = readingOf(context);
    if (reading === undefined) return false;
    let isDisturbed = false;
    for (const { among, rate, random } of this.#plan.faults) {
      const fitting = among.filter(({ hits }) => hits.includes(reading));
      if (fitting.length === 0 || random() >= rate) continue;
      const fault = fitting[Math.floor(random() * fitting.length)];
      const route = resourceRoute(context.segments);
      isDisturbed = true;
      const restart = (): void => {
        this.#restartSometimes();
      };
      if (fault?.meet({ context, reading, route, random, restart }) === 'answered') return true;
      // One request meets one fault: two hands on the same bytes would undo each other.
      break;
    }
    if (reading === 'watch' && !isDisturbed) this.#remember(context.response);
    return false;
  }

  #remember(watch: ServerResponse): void {
    this.#watches.add(watch);
    watch.once('close', () => this.#watches.delete(watch));
  }

  #restartSometimes(): void {
    if (performance.now() - this.#restartedAt < restartPauseMs) return;
    this.#restartedAt = performance.now();
    this.#restart();
  }
}

/** What a request reads; undefined for what changes the cluster, runs in it, or belongs to the lab itself. */
function readingOf({ request, segments, query }: RequestContext): Reading | undefined {
  if (request.method !== 'GET' || segments[0] === 'podnet-lab') return undefined;
  const route = resourceRoute(segments);
  if (route === undefined || route.name !== undefined) return 'other';
  if (['true', '1'].includes(query.get('watch') ?? '')) return 'watch';
  return query.get('continue') ? 'continue' : 'list';
}
