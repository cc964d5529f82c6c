import { ingressRules } from './ingress/index.ts';
import { objectRules } from './object/index.ts';
import { podRules } from './pod/index.ts';
import { policyRules } from './policy/index.ts';
import type { Rule } from './rule.ts';
import { schemaRules } from './schema/index.ts';
import { serviceRules } from './service/index.ts';
import { volumeRules } from './volume/index.ts';
import { workloadRules } from './workload/index.ts';

/** Every rule, by family. */
export const rules: readonly Rule[] = [
  ...objectRules,
  ...schemaRules,
  ...serviceRules,
  ...podRules,
  ...volumeRules,
  ...workloadRules,
  ...policyRules,
  ...ingressRules,
];
