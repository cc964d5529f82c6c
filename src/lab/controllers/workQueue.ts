/** A queue of keys to reconcile: each key once, in order, never two at a time, with retries after failures. */

export interface WorkQueueOptions {
  reconcile: (key: string) => void | Promise<void>;
  /** Told of a failure before the key is tried again. */
  onError: (key: string, error: unknown) => void;
}

const retryDelays = [50, 200, 1000, 5000];

export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #pending = new Set<string>();
  readonly #failures = new Map<string, number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #running = false;
  #disposed = false;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  add(key: string): void {
    if (this.#disposed) return;
    this.#pending.add(key);
    if (this.#running) return;
    this.#running = true;
    setImmediate(() => void this.#drain());
  }

  /** Adds the key after a while; a queue that is disposed of forgets it. */
  addLater(key: string, milliseconds: number): void {
    if (this.#disposed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.add(key);
    }, milliseconds);
    this.#timers.add(timer);
  }

  dispose(): void {
    this.#disposed = true;
    this.#pending.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #drain(): Promise<void> {
    for (const key of this.#pending) {
      // What is added again while it is worked on comes once more at the end.
      this.#pending.delete(key);
      try {
        await this.#options.reconcile(key);
        this.#failures.delete(key);
      } catch (error) {
        const failures = this.#failures.get(key) ?? 0;
        this.#failures.set(key, failures + 1);
        this.#options.onError(key, error);
        this.addLater(key, retryDelays[Math.min(failures, retryDelays.length - 1)] ?? 5000);
      }
    }
    this.#running = false;
  }
}
