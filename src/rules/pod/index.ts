import type { Rule } from '../rule.ts';
import { containerPortName } from './containerPortName.ts';
import { containerPortNumber } from './containerPortNumber.ts';
import { duplicateContainerPort } from './duplicateContainerPort.ts';
import { portNameInTwoContainers } from './portNameInTwoContainers.ts';

export const podRules: readonly Rule[] = [
  containerPortName,
  containerPortNumber,
  duplicateContainerPort,
  portNameInTwoContainers,
];
