import { CancelledError } from './cancellation.ts';

/** After so long others get their turn: half a frame of the screen. */
const longestMs = 8;

/**
 * Does long work in short pieces, so that a process that serves others too, such as the extension host, stays responsive.
 * @param work yields wherever it may be interrupted
 * @throws CancelledError
 */
export async function inSlices<T>(work: Iterator<void, T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const since = performance.now();
    do {
      const { done, value } = work.next();
      if (done === true) return value;
    } while (performance.now() - since < longestMs);
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted === true) throw new CancelledError();
  }
}

/** Does the same work at once. */
export function atOnce<T>(work: Iterator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
