import { CancelledError } from '../../base/cancellation.ts';
import type { Event } from '../../base/event.ts';

/**
 * Waits for an outcome, looking again after every change.
 * @param look `read`, or an error to reject with, or undefined to wait on
 * @throws CancelledError, and what `look` gives
 */
export function settled(
  changed: Event<void>,
  look: () => 'read' | Error | undefined,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      subscription.dispose();
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = (): void => finish(() => reject(new CancelledError()));
    const check = (): void => {
      const outcome = look();
      if (outcome === 'read') finish(resolve);
      else if (outcome !== undefined) finish(() => reject(outcome));
    };
    const subscription = changed(check);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else check();
  });
}
