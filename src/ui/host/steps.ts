import { pickOne, type Picked, type PickOptions } from './pickOne.ts';

export type StepPosition = NonNullable<PickOptions<unknown>['step']>;
/** Asks one thing and keeps the answer; says whether to go on or back. */
export type Step = (position: StepPosition) => Promise<'on' | 'back'>;

/** A step that hands what was picked to `keep`. */
function step<T>(ask: (position: StepPosition) => Promise<Picked<T>>, keep: (value: T) => void): Step {
  return async (position) => {
    const picked = await ask(position);
    if (picked.is === 'back') return 'back';
    keep(picked.value);
    return 'on';
  };
}

/** A step that lets one be picked, and hands it to `keep`. */
export function pickStep<T>(options: Omit<PickOptions<T>, 'step'>, keep: (value: T) => void): Step {
  return step((position) => pickOne({ ...options, step: position }), keep);
}

/** Goes through the steps, back and forth as the user likes. @throws CancelledError at any of them. */
export async function walk(steps: readonly Step[]): Promise<void> {
  let index = 0;
  for (let current = steps[0]; current !== undefined; current = steps[index]) {
    const answer = await current({ number: index + 1, of: steps.length, canGoBack: index > 0 });
    index += answer === 'on' ? 1 : -1;
  }
}
