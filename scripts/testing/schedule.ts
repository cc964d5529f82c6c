// Runs stages side by side: as soon as what they need is there, and no more at a time than the machine bears.
import type { Need, Outcome, Stage, StageContext } from './stage.ts';
import { failed } from './stage.ts';

/** What a need resolves to: nothing when it is there, the reason when it could not be had. */
export type Provision = Promise<string | undefined>;

export interface Finished {
  stage: Stage;
  outcome: Outcome;
  milliseconds: number;
}

/** Two heavy programs at a time: the smallest machine this is for has two cores. */
const slots = 2;

async function runOne(stage: Stage, context: StageContext, missing: string[]): Promise<Outcome> {
  if (missing.length > 0) return failed(`Could not run: ${missing.join('; ')}`);
  try {
    return await stage.run(context);
  } catch (error) {
    return failed(
      `The stage broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

/**
 * Runs all stages; an earlier one in the list goes first when both could.
 * @param provisions what is being made ready, by need
 * @param done is called for each stage as it ends
 */
export async function schedule(
  stages: readonly Stage[],
  provisions: ReadonlyMap<Need, Provision>,
  context: StageContext,
  done: (finished: Finished) => void,
): Promise<void> {
  const waiting = new Set(stages);
  const ready = new Map<Stage, string[]>();
  let free = slots;
  await new Promise<void>((resolve) => {
    const startWhatFits = (): void => {
      if (waiting.size === 0 && free === slots) resolve();
      for (const stage of waiting) {
        const missing = ready.get(stage);
        if (!missing || stage.weight > free) continue;
        waiting.delete(stage);
        free -= stage.weight;
        const started = Date.now();
        void runOne(stage, context, missing).then((outcome) => {
          free += stage.weight;
          done({ stage, outcome, milliseconds: Date.now() - started });
          startWhatFits();
        });
      }
    };
    for (const stage of stages) {
      const needed = stage.needs.map((need) => provisions.get(need) ?? Promise.resolve(undefined));
      void Promise.all(needed).then((reasons) => {
        ready.set(
          stage,
          reasons.filter((reason) => reason !== undefined),
        );
        startWhatFits();
      });
    }
    startWhatFits();
  });
}
