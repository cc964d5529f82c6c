/** Resolves after a time in milliseconds, or rejects with the signal's reason. */
export function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const abort = (): void => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', abort);
        resolve();
      },
      // Longer delays overflow the platform's timer and would fire at once.
      Math.min(milliseconds, 2_147_483_647),
    );
    signal.addEventListener('abort', abort, { once: true });
  });
}

/**
 * A time limit for something within something longer: its signal aborts when the time is up or when the outer one
 * aborts, whichever is first. The timer goes with the outer signal, or with `end`.
 */
export class Deadline {
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private readonly within: AbortSignal;
  private timer: NodeJS.Timeout | undefined;
  private over = false;

  /** `milliseconds` may be infinite: then only the outer signal counts. */
  constructor(milliseconds: number, within: AbortSignal) {
    this.signal = this.controller.signal;
    this.within = within;
    if (within.aborted) {
      this.controller.abort(within.reason);
      return;
    }
    within.addEventListener('abort', this.follow, { once: true });
    if (!Number.isFinite(milliseconds)) return;
    // Timers may fire a fraction of a millisecond early; a time limit never does.
    const wait = Math.max(0, Math.min(Math.ceil(milliseconds) + 1, 2_147_483_647));
    this.timer = setTimeout(() => {
      this.over = true;
      this.end();
      this.controller.abort(new Error('time is up'));
    }, wait);
  }

  /** Whether the time is up, and not something else was the reason. */
  get expired(): boolean {
    return this.over;
  }

  /** Lets go of the timer. The signal no longer aborts. */
  end(): void {
    clearTimeout(this.timer);
    this.within.removeEventListener('abort', this.follow);
  }

  private readonly follow = (): void => {
    clearTimeout(this.timer);
    this.controller.abort(this.within.reason);
  };
}

/** The reason of an aborted signal as an Error. */
export function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason));
}

/** Waits for a promise, or rejects with the signal's reason as soon as that aborts. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const abort = (): void => reject(reasonOf(signal));
    signal.addEventListener('abort', abort, { once: true });
    promise
      .then(resolve, (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))))
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Waiting for a condition that somebody else changes; `notify` makes all waiters look again. */
export class Changes {
  private waiters = new Set<() => void>();

  notify(): void {
    const woken = this.waiters;
    this.waiters = new Set();
    for (const wake of woken) wake();
  }

  /** Resolves at the next `notify`. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(reasonOf(signal));
        return;
      }
      const abort = (): void => {
        this.waiters.delete(wake);
        reject(reasonOf(signal));
      };
      const wake = (): void => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      this.waiters.add(wake);
      signal.addEventListener('abort', abort, { once: true });
    });
  }
}
