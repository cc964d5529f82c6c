import type { Rule } from '../rule.ts';
import { badQuantity } from './badQuantity.ts';
import { missingField } from './missingField.ts';
import { octalNumber } from './octalNumber.ts';
import { unknownField } from './unknownField.ts';
import { unknownValue } from './unknownValue.ts';
import { wrongType } from './wrongType.ts';
import { yamlBoolean } from './yamlBoolean.ts';

export const schemaRules: readonly Rule[] = [
  badQuantity,
  missingField,
  octalNumber,
  unknownField,
  unknownValue,
  wrongType,
  yamlBoolean,
];
