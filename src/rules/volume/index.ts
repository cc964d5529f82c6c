import type { Rule } from '../rule.ts';
import { mountPath } from './mountPath.ts';
import { mountUnknownVolume } from './mountUnknownVolume.ts';
import { volumeName } from './volumeName.ts';
import { volumeSource } from './volumeSource.ts';
import { volumeWithoutSource } from './volumeWithoutSource.ts';

export const volumeRules: readonly Rule[] = [
  mountPath,
  mountUnknownVolume,
  volumeName,
  volumeSource,
  volumeWithoutSource,
];
