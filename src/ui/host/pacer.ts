import type { Disposable } from '../../base/event.ts';

/** Work is followed by a rest this many times as long, so that it never takes more than a fifth of the time. */
const restFactor = 4;

/**
 * Runs a piece of work soon after it was asked for, however often that is. Small work runs at once; the longer it
 * takes, the longer the pause before it runs again.
 */
export class Pacer implements Disposable {
  readonly #work: () => void;
  readonly #now: () => number;
  #restUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(work: () => void, now: () => number = () => performance.now()) {
    this.#work = work;
    this.#now = now;
  }

  ask(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#restUntil - this.#now();
    if (wait <= 0) this.#run();
    else this.#timer = setTimeout(() => this.#run(), wait);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #run(): void {
    this.#timer = undefined;
    const start = this.#now();
    try {
      this.#work();
    } finally {
      const end = this.#now();
      this.#restUntil = end + restFactor * (end - start);
    }
  }
}
