import { throwIfCancelled } from '../../../base/cancellation.ts';
import { ExplainedError, isCancellation, messageOf } from '../../../base/errors.ts';
import { changedFields } from '../../../manifest/bareObject.ts';
import { fieldsInMessage } from '../../../manifest/fieldPlace.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import { isRecord, record, text, type Json } from '../../../model/json.ts';
import type { FieldConflict, ObjectName, ObjectRequests, ServedKind } from '../../../model/requests.ts';

/** One object that shall be applied. */
export interface Planned {
  readonly json: Json;
  readonly name: ObjectName;
  /** Where it is written; undefined for a namespace that the objects need and nobody wrote. */
  readonly source?: ManifestObject;
}

export interface RefusedField {
  readonly field: string;
  readonly message: string;
}

/** What the server says it would do. */
export type Verdict =
  | {
      readonly is: 'new' | 'changed' | 'unchanged';
      readonly live: Json | undefined;
      readonly after: Json;
      /** Paths of fields that change; empty for new objects. */
      readonly fields: readonly string[];
      /** Fields that others manage: they must be taken over for this. */
      readonly conflicts: readonly FieldConflict[];
      readonly warnings: readonly string[];
    }
  /** Cannot be tried before another object of the same set is there: its namespace or its definition. */
  | { readonly is: 'waits'; readonly for: string }
  | { readonly is: 'refused'; readonly message: string; readonly causes: readonly RefusedField[] };

export interface Rehearsal extends Planned {
  readonly verdict: Verdict;
}

export interface RehearsalOptions {
  readonly requests: ObjectRequests;
  /** For objects that name none. */
  readonly defaultNamespace: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (what: string) => void;
}

/** Lets the server try each object, and says what would come of it; nothing is kept. @throws CancelledError */
export async function rehearse(
  sources: readonly ManifestObject[],
  { requests, defaultNamespace, signal, onProgress }: RehearsalOptions,
): Promise<readonly Rehearsal[]> {
  const served = await requests.servedKinds(signal);
  const kindOf = (json: Json): ServedKind | undefined =>
    served.kinds.find(({ apiVersion, kind }) => apiVersion === json.apiVersion && kind === json.kind);
  const written = sources.map((source) => planned(source, kindOf, defaultNamespace));
  const all = inOrder([...(await missingNamespaces(written, requests, signal)), ...written]);
  const created = new Set<string>();
  const rehearsals: Rehearsal[] = [];
  for (const plan of all) {
    throwIfCancelled(signal);
    onProgress?.(titleOf(plan.name));
    const waits = whatItWaitsFor(plan, all, created, kindOf(plan.json) !== undefined);
    const verdict = waits ?? (await verdictOn(plan, requests, signal));
    if (plan.name.kind === 'Namespace' && verdict.is === 'new') created.add(plan.name.name);
    rehearsals.push({ ...plan, verdict });
  }
  return rehearsals;
}

/** An object in full: `Deployment default/web`. */
export function titleOf({ kind, namespace, name }: ObjectName): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** How an error reads in a list of outcomes. */
export function explained(error: unknown): string {
  const message = messageOf(error);
  const remedy = error instanceof ExplainedError ? error.remedy : undefined;
  const ended = /[.!?]$/.test(message) ? message : `${message}.`;
  return remedy === undefined ? ended : `${ended} ${remedy}`;
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

function whatItWaitsFor(
  { name }: Planned,
  all: readonly Planned[],
  created: ReadonlySet<string>,
  isServed: boolean,
): Verdict | undefined {
  if (created.has(name.namespace)) return { is: 'waits', for: `Namespace ${name.namespace}` };
  if (isServed) return undefined;
  const definition = all.find(
    ({ json }) =>
      json.kind === 'CustomResourceDefinition' && text(record(record(json.spec).names).kind) === name.kind,
  );
  return definition && { is: 'waits', for: titleOf(definition.name) };
}

async function verdictOn(
  { json, name }: Planned,
  requests: ObjectRequests,
  signal: AbortSignal,
): Promise<Verdict> {
  try {
    const live = await requests.get(name, signal);
    let outcome = await requests.apply(json, { dryRun: true, force: false }, signal);
    const conflicts = outcome.is === 'conflict' ? outcome.conflicts : [];
    if (outcome.is === 'conflict')
      outcome = await requests.apply(json, { dryRun: true, force: true }, signal);
    if (outcome.is !== 'applied') {
      const causes = outcome.is === 'invalid' ? outcome.causes : [];
      return { is: 'refused', message: outcome.message, causes: causesOf(outcome.message, causes) };
    }
    const { object: after, warnings } = outcome;
    if (live === undefined) return { is: 'new', live, after, fields: [], conflicts, warnings };
    const fields = changedFields(live, after);
    // A Secret's values are not seen here, so none can be called unchanged.
    const is = fields.length === 0 && name.kind !== 'Secret' ? 'unchanged' : 'changed';
    return { is, live, after, fields, conflicts, warnings };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { is: 'refused', message: explained(error), causes: causesOf(messageOf(error), []) };
  }
}

/** The server's causes, or those that its message names. */
export function causesOf(message: string, causes: readonly RefusedField[]): readonly RefusedField[] {
  const named = causes.filter(({ field }) => field !== '');
  return named.length > 0 ? named : fieldsInMessage(message);
}
