/** All scenarios; the first is the default. */
import { empty } from './empty.ts';
import { applications } from './faults/applications.ts';
import { names } from './faults/names.ts';
import { nodes } from './faults/nodes.ts';
import { pods } from './faults/pods.ts';
import { policies } from './faults/policies.ts';
import { ports } from './faults/ports.ts';
import { services } from './faults/services.ts';
import { several } from './faults/several.ts';
import { lesson } from './lesson.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  lesson,
  empty,
  ...names,
  ...pods,
  ...services,
  ...ports,
  ...policies,
  ...nodes,
  ...applications,
  several,
];

/** The scenario of an id, or undefined. */
export function findScenario(id: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.id === id);
}
