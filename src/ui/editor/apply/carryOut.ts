import { isCancellation, messageOf } from '../../../base/errors.ts';
import type { FieldConflict, ObjectRequests } from '../../../model/requests.ts';
import type { Planned } from './plan.ts';
import { causesOf, explained, type RefusedField, type Rehearsal } from './rehearse.ts';

/** What came of one object. */
export type Result = Planned &
  (
    | { readonly is: 'applied'; readonly created: boolean; readonly warnings: readonly string[] }
    | { readonly is: 'failed'; readonly message: string; readonly causes: readonly RefusedField[] }
    /** The user did not want to take the fields over. */
    | { readonly is: 'left'; readonly conflicts: readonly FieldConflict[] }
    | { readonly is: 'cancelled' }
  );

export interface CarryOutOptions {
  readonly requests: ObjectRequests;
  /** Whether fields shall be taken over from their managers. */
  readonly mayTakeOver: (plan: Planned, conflicts: readonly FieldConflict[]) => Promise<boolean>;
  readonly signal: AbortSignal;
  readonly onProgress?: (plan: Planned) => void;
}

/** Applies objects one after the other; one that fails does not keep the others. Cancelling leaves the rest undone. */
export async function carryOut(
  rehearsals: readonly Rehearsal[],
  options: CarryOutOptions,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const { verdict, ...plan } of rehearsals) {
    if (options.signal.aborted) {
      results.push({ ...plan, is: 'cancelled' });
      continue;
    }
    options.onProgress?.(plan);
    const known = verdict.is === 'waits' || verdict.is === 'refused' ? [] : verdict.conflicts;
    results.push(await applyOne(plan, known, options));
  }
  return results;
}

async function applyOne(
  plan: Planned,
  known: readonly FieldConflict[],
  { requests, mayTakeOver, signal }: CarryOutOptions,
): Promise<Result> {
  try {
    let force = false;
    if (known.length > 0) {
      if (!(await mayTakeOver(plan, known))) return { ...plan, is: 'left', conflicts: known };
      force = true;
    }
    let outcome = await requests.apply(plan.json, { dryRun: false, force }, signal);
    if (outcome.is === 'conflict') {
      // Somebody took a field since it was tried.
      const { conflicts } = outcome;
      if (!(await mayTakeOver(plan, conflicts))) return { ...plan, is: 'left', conflicts };
      outcome = await requests.apply(plan.json, { dryRun: false, force: true }, signal);
    }
    if (outcome.is === 'applied')
      return { ...plan, is: 'applied', created: outcome.created, warnings: outcome.warnings };
    const causes = outcome.is === 'invalid' ? outcome.causes : [];
    return { ...plan, is: 'failed', message: outcome.message, causes: causesOf(outcome.message, causes) };
  } catch (error) {
    if (isCancellation(error)) return { ...plan, is: 'cancelled' };
    return { ...plan, is: 'failed', message: explained(error), causes: causesOf(messageOf(error), []) };
  }
}
