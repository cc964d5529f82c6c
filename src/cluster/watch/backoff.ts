import type { Environment } from '../environment.ts';

const firstMs = 800;
const longestMs = 30_000;
const resetAfterMs = 120_000;

/** How long to wait before the next try: client-go's reflector's numbers, with full jitter. */
export class Backoff {
  readonly #environment: Pick<Environment, 'now' | 'random'>;
  #ceiling = firstMs;
  #lastAt = -Infinity;

  constructor(environment: Pick<Environment, 'now' | 'random'>) {
    this.#environment = environment;
  }

  /** Milliseconds; up to 0.8 s first, doubled each time up to 30 s, from the start again after 2 quiet minutes. */
  next(): number {
    const now = this.#environment.now();
    if (now - this.#lastAt > resetAfterMs) this.reset();
    this.#lastAt = now;
    const delay = Math.max(50, this.#ceiling * this.#environment.random());
    this.#ceiling = Math.min(longestMs, this.#ceiling * 2);
    return delay;
  }

  reset(): void {
    this.#ceiling = firstMs;
  }
}
