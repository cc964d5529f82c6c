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
 * A signal that aborts after a time in milliseconds. Unlike that of AbortSignal.timeout it cannot be collected as
 * garbage while only signals combined with it are held.
 */
export function patience(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  if (!Number.isFinite(milliseconds)) return controller.signal;
  const timer = setTimeout(
    () => controller.abort(new Error('time is up')),
    Math.max(0, Math.min(milliseconds, 2_147_483_647)),
  );
  timer.unref();
  return controller.signal;
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
