import { isCancellation } from '../../../base/errors.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import { isRecord, record, text, type Json } from '../../../model/json.ts';
import type { ObjectName, ObjectRequests, ServedKind } from '../../../model/requests.ts';

/** One object that shall be applied or created. */
export interface Planned {
  readonly json: Json;
  readonly name: ObjectName;
  /** Where it is written; undefined for a namespace that the objects need and nobody wrote. */
  readonly source?: ManifestObject;
}

/** Objects in the order in which they can be sent. */
export interface Plan {
  readonly plans: readonly Planned[];
  /** Whether the server serves an object's kind now. */
  readonly isServed: (planned: Planned) => boolean;
}

/**
 * Names each object in full, and puts before them the namespaces that they need and nobody has.
 * @param defaultNamespace for objects that name none.
 */
export async function plan(
  sources: readonly ManifestObject[],
  requests: ObjectRequests,
  defaultNamespace: string,
  signal: AbortSignal,
): Promise<Plan> {
  const served = await requests.servedKinds(signal);
  const kindOf = (json: Json): ServedKind | undefined =>
    served.kinds.find(({ apiVersion, kind }) => apiVersion === json.apiVersion && kind === json.kind);
  const written = sources.map((source) => planned(source, kindOf, defaultNamespace));
  const plans = inOrder([...(await missingNamespaces(written, requests, signal)), ...written]);
  return { plans, isServed: ({ json }) => kindOf(json) !== undefined };
}

/**
 * What has to be there before an object can even be tried: its namespace or its kind's definition; undefined: nothing.
 * @param created namespaces of the set that the cluster does not have yet.
 */
export function whatItWaitsFor(
  { name }: Planned,
  all: readonly Planned[],
  created: ReadonlySet<string>,
  isServed: boolean,
): string | undefined {
  if (created.has(name.namespace)) return `Namespace ${name.namespace}`;
  if (isServed) return undefined;
  const definition = all.find(
    ({ json }) =>
      json.kind === 'CustomResourceDefinition' && text(record(record(json.spec).names).kind) === name.kind,
  );
  return definition && titleOf(definition.name);
}

/** An object in full: `Deployment default/web`. */
export function titleOf({ kind, namespace, name }: ObjectName): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

function planned(
  source: ManifestObject,
  kindOf: (json: Json) => ServedKind | undefined,
  defaultNamespace: string,
): Planned {
  const value = source.toJson();
  const json = isRecord(value) ? value : {};
  const namespaced = kindOf(json)?.namespaced ?? true;
  const namespace = namespaced ? (source.namespace ?? defaultNamespace) : '';
  const { apiVersion, kind, name } = source;
  const metadata = { ...record(json.metadata), ...(namespaced && { namespace }) };
  return { json: { ...json, metadata }, name: { apiVersion, kind, namespace, name }, source };
}

/** Namespaces first, then definitions of kinds, then all else as it is written. */
function inOrder(plans: readonly Planned[]): readonly Planned[] {
  const rank = ({ name }: Planned): number =>
    name.kind === 'Namespace' ? 0 : name.kind === 'CustomResourceDefinition' ? 1 : 2;
  return [...plans].sort((a, b) => rank(a) - rank(b));
}

/** Namespaces that objects stand in, and neither the cluster nor the set has. */
async function missingNamespaces(
  plans: readonly Planned[],
  requests: ObjectRequests,
  signal: AbortSignal,
): Promise<readonly Planned[]> {
  const wanted = new Set(plans.map(({ name }) => name.namespace).filter((name) => name !== ''));
  for (const { name } of plans) if (name.kind === 'Namespace') wanted.delete(name.name);
  const missing: Planned[] = [];
  for (const namespace of wanted) {
    const name: ObjectName = { apiVersion: 'v1', kind: 'Namespace', namespace: '', name: namespace };
    try {
      if ((await requests.get(name, signal)) !== undefined) continue;
    } catch (error) {
      if (isCancellation(error)) throw error;
      // Who may not read namespaces may still write in one; if it is missing, the server will say so.
      continue;
    }
    missing.push({ name, json: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } } });
  }
  return missing;
}
