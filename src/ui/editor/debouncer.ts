import type { Disposable } from '../../base/event.ts';

/** Runs something once a key has been quiet for a while; asking again starts the wait anew. */
export class Debouncer<K> implements Disposable {
  readonly #timers = new Map<K, NodeJS.Timeout>();
  readonly #run: (key: K) => void;

  constructor(run: (key: K) => void) {
    this.#run = run;
  }

  /** @param milliseconds how long the key must be quiet. */
  schedule(key: K, milliseconds: number): void {
    this.cancel(key);
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        this.#run(key);
      }, milliseconds),
    );
  }

  cancel(key: K): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
