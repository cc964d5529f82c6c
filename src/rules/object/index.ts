import type { Rule } from '../rule.ts';
import { accessRules } from './accessRules.ts';
import { deprecatedAnnotation } from './deprecatedAnnotation.ts';
import { deprecatedKind } from './deprecatedKind.ts';
import { deprecatedNodeLabel } from './deprecatedNodeLabel.ts';
import { duplicateObject } from './duplicateObject.ts';
import { finalizerName } from './finalizerName.ts';
import { labelSyntax } from './labelSyntax.ts';
import { lostIndentation } from './lostIndentation.ts';
import { missingApiVersion } from './missingApiVersion.ts';
import { missingKind } from './missingKind.ts';
import { namespaceIgnored } from './namespaceIgnored.ts';
import { objectName } from './objectName.ts';
import { removedApiVersion } from './removedApiVersion.ts';
import { selectorSyntax } from './selectorSyntax.ts';
import { unknownKind } from './unknownKind.ts';
import { wrongApiVersion } from './wrongApiVersion.ts';

export const objectRules: readonly Rule[] = [
  accessRules,
  deprecatedAnnotation,
  deprecatedKind,
  deprecatedNodeLabel,
  duplicateObject,
  finalizerName,
  labelSyntax,
  lostIndentation,
  missingApiVersion,
  missingKind,
  namespaceIgnored,
  objectName,
  removedApiVersion,
  selectorSyntax,
  unknownKind,
  wrongApiVersion,
];
