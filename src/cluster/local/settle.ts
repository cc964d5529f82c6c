import { CancelledError } from '../../base/cancellation.ts';

/**
 * Waits for one answer within a time, or for the signal.
 * @param begin starts the work and gets what to call with the answer; returns how to end it.
 * @param late the answer when the time is up.
 * @throws CancelledError
 */
export function settle<T>(
  milliseconds: number,
  signal: AbortSignal,
  begin: (answer: (value: T) => void) => () => void,
  late: () => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      end();
    };
    const answer = (value: T): void => {
      stop();
      resolve(value);
    };
    const onAbort = (): void => {
      stop();
      reject(new CancelledError());
    };
    const timer = setTimeout(() => answer(late()), milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
    const end = begin(answer);
  });
}
