import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancellation.ts';
import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { record, text, type Json } from '../../model/json.ts';
import type { ApplyOutcome, FieldConflict, ObjectName } from '../../model/requests.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { linkless } from '../host/shownText.ts';
import { contextName } from '../host/stateText.ts';
import { objectOfFix } from './fixObject.ts';
import { yamlOf, type ObjectDocuments } from './objectDocuments.ts';
import type { PendingFixes } from './pendingFixes.ts';

/** A change that the server has tried and not kept, and that the user has before them as a comparison. */
interface Rehearsed {
  readonly object: Json;
  readonly name: ObjectName;
  /** Fields that others look after, and that the change takes over. */
  readonly conflicts: readonly FieldConflict[];
  readonly creates: boolean;
  readonly comparison: vscode.Uri;
}

/**
 * Lets the server try a fix, shows what it would change, asks, and applies it.
 * @param yaml of the fix, a whole manifest or the fields of one to change.
 * @returns what was applied, for a message.
 * @throws CancelledError where the user does not want it; ExplainedError where the server refuses.
 */
export async function applyFix(
  cluster: Cluster,
  { documents, pending }: { readonly documents: ObjectDocuments; readonly pending: PendingFixes },
  yaml: string,
  signal: AbortSignal,
): Promise<string> {
  const rehearsed = await rehearse(cluster, documents, await objectOfFix(yaml), signal);
  const { name, creates } = rehearsed;
  const apply = creates ? vscode.l10n.t('Create') : vscode.l10n.t('Apply');
  const what = nameText(name);
  const question = creates
    ? vscode.l10n.t('The server would accept it. Create {0} in context {1}?', what, contextName(cluster))
    : vscode.l10n.t(
        'The server would accept it. Apply the change shown to {0} in context {1}?',
        what,
        contextName(cluster),
      );
  if (!(await pending.ask(rehearsed.comparison, linkless(question), apply))) throw new CancelledError();
  const { conflicts } = rehearsed;
  if (conflicts.length > 0) await askToTakeOver(name, conflicts);
  const outcome = await cluster.objects.apply(
    rehearsed.object,
    { dryRun: false, force: conflicts.length > 0 },
    signal,
  );
  if (outcome.is !== 'applied') throw refused(name, outcome);
  return what;
}

async function rehearse(
  cluster: Cluster,
  documents: ObjectDocuments,
  object: Json,
  signal: AbortSignal,
): Promise<Rehearsed> {
  const metadata = record(object.metadata);
  const name: ObjectName = {
    apiVersion: text(object.apiVersion),
    kind: text(object.kind),
    namespace: text(metadata.namespace),
    name: text(metadata.name),
  };
  const live = await cluster.objects.get(name, signal);
  let conflicts: readonly FieldConflict[] = [];
  let outcome = await cluster.objects.apply(object, { dryRun: true, force: false }, signal);
  if (outcome.is === 'conflict') {
    conflicts = outcome.conflicts;
    outcome = await cluster.objects.apply(object, { dryRun: true, force: true }, signal);
  }
  if (outcome.is !== 'applied') throw refused(name, outcome);
  const before = documents.add(
    vscode.l10n.t('{0} as it is', `${name.kind} ${name.name}`),
    live === undefined ? '' : await yamlOf(live, true),
  );
  const after = documents.add(
    vscode.l10n.t('{0} with the fix', `${name.kind} ${name.name}`),
    await yamlOf(outcome.object, true),
  );
  const title = oneLine(vscode.l10n.t('{0}: as it is ↔ with the fix', nameText(name)), 120);
  await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: false });
  return { object, name, conflicts, creates: live === undefined, comparison: after };
}

/** Fields that another tool looks after come back when that tool applies again; who takes them over must know. */
async function askToTakeOver(name: ObjectName, conflicts: readonly FieldConflict[]): Promise<void> {
  const takeOver = vscode.l10n.t('Take Over');
  const lines = conflicts.slice(0, 10).map(({ manager, field }) => `${field} (${manager})`);
  const answer = await vscode.window.showWarningMessage(
    linkless(vscode.l10n.t('Others look after fields of {0} that this fix changes', nameText(name))),
    {
      modal: true,
      detail: oneLine(
        vscode.l10n.t(
          'They are: {0}. What they apply next may undo the fix: change it there as well. Nothing is applied yet.',
          lines.join(', '),
        ),
        2_000,
      ),
    },
    takeOver,
  );
  if (answer !== takeOver) throw new CancelledError();
}

function refused(name: ObjectName, outcome: Exclude<ApplyOutcome, { is: 'applied' }>): ExplainedError {
  return new ExplainedError(
    'fix-refused',
    vscode.l10n.t('The server refuses the change of {0}: {1}', nameText(name), oneLine(outcome.message, 500)),
    { remedy: vscode.l10n.t('Copy the fix and edit the object by hand.') },
  );
}

function nameText({ kind, namespace, name }: ObjectName): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
