/** All scenarios; the first is the default. */
import { empty } from './empty.ts';
import { lesson } from './lesson.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [lesson, empty];

/** The scenario of an id, or undefined. */
export function findScenario(id: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.id === id);
}
