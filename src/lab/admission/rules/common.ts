/** Checks that many kinds share. */
import { isObject, omit } from '../../objects/json.ts';
import type { ApiObject } from '../../objects/meta.ts';
import type { LabelSelector } from '../../objects/workloads.ts';
import { forbiddenField, invalidValue, notSupported, required } from '../fieldErrors.ts';
import type { FieldError } from '../fieldErrors.ts';
import { dnsSubdomain, labelValue, portName, portNumber, qualifiedName } from './names.ts';
import type { Check } from './names.ts';

/** One Invalid error a text of the check. */
export function checked(field: string, value: string, check: Check): FieldError[] {
  return check(value).map((text) => invalidValue(field, value, text));
}

export function checkedPort(field: string, value: number): FieldError[] {
  return portNumber(value).map((text) => invalidValue(field, value, text));
}

/** A port by number or by name; nothing at all counts as the number 0. */
export function portOrName(field: string, value: number | string | undefined): FieldError[] {
  return typeof value === 'string' ? checked(field, value, portName) : checkedPort(field, value ?? 0);
}

export function oneOf(field: string, value: string | undefined, supported: readonly string[]): FieldError[] {
  if (value === undefined || value === '') return [required(field)];
  return supported.includes(value) ? [] : [notSupported(field, value, supported)];
}

export const protocols = ['SCTP', 'TCP', 'UDP'];

export function labels(field: string, map: unknown): FieldError[] {
  if (!isObject(map)) return [];
  return Object.entries(map).flatMap(([key, value]) => [
    ...checked(field, key, qualifiedName),
    ...checked(field, String(value), labelValue),
  ]);
}

const maximumAnnotations = 256 * 1024;

function annotations(field: string, map: Record<string, string> | undefined): FieldError[] {
  const entries = Object.entries(map ?? {});
  const size = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return [
    // Keys are compared in lower case.
    ...entries.flatMap(([key]) => checked(field, key.toLowerCase(), qualifiedName)),
    ...(size > maximumAnnotations
      ? [
          {
            type: 'TooLong' as const,
            field,
            message: `Too long: may not be more than ${maximumAnnotations} bytes`,
          },
        ]
      : []),
  ];
}

/** Name, labels and annotations of an object. */
export function metadata({ metadata: meta }: ApiObject, nameCheck: Check = dnsSubdomain): FieldError[] {
  return [
    ...checked('metadata.name', meta.name, nameCheck),
    ...labels('metadata.labels', meta.labels),
    ...annotations('metadata.annotations', meta.annotations),
  ];
}

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** Errors of a label selector, expression by expression. */
export function labelSelector(field: string, selector: LabelSelector): FieldError[] {
  const errors = labels(`${field}.matchLabels`, selector.matchLabels);
  for (const [index, { key, operator, values }] of (selector.matchExpressions ?? []).entries()) {
    const path = `${field}.matchExpressions[${index}]`;
    const count = values?.length ?? 0;
    if (!operators.includes(operator)) {
      errors.push(invalidValue(`${path}.operator`, operator, 'not a valid selector operator'));
    } else if ((operator === 'In' || operator === 'NotIn') && count === 0) {
      errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0) {
      errors.push(
        forbiddenField(
          `${path}.values`,
          "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        ),
      );
    }
    errors.push(...checked(`${path}.key`, key, qualifiedName));
    for (const [at, value] of (values ?? []).entries()) {
      errors.push(...checked(`${path}.values[${at}]`, value, labelValue));
    }
  }
  return errors;
}

/** A selector as Go prints it: empty lists are left out. */
export function printedSelector(selector: LabelSelector): unknown {
  if (!selector.matchExpressions) return selector;
  const expressions = selector.matchExpressions.map((expression) =>
    expression.values?.length === 0 ? omit(expression, 'values') : expression,
  );
  return { ...selector, matchExpressions: expressions };
}

/** At least 0. */
export function notNegative(field: string, value: number | undefined): FieldError[] {
  return value !== undefined && value < 0
    ? [invalidValue(field, value, 'must be greater than or equal to 0')]
    : [];
}
