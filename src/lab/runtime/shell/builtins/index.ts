import type { Builtin } from './builtin.ts';
import { controlBuiltins } from './control.ts';
import { inputBuiltins } from './input.ts';
import { jobBuiltins } from './jobs.ts';
import { lookupBuiltins } from './lookup.ts';
import { outputBuiltins } from './output.ts';
import { stateBuiltins } from './state.ts';
import { variableBuiltins } from './variables.ts';

/** All builtins by name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({
    ...controlBuiltins,
    ...inputBuiltins,
    ...jobBuiltins,
    ...lookupBuiltins,
    ...outputBuiltins,
    ...stateBuiltins,
    ...variableBuiltins,
  }),
);
