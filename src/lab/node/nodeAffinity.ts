/** Required node affinity of a pod. */
import { at, isObject } from '../objects/json.ts';
import type { Node } from '../objects/network.ts';
import type { Pod } from '../objects/pod.ts';

function matchesExpression(labels: Record<string, string>, expression: unknown): boolean {
  if (!isObject(expression)) return false;
  const { key, operator } = expression;
  const values: unknown[] = Array.isArray(expression.values) ? expression.values : [];
  const value = labels[String(key)];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

/** True where one of the required terms fits the node, or there are none. */
export function matchesNodeAffinity(pod: Pod, node: Node): boolean {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const terms = at(pod.spec.affinity, 'nodeAffinity', required, 'nodeSelectorTerms');
  if (!Array.isArray(terms)) return true;
  const fields = { 'metadata.name': node.metadata.name };
  const all = (list: unknown, labels: Record<string, string>): boolean =>
    !Array.isArray(list) || list.every((expression) => matchesExpression(labels, expression));
  return terms.some(
    (term) =>
      all(at(term, 'matchExpressions'), node.metadata.labels ?? {}) && all(at(term, 'matchFields'), fields),
  );
}
