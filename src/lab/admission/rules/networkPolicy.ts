/** Validation of network policies (pkg/apis/networking/validation). */
import { isObject } from '../../objects/json.ts';
import type { ApiObject } from '../../objects/meta.ts';
import { forbiddenField, invalidValue, notSupported, required } from '../fieldErrors.ts';
import type { FieldError } from '../fieldErrors.ts';
import { checked, labelSelector, metadata, oneOf, portOrName, protocols } from './common.ts';
import { cidr, isStrictSubset, parseCidr } from './names.ts';

type Fields = Record<string, unknown>;

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function port({ port: value, endPort, protocol }: Fields, path: string): FieldError[] {
  const errors = oneOf(`${path}.protocol`, protocol as string | undefined, protocols);
  const given = typeof value === 'number' || typeof value === 'string' ? value : undefined;
  if (given !== undefined) errors.push(...portOrName(`${path}.port`, given));
  if (endPort === undefined) return errors;
  const field = `${path}.endPort`;
  if (given === undefined)
    errors.push(invalidValue(field, endPort, 'may not be specified when `port` is not specified'));
  else if (typeof given === 'string') {
    errors.push(invalidValue(field, endPort, 'may not be specified when `port` is non-numeric'));
  } else if (typeof endPort === 'number' && endPort < given) {
    errors.push(invalidValue(field, endPort, 'must be greater than or equal to `port`'));
  }
  return errors;
}

function ipBlock(block: Fields, path: string): FieldError[] {
  const range = typeof block.cidr === 'string' ? block.cidr : '';
  if (range === '') return [required(`${path}.cidr`)];
  const errors = checked(`${path}.cidr`, range, cidr);
  const outer = parseCidr(range);
  for (const [index, except] of (Array.isArray(block.except) ? block.except : []).entries()) {
    const field = `${path}.except[${index}]`;
    const inner = parseCidr(String(except));
    errors.push(...checked(field, String(except), cidr));
    if (inner && outer && !isStrictSubset(inner, outer)) {
      errors.push(invalidValue(field, except, 'must be a strict subset of `cidr`'));
    }
  }
  return errors;
}

function peer(value: Fields, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ['podSelector', 'namespaceSelector']) {
    const selector = value[name];
    if (isObject(selector)) errors.push(...labelSelector(`${path}.${name}`, selector));
  }
  const selectors = ['podSelector', 'namespaceSelector'].filter((name) => value[name] !== undefined).length;
  if (isObject(value.ipBlock)) {
    if (selectors > 0) errors.push(forbiddenField(path, 'may not specify both ipBlock and another peer'));
    else errors.push(...ipBlock(value.ipBlock, `${path}.ipBlock`));
  } else if (selectors === 0) errors.push(required(path, 'must specify a peer'));
  return errors;
}

function rules(value: unknown, path: string, peers: 'from' | 'to'): FieldError[] {
  return list(value).flatMap((rule, index) => [
    ...list(rule.ports).flatMap((entry, at) => port(entry, `${path}[${index}].ports[${at}]`)),
    ...list(rule[peers]).flatMap((entry, at) => peer(entry, `${path}[${index}].${peers}[${at}]`)),
  ]);
}

export function validateNetworkPolicy(policy: ApiObject): FieldError[] {
  const spec = isObject(policy.spec) ? policy.spec : {};
  const types: unknown[] = Array.isArray(spec.policyTypes) ? spec.policyTypes : [];
  const known = ['Egress', 'Ingress'];
  return [
    ...metadata(policy),
    ...(isObject(spec.podSelector) ? labelSelector('spec.podSelector', spec.podSelector) : []),
    ...rules(spec.ingress, 'spec.ingress', 'from'),
    ...rules(spec.egress, 'spec.egress', 'to'),
    ...(types.length > 2
      ? [invalidValue('spec.policyTypes', types, 'may not specify more than two policyTypes')]
      : types.flatMap((type, index) =>
          known.includes(String(type)) ? [] : [notSupported(`spec.policyTypes[${index}]`, type, known)],
        )),
  ];
}
