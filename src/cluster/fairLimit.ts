import { CancelledError } from '../base/cancellation.ts';

interface Waiter {
  readonly key: string | undefined;
  readonly start: () => void;
}

/**
 * Lets at most so many jobs run at once, and of those that share a key at most so many. First come, first
 * served, except that a job whose key is full does not hold up the ones behind it.
 */
export class FairLimit {
  readonly #atOnce: number;
  readonly #perKey: number;
  readonly #running = new Map<string | undefined, number>();
  readonly #waiting: Waiter[] = [];
  #count = 0;

  constructor(atOnce: number, perKey = Infinity) {
    this.#atOnce = atOnce;
    this.#perKey = perKey;
  }

  /** Runs a job when its turn comes. @throws CancelledError when the signal aborts before; what the job throws. */
  async run<T>(key: string | undefined, job: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#turn(key, signal);
    try {
      return await job();
    } finally {
      this.#add(key, -1);
      this.#startWaiting();
    }
  }

  #turn(key: string | undefined, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new CancelledError());
        return;
      }
      const waiter: Waiter = {
        key,
        start: () => {
          signal.removeEventListener('abort', onAbort);
          this.#add(key, 1);
          resolve();
        },
      };
      const onAbort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(new CancelledError());
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiter);
      this.#startWaiting();
    });
  }

  #startWaiting(): void {
    for (let at = 0; at < this.#waiting.length && this.#count < this.#atOnce;) {
      const waiter = this.#waiting[at];
      if (waiter !== undefined && this.#hasRoom(waiter.key)) {
        this.#waiting.splice(at, 1);
        waiter.start();
      } else at += 1;
    }
  }

  #hasRoom(key: string | undefined): boolean {
    return key === undefined || (this.#running.get(key) ?? 0) < this.#perKey;
  }

  #add(key: string | undefined, difference: 1 | -1): void {
    this.#count += difference;
    const running = (this.#running.get(key) ?? 0) + difference;
    if (running === 0) this.#running.delete(key);
    else this.#running.set(key, running);
  }
}
