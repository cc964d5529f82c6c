import type { Rule } from '../rule.ts';
import { selectorTemplateMismatch } from './selectorTemplateMismatch.ts';

export const workloadRules: readonly Rule[] = [selectorTemplateMismatch];
