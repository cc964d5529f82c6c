import { stringify } from 'yaml';
import { isRecord, record, type Json } from '../model/json.ts';

/** What the server adds to the metadata of everything, and nobody writes. */
const serverMetadata = [
  'managedFields',
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'selfLink',
];
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object without its status and what the server alone writes: what is left can be compared with a manifest. */
export function bareObject(object: Json): Json {
  const metadata = Object.fromEntries(
    Object.entries(record(object.metadata)).filter(([key]) => !serverMetadata.includes(key)),
  );
  const annotations = Object.entries(record(metadata.annotations)).filter(([key]) => key !== lastApplied);
  if (annotations.length === 0) delete metadata.annotations;
  else metadata.annotations = Object.fromEntries(annotations);
  const rest = Object.entries(object).filter(([key]) => key !== 'status' && key !== 'metadata');
  return { ...Object.fromEntries(rest), ...(object.metadata !== undefined && { metadata }) };
}

/** The object as YAML to read: without who set which field, which is longer than the object. */
export function readableYaml(object: Json): string {
  const metadata = Object.entries(record(object.metadata)).filter(([field]) => field !== 'managedFields');
  return stringify({ ...object, metadata: Object.fromEntries(metadata) });
}

/** The bare object as YAML. Keys stand in order of their names, as the server has none. */
export function bareYaml(object: Json): string {
  const { apiVersion, kind, metadata, ...rest } = bareObject(object);
  return stringify(
    { apiVersion, kind, metadata: sorted(metadata), ...record(sorted(rest)) },
    { lineWidth: 0 },
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** The fields in which two objects differ, as paths such as `spec.replicas`; of lists only the list. */
export function changedFields(before: Json, after: Json): readonly string[] {
  return differences(bareObject(before), bareObject(after), '');
}

function differences(before: unknown, after: unknown, path: string): readonly string[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      differences(before[key], after[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return JSON.stringify(sorted(before)) === JSON.stringify(sorted(after)) ? [] : [path];
}
