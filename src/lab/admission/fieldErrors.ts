/** Errors about single fields, worded as Kubernetes' `field` package words them. */

export interface FieldError {
  type: 'Required' | 'Invalid' | 'NotSupported' | 'NotFound' | 'Duplicate' | 'Forbidden' | 'TooLong';
  /** Path such as `spec.ports[0].port`. */
  field: string;
  message: string;
}

export function required(field: string, detail = ''): FieldError {
  return { type: 'Required', field, message: `Required value${detail ? `: ${detail}` : ''}` };
}

export function invalidValue(field: string, value: unknown, detail: string): FieldError {
  return { type: 'Invalid', field, message: `Invalid value: ${JSON.stringify(value)}: ${detail}` };
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldError {
  const list = [...supported]
    .sort()
    .map((item) => JSON.stringify(item))
    .join(', ');
  return {
    type: 'NotSupported',
    field,
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`,
  };
}

export function notFoundValue(field: string, value: unknown): FieldError {
  return { type: 'NotFound', field, message: `Not found: ${JSON.stringify(value)}` };
}

export function duplicate(field: string, value: unknown): FieldError {
  return { type: 'Duplicate', field, message: `Duplicate value: ${JSON.stringify(value)}` };
}

export function forbiddenField(field: string, detail: string): FieldError {
  return { type: 'Forbidden', field, message: `Forbidden: ${detail}` };
}
