import type { Severity } from './finding.ts';
import { ingressRules } from './ingress/index.ts';
import { objectRules } from './object/index.ts';
import { opinionRules } from './opinion/index.ts';
import { podRules } from './pod/index.ts';
import { policyRules } from './policy/index.ts';
import type { Rule } from './rule.ts';
import { schemaRules } from './schema/index.ts';
import { serviceRules } from './service/index.ts';
import { textProblems } from './textProblems.ts';
import { volumeRules } from './volume/index.ts';
import { workloadRules } from './workload/index.ts';

/** What lists of rules show of each. */
export interface RuleSummary {
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  readonly opinion?: true;
}

/** Rules that belong together, as docs/rules/README.md lists them. */
export interface Family {
  readonly title: string;
  readonly codes: readonly RuleSummary[];
}

/** The families of rules that look at objects. */
const ofObjects: readonly (Family & { readonly codes: readonly Rule[] })[] = [
  { title: 'Objects', codes: objectRules },
  { title: 'Fields and types', codes: schemaRules },
  { title: 'Services', codes: serviceRules },
  { title: 'Pods: containers, ports, probes, DNS', codes: podRules },
  { title: 'Volumes, mounts, claims', codes: volumeRules },
  { title: 'Workloads', codes: workloadRules },
  { title: 'Network policies', codes: policyRules },
  { title: 'Ingresses', codes: ingressRules },
  { title: 'Opinions', codes: opinionRules },
];

/** Every rule that looks at objects, in the order of the families. */
export const rules: readonly Rule[] = ofObjects.flatMap((family) => family.codes);

/** All families, what is wrong with the text itself first. */
export const families: readonly Family[] = [{ title: 'The text', codes: textProblems }, ...ofObjects];
