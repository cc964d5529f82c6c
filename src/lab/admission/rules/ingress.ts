/** Validation of ingresses (pkg/apis/networking/validation). */
import { isIP } from 'node:net';
import { isObject } from '../../objects/json.ts';
import type { ApiObject } from '../../objects/meta.ts';
import { invalidValue, notSupported, required } from '../fieldErrors.ts';
import type { FieldError } from '../fieldErrors.ts';
import { checked, checkedPort, metadata } from './common.ts';
import { dnsLabel, dnsSubdomain, portName, wildcardSubdomain } from './names.ts';

type Fields = Record<string, unknown>;

const classAnnotation = 'kubernetes.io/ingress.class';
const badParts = ['//', '/./', '/../', '%2f', '%2F'];
const badEnds = ['/..', '/.'];

function servicePort(service: Fields, path: string): FieldError[] {
  const port = isObject(service.port) ? service.port : {};
  const { name, number } = port;
  if (name && number) return [invalidValue(path, '', 'cannot set both port name & port number')];
  if (typeof name === 'string' && name) return checked(`${path}.service.port.name`, name, portName);
  if (typeof number === 'number' && number) return checkedPort(`${path}.service.port.number`, number);
  return [required(path, 'port name or number is required')];
}

function backend(value: unknown, path: string): FieldError[] {
  const { resource, service } = isObject(value) ? value : {};
  if (resource !== undefined && service !== undefined) {
    return [invalidValue(path, '', 'cannot set both resource and service backends')];
  }
  if (resource !== undefined) return [];
  if (!isObject(service)) return [required(path, 'resource or service backend is required')];
  const name = typeof service.name === 'string' ? service.name : '';
  return [
    ...(name ? checked(`${path}.service.name`, name, dnsLabel) : [required(`${path}.service.name`)]),
    ...servicePort(service, path),
  ];
}

function pathErrors(entry: Fields, path: string): FieldError[] {
  const { pathType } = entry;
  const value = typeof entry.path === 'string' ? entry.path : '';
  const field = `${path}.path`;
  if (typeof pathType !== 'string') return [required(`${path}.pathType`, 'pathType must be specified')];
  switch (pathType) {
    case 'Exact':
    case 'Prefix':
      return [
        ...(value.startsWith('/') ? [] : [invalidValue(field, value, 'must be an absolute path')]),
        ...badParts
          .filter((part) => value.includes(part))
          .map((part) => invalidValue(field, value, `must not contain '${part}'`)),
        ...badEnds
          .filter((end) => value.endsWith(end))
          .map((end) => invalidValue(field, value, `cannot end with '${end}'`)),
      ];
    case 'ImplementationSpecific':
      return value && !value.startsWith('/') ? [invalidValue(field, value, 'must be an absolute path')] : [];
    default:
      return [notSupported(`${path}.pathType`, pathType, ['Exact', 'ImplementationSpecific', 'Prefix'])];
  }
}

function host(value: unknown, field: string): FieldError[] {
  if (typeof value !== 'string' || value === '') return [];
  if (isIP(value) !== 0) return [invalidValue(field, value, 'must be a DNS name, not an IP address')];
  return checked(field, value, value.includes('*') ? wildcardSubdomain : dnsSubdomain);
}

function rule(value: Fields, path: string): FieldError[] {
  const errors = host(value.host, `${path}.host`);
  if (!isObject(value.http)) return errors;
  const paths: unknown[] = Array.isArray(value.http.paths) ? value.http.paths : [];
  if (paths.length === 0) errors.push(required(`${path}.http.paths`));
  for (const [index, entry] of paths.entries()) {
    if (!isObject(entry)) continue;
    const field = `${path}.http.paths[${index}]`;
    errors.push(...pathErrors(entry, field), ...backend(entry.backend, `${field}.backend`));
  }
  return errors;
}

export function validateIngress(ingress: ApiObject): FieldError[] {
  const spec = isObject(ingress.spec) ? ingress.spec : {};
  const rules: unknown[] = Array.isArray(spec.rules) ? spec.rules : [];
  const annotation = ingress.metadata.annotations?.[classAnnotation];
  const { ingressClassName, defaultBackend } = spec;
  return [
    ...metadata(ingress),
    ...(rules.length === 0 && defaultBackend === undefined
      ? [invalidValue('spec', rules, 'either `defaultBackend` or `rules` must be specified')]
      : []),
    ...(defaultBackend === undefined ? [] : backend(defaultBackend, 'spec.defaultBackend')),
    ...rules.flatMap((value, index) => (isObject(value) ? rule(value, `spec.rules[${index}]`) : [])),
    ...(annotation !== undefined && ingressClassName !== undefined && annotation !== ingressClassName
      ? [
          invalidValue(
            `annotations.${classAnnotation}`,
            annotation,
            'must match `ingressClassName` when both are specified',
          ),
        ]
      : []),
  ];
}
