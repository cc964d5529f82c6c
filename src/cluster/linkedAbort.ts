import type { Disposable } from '../base/event.ts';

/**
 * A signal that follows another one and can be aborted by itself, by hand or by a time-out. Dispose of it when the
 * work is done: the other signal may live long.
 */
export class LinkedAbort implements Disposable {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #timer: NodeJS.Timeout | undefined;
  #timedOut = false;

  constructor(parent: AbortSignal, timeoutMs?: number) {
    this.#parent = parent;
    if (parent.aborted) this.abort();
    else parent.addEventListener('abort', this.abort, { once: true });
    if (timeoutMs === undefined) return;
    this.#timer = setTimeout(() => {
      this.#timedOut = true;
      this.abort();
    }, timeoutMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it was the time-out that aborted it. */
  get timedOut(): boolean {
    return this.#timedOut;
  }

  readonly abort = (): void => this.#controller.abort();

  dispose(): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener('abort', this.abort);
  }
}
