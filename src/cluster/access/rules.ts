import { flag, list, record, text, type Json } from '../../model/json.ts';
import type { Action } from '../../model/requests.ts';

/** One line of what a user may do in a namespace (authorization/v1 ResourceRule). */
interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Empty: all of them. */
  readonly resourceNames: readonly string[];
}

/** What a SelfSubjectRulesReview says of one namespace. */
export interface Rules {
  readonly rules: readonly Rule[];
  /** Whether an authorizer could not list what it allows: what is not here may be allowed all the same. */
  readonly incomplete: boolean;
}

export function readRules(review: Json): Rules {
  const status = record(review.status);
  return {
    rules: list(status.resourceRules)
      .map(record)
      .map((rule) => ({
        verbs: list(rule.verbs).map(text),
        apiGroups: list(rule.apiGroups).map(text),
        resources: list(rule.resources).map(text),
        resourceNames: list(rule.resourceNames).map(text),
      })),
    // A server that does not say so has not said all.
    incomplete: flag(status.incomplete, true),
  };
}

/** Whether a rule allows it, by the matching of Kubernetes' RBAC (rbac/v1 evaluation helpers). */
export function isAllowedBy({ rules }: Rules, action: Action): boolean {
  const { verb, group = '', resource, subresource = '', name } = action;
  const full = subresource === '' ? resource : `${resource}/${subresource}`;
  const has = (allowed: readonly string[], ...wanted: string[]): boolean =>
    allowed.includes('*') || wanted.some((value) => allowed.includes(value));
  return rules.some(
    (rule) =>
      has(rule.verbs, verb) &&
      has(rule.apiGroups, group) &&
      has(rule.resources, full, ...(subresource === '' ? [] : [`*/${subresource}`])) &&
      (rule.resourceNames.length === 0 || (name !== undefined && rule.resourceNames.includes(name))),
  );
}
