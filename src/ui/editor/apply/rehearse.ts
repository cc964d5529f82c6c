import { throwIfCancelled } from '../../../base/cancellation.ts';
import { ExplainedError, isCancellation, messageOf } from '../../../base/errors.ts';
import { changedFields } from '../../../manifest/bareObject.ts';
import { fieldsInMessage } from '../../../manifest/fieldPlace.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import type { Json } from '../../../model/json.ts';
import type { FieldConflict, ObjectRequests } from '../../../model/requests.ts';
import { plan, titleOf, whatItWaitsFor, type Planned } from './plan.ts';

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
  const { plans, isServed } = await plan(sources, requests, defaultNamespace, signal);
  const created = new Set<string>();
  const rehearsals: Rehearsal[] = [];
  for (const each of plans) {
    throwIfCancelled(signal);
    onProgress?.(titleOf(each.name));
    const waits = whatItWaitsFor(each, plans, created, isServed(each));
    const verdict: Verdict =
      waits === undefined ? await verdictOn(each, requests, signal) : { is: 'waits', for: waits };
    if (each.name.kind === 'Namespace' && verdict.is === 'new') created.add(each.name.name);
    rehearsals.push({ ...each, verdict });
  }
  return rehearsals;
}

/** How an error reads in a list of outcomes. */
export function explained(error: unknown): string {
  const message = messageOf(error);
  const remedy = error instanceof ExplainedError ? error.remedy : undefined;
  const ended = /[.!?]$/.test(message) ? message : `${message}.`;
  return remedy === undefined ? ended : `${ended} ${remedy}`;
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
