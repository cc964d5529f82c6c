import type { Labels } from './objects.ts';
import { list, record, strings, text } from './json.ts';

/** A meta/v1 LabelSelector. An empty one matches everything; an absent one is `undefined`, and not the same. */
export interface LabelSelector {
  readonly matchLabels: Labels;
  readonly matchExpressions: readonly LabelExpression[];
}

export interface LabelExpression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

const operators: ReadonlySet<unknown> = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);

/** Reads a LabelSelector; undefined where the field is absent or null. */
export function readLabelSelector(value: unknown): LabelSelector | undefined {
  if (value === undefined || value === null) return undefined;
  const selector = record(value);
  const matchExpressions = list(selector.matchExpressions)
    .map(record)
    .filter((expression) => operators.has(expression.operator))
    .map((expression) => ({
      key: text(expression.key),
      operator: expression.operator as LabelExpression['operator'],
      values: list(expression.values).map(text),
    }));
  return { matchLabels: strings(selector.matchLabels), matchExpressions };
}

/**
 * Whether the selector matches these labels. `NotIn` and `DoesNotExist` match where the key is absent
 * (meta/v1 LabelSelectorRequirement; labels.Requirement.Matches).
 */
export function labelsMatch(selector: LabelSelector, labels: Labels): boolean {
  for (const key in selector.matchLabels) {
    if (!Object.hasOwn(labels, key) || labels[key] !== selector.matchLabels[key]) return false;
  }
  return selector.matchExpressions.every((expression) => expressionMatches(expression, labels));
}

function expressionMatches({ key, operator, values }: LabelExpression, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
  }
}
