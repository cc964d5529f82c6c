import type { Picked, PickOptions } from './pickOne.ts';

export type StepPosition = NonNullable<PickOptions<unknown>['step']>;
/** Asks one thing and keeps the answer; says whether to go on or back. */
export type Step = (position: StepPosition) => Promise<'on' | 'back'>;

/** A step that hands what was picked to `keep`. */
export function step<T>(ask: (position: StepPosition) => Promise<Picked<T>>, keep: (value: T) => void): Step {
  return async (position) => {
    const picked = await ask(position);
    if (picked.is === 'back') return 'back';
    keep(picked.value);
    return 'on';
  };
}

/** Goes through the steps, back and forth as the user likes. @throws CancelledError at any of them. */
export async function walk(steps: readonly Step[]): Promise<void> {
  let index = 0;
  for (let current = steps[0]; current !== undefined; current = steps[index]) {
    const answer = await current({ number: index + 1, of: steps.length, canGoBack: index > 0 });
    index += answer === 'on' ? 1 : -1;
  }
}
