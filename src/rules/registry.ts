import type { Rule } from './rule.ts';

/** Every rule, by family. */
export const rules: readonly Rule[] = [];
