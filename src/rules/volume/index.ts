import type { Rule } from '../rule.ts';
import { claimSpec } from './claimSpec.ts';
import { cloudVolume } from './cloudVolume.ts';
import { emptyDirMedium } from './emptyDirMedium.ts';
import { emptyDirSize } from './emptyDirSize.ts';
import { fileMode } from './fileMode.ts';
import { hostPath } from './hostPath.ts';
import { imageVolumeSubPath } from './imageVolumeSubPath.ts';
import { mountPath } from './mountPath.ts';
import { mountPathOdd } from './mountPathOdd.ts';
import { mountPropagation } from './mountPropagation.ts';
import { mountSubPath } from './mountSubPath.ts';
import { mountUnknownVolume } from './mountUnknownVolume.ts';
import { nestedMount } from './nestedMount.ts';
import { overlappingPaths } from './overlappingPaths.ts';
import { persistentVolume } from './persistentVolume.ts';
import { projectedPaths } from './projectedPaths.ts';
import { recursiveReadOnly } from './recursiveReadOnly.ts';
import { referenceMissing } from './referenceMissing.ts';
import { removedVolumeType } from './removedVolumeType.ts';
import { sharedClaim } from './sharedClaim.ts';
import { storageClass } from './storageClass.ts';
import { subPathNotUpdated } from './subPathNotUpdated.ts';
import { tokenExpiration } from './tokenExpiration.ts';
import { unusedVolume } from './unusedVolume.ts';
import { volumeDevices } from './volumeDevices.ts';
import { volumeItems } from './volumeItems.ts';
import { volumeName } from './volumeName.ts';
import { volumeReference } from './volumeReference.ts';
import { volumeSource } from './volumeSource.ts';
import { volumeWithoutSource } from './volumeWithoutSource.ts';

export const volumeRules: readonly Rule[] = [
  claimSpec,
  cloudVolume,
  emptyDirMedium,
  emptyDirSize,
  fileMode,
  hostPath,
  imageVolumeSubPath,
  mountPath,
  mountPathOdd,
  mountPropagation,
  mountSubPath,
  mountUnknownVolume,
  nestedMount,
  overlappingPaths,
  persistentVolume,
  projectedPaths,
  recursiveReadOnly,
  referenceMissing,
  removedVolumeType,
  sharedClaim,
  storageClass,
  subPathNotUpdated,
  tokenExpiration,
  unusedVolume,
  volumeDevices,
  volumeItems,
  volumeName,
  volumeReference,
  volumeSource,
  volumeWithoutSource,
];
