/** Validation of probes. */
import { isObject } from '../../objects/json.ts';
import type { Container } from '../../objects/pod.ts';
import { forbiddenField, invalidValue, notSupported, required } from '../fieldErrors.ts';
import type { FieldError } from '../fieldErrors.ts';
import { checkedPort, notNegative, portOrName } from './common.ts';

type Probe = Record<string, unknown>;

const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const numbers = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];

function portValue(value: unknown): number | string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function handlerErrors(kind: string, handler: Probe, field: string): FieldError[] {
  switch (kind) {
    case 'exec':
      return Array.isArray(handler.command) && handler.command.length > 0
        ? []
        : [required(`${field}.command`)];
    case 'httpGet':
      return [
        ...(handler.path === '' ? [required(`${field}.path`)] : []),
        ...portOrName(`${field}.port`, portValue(handler.port)),
        ...(handler.scheme === 'HTTP' || handler.scheme === 'HTTPS'
          ? []
          : [notSupported(`${field}.scheme`, handler.scheme, ['HTTP', 'HTTPS'])]),
      ];
    case 'tcpSocket':
      return portOrName(`${field}.port`, portValue(handler.port));
    default:
      return checkedPort(`${field}.port`, typeof handler.port === 'number' ? handler.port : 0);
  }
}

function probe(value: Probe, field: string): FieldError[] {
  const given = handlers.filter((name) => isObject(value[name]));
  const errors = given.flatMap((name, index) => {
    if (index > 0) return [forbiddenField(`${field}.${name}`, 'may not specify more than 1 handler type')];
    const handler = value[name];
    return isObject(handler) ? handlerErrors(name, handler, `${field}.${name}`) : [];
  });
  if (given.length === 0) errors.push(required(field, 'must specify a handler type'));
  for (const name of numbers) {
    const number = value[name];
    if (typeof number === 'number') errors.push(...notNegative(`${field}.${name}`, number));
  }
  const grace = value.terminationGracePeriodSeconds;
  if (typeof grace === 'number' && grace <= 0) {
    errors.push(invalidValue(`${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
  }
  return errors;
}

/** Liveness, readiness and startup probes of a container. */
export function validateProbes(container: Container, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    const value = container[name];
    if (!isObject(value)) continue;
    const field = `${path}.${name}`;
    errors.push(...probe(value, field));
    if (name === 'readinessProbe') {
      const grace = value.terminationGracePeriodSeconds;
      if (grace !== undefined) {
        const text = 'must not be set for readinessProbes';
        errors.push(invalidValue(`${field}.terminationGracePeriodSeconds`, grace, text));
      }
    } else if (value.successThreshold !== 1) {
      errors.push(invalidValue(`${field}.successThreshold`, value.successThreshold, 'must be 1'));
    }
  }
  return errors;
}
