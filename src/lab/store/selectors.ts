/** Label and field selectors, parsed as kubectl writes them. */
import { at } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { LabelSelector } from '../objects/workloads.ts';

export type Predicate = (object: ApiObject) => boolean;
type Labels = Record<string, string>;

/** A selector that cannot be read or asks for a field that is no selector. */
export class SelectorError extends Error {}

function matchesRequirement(
  labels: Labels,
  key: string,
  operator: string,
  values: readonly string[],
): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      throw new SelectorError(`"${operator}" is not a valid label selector operator`);
  }
}

/** `spec.selector` of workloads and policies: every label and every expression must match. */
export function matchesSelector(selector: LabelSelector, labels: Labels = {}): boolean {
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (selector.matchExpressions ?? []).every(({ key, operator, values }) =>
      matchesRequirement(labels, key, operator, values ?? []),
    )
  );
}

/** `spec.selector` of services: plain equality. */
export function matchesLabels(selector: Labels, labels: Labels = {}): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** Writes a selector as the scale subresource and tables show it. */
export function selectorText(selector: LabelSelector): string {
  const parts = Object.entries(selector.matchLabels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`);
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    if (operator === 'Exists') parts.push(key);
    else if (operator === 'DoesNotExist') parts.push(`!${key}`);
    else parts.push(`${key} ${operator === 'In' ? 'in' : 'notin'} (${(values ?? []).join(',')})`);
  }
  return parts.join(',');
}

/** Commas outside brackets separate requirements. */
function splitRequirements(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth++;
    else if (text[index] === ')') depth--;
    else if (text[index] === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim());
}

const keyPattern = '[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?';
const setPattern = new RegExp(`^(${keyPattern})\\s+(in|notin)\\s+\\(([^)]*)\\)$`);
const equalsPattern = new RegExp(`^(${keyPattern})\\s*(==|=|!=)\\s*([-A-Za-z0-9_.]*)$`);
const existsPattern = new RegExp(`^(!?)\\s*(${keyPattern})$`);

function parseRequirement(text: string): (labels: Labels) => boolean {
  const set = setPattern.exec(text);
  if (set) {
    const values = (set[4] ?? '').split(',').map((value) => value.trim());
    return (labels) => matchesRequirement(labels, set[1] ?? '', set[3] === 'in' ? 'In' : 'NotIn', values);
  }
  const equals = equalsPattern.exec(text);
  if (equals) {
    const operator = equals[3] === '!=' ? 'NotIn' : 'In';
    return (labels) => matchesRequirement(labels, equals[1] ?? '', operator, [equals[4] ?? '']);
  }
  const exists = existsPattern.exec(text);
  if (exists) {
    return (labels) => (labels[exists[2] ?? ''] !== undefined) !== (exists[1] === '!');
  }
  throw new SelectorError(`unable to parse requirement: ${text}`);
}

/** Parses `labelSelector=`; empty selects all. */
export function parseLabelSelector(text: string): Predicate {
  if (text.trim() === '') return () => true;
  const requirements = splitRequirements(text).map(parseRequirement);
  return (object) => requirements.every((matches) => matches(object.metadata.labels ?? {}));
}

/** What may stand in `fieldSelector=` besides metadata.name and metadata.namespace, by storage. */
const selectableFields: Record<string, readonly string[]> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  nodes: ['spec.unschedulable'],
  namespaces: ['status.phase'],
  secrets: ['type'],
  services: ['spec.clusterIP', 'spec.type'],
  replicationcontrollers: ['status.replicas'],
  'replicasets.apps': ['status.replicas'],
  'jobs.batch': ['status.successful'],
};

function fieldText(object: ApiObject, path: string): string {
  const value = path === 'source' ? at(object, 'source', 'component') : at(object, ...path.split('.'));
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return path === 'spec.unschedulable' || path === 'spec.hostNetwork' ? 'false' : '';
}

/** Parses `fieldSelector=`; a field that the resource does not offer is an error, as on a real server. */
export function parseFieldSelector(text: string, storage: string): Predicate {
  if (text.trim() === '') return () => true;
  const supported = ['metadata.name', 'metadata.namespace', ...(selectableFields[storage] ?? [])];
  const terms = text.split(',').map((term) => {
    const match = /^\s*([^=!\s]+)\s*(==|=|!=)\s*(.*?)\s*$/.exec(term);
    if (!match) throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
    const [, path = '', operator, value = ''] = match;
    if (!supported.includes(path)) throw new SelectorError(`field label not supported: ${path}`);
    return { path, negated: operator === '!=', value };
  });
  return (object) =>
    terms.every(({ path, negated, value }) => (fieldText(object, path) === value) !== negated);
}
