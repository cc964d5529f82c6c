/** Query parameters of reads and writes. */
import { badRequest } from '../api/errors.ts';
import { isObject } from '../objects/json.ts';
import type { DeleteOptions, PropagationPolicy } from '../api/deletion.ts';
import type { FieldValidation } from '../api/decodeBody.ts';
import type { ListQuery } from '../api/listing.ts';
import type { WriteOptions } from '../api/objectApi.ts';
import type { RowObject } from '../tables/table.ts';
import type { WatchQuery } from './watch.ts';

function numberParameter(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^-?\d{1,15}$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  return Number(text);
}

export function booleanParameter(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  // As Go's conversion: present without a value means true.
  return text !== 'false' && text !== '0';
}

export function listQuery(query: URLSearchParams, namespace: string | undefined): ListQuery {
  return {
    namespace,
    labelSelector: query.get('labelSelector') ?? '',
    fieldSelector: query.get('fieldSelector') ?? '',
    limit: numberParameter(query, 'limit') ?? 0,
    continueToken: query.get('continue') ?? '',
    resourceVersion: query.get('resourceVersion') ?? '',
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
  };
}

export function watchQuery(query: URLSearchParams, namespace: string | undefined): WatchQuery {
  return {
    ...listQuery(query, namespace),
    allowWatchBookmarks: booleanParameter(query, 'allowWatchBookmarks') ?? false,
    sendInitialEvents: booleanParameter(query, 'sendInitialEvents'),
    timeoutSeconds: numberParameter(query, 'timeoutSeconds'),
  };
}

export function rowObject(query: URLSearchParams): RowObject {
  const include = query.get('includeObject');
  return include === 'None' || include === 'Object' ? include : 'Metadata';
}

/** `dryRun=All` or nothing; StatusError 400 for anything else. */
function isDryRun(query: URLSearchParams): boolean {
  const values = query.getAll('dryRun').filter((value) => value !== '');
  const wrong = values.find((value) => value !== 'All');
  if (wrong !== undefined)
    throw badRequest(`invalid dryRun value ${JSON.stringify(wrong)}: supported: "All"`);
  return values.length > 0;
}

function fieldValidation(query: URLSearchParams): FieldValidation {
  const value = query.get('fieldValidation') ?? '';
  if (value === '') return 'Warn';
  if (value === 'Strict' || value === 'Warn' || value === 'Ignore') return value;
  throw badRequest(
    `invalid fieldValidation value ${JSON.stringify(value)}: supported: "Ignore", "Warn", "Strict"`,
  );
}

/** Who writes: `fieldManager=`, or what stands before the first slash of the user agent. */
export function writeOptions(query: URLSearchParams, userAgent: string | undefined): WriteOptions {
  const manager = query.get('fieldManager') ?? '';
  const agent = (userAgent ?? '').split('/')[0]?.trim() ?? '';
  return {
    manager: manager || agent || 'unknown',
    dryRun: isDryRun(query),
    fieldValidation: fieldValidation(query),
  };
}

function propagation(value: unknown): PropagationPolicy | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (value === 'Background' || value === 'Foreground' || value === 'Orphan') return value;
  throw badRequest(`invalid propagationPolicy ${JSON.stringify(value)}`);
}

/** DeleteOptions from the body where there is one, else from the query. */
export function deleteOptions(query: URLSearchParams, body: unknown): DeleteOptions {
  const options = isObject(body) ? body : {};
  const grace = options.gracePeriodSeconds ?? numberParameter(query, 'gracePeriodSeconds');
  const policy = propagation(options.propagationPolicy ?? query.get('propagationPolicy'));
  const dryRun = isDryRun(query) || (Array.isArray(options.dryRun) && options.dryRun.includes('All'));
  const conditions = isObject(options.preconditions) ? options.preconditions : {};
  const { uid, resourceVersion } = conditions;
  return {
    ...(typeof grace === 'number' ? { gracePeriodSeconds: Math.max(0, grace) } : {}),
    ...(policy ? { propagationPolicy: policy } : {}),
    ...(dryRun ? { dryRun } : {}),
    preconditions: {
      ...(typeof uid === 'string' ? { uid } : {}),
      ...(typeof resourceVersion === 'string' ? { resourceVersion } : {}),
    },
  };
}
