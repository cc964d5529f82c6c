import type { Event } from '../../../../src/base/event.ts';

/** Resolves once the condition holds, looking again after every event. Mocha's timeout ends it otherwise. */
export function waitFor<T>(event: Event<T>, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (condition()) {
      resolve();
      return;
    }
    const subscription = event(() => {
      if (!condition()) return;
      subscription.dispose();
      resolve();
    });
  });
}

/** Resolves once the condition holds, for what has no event. */
export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
