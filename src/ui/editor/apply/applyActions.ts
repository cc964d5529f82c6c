import * as vscode from 'vscode';
import { CancelledError } from '../../../base/cancellation.ts';
import { ExplainedError } from '../../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../../base/event.ts';
import { oneLine } from '../../../base/hostileText.ts';
import { isRecord } from '../../../model/json.ts';
import type { FieldConflict } from '../../../model/requests.ts';
import { cancellableProgress } from '../../host/cancellableProgress.ts';
import type { Cluster } from '../../host/clusterAccess.ts';
import { openCluster } from '../../host/openCluster.ts';
import type { RevealedObject, RevealObject } from '../../host/revealObject.ts';
import type { Session } from '../../host/session.ts';
import { linkless } from '../../host/shownText.ts';
import { askWhatToApply } from './askWhatToApply.ts';
import { carryOut, type Result } from './carryOut.ts';
import { createFromSelection } from './createFromSelection.ts';
import { deleteObjects } from './deleteObjects.ts';
import { ObjectTexts } from './objectTexts.ts';
import { Refusals } from './refusals.ts';
import { titleOf, type Planned } from './plan.ts';
import { rehearse, type Rehearsal } from './rehearse.ts';
import { tellResults } from './tellResults.ts';
import { targetOf, type Target } from './target.ts';

export interface ApplyParts {
  readonly session: Session;
  readonly log: vscode.LogOutputChannel;
  readonly reveal: RevealObject;
}

/** Apply, Delete and Create of what an editor holds. Every change is tried, shown and asked for before. */
export class ApplyActions implements Disposable {
  readonly #parts: ApplyParts;
  readonly #store = new DisposableStore();
  readonly #texts = this.#store.add(new ObjectTexts());
  readonly #refusals = this.#store.add(new Refusals());

  constructor(parts: ApplyParts) {
    this.#parts = parts;
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** @throws ExplainedError where nothing can be applied; CancelledError. */
  async apply(scope: 'file' | 'documents', uri?: unknown, line?: unknown): Promise<void> {
    const target = await targetOf(scope, uri, line);
    const cluster = await openCluster(this.#parts.session);
    const rehearsals = await this.#rehearse(target, cluster);
    const possible = rehearsals.filter(({ verdict }) => verdict.is !== 'refused');
    const refused = rehearsals.length - possible.length + target.refused.length;
    if (possible.length === 0) throw allRefused(rehearsals, cluster);
    if (refused === 0 && possible.every(({ verdict }) => verdict.is === 'unchanged')) {
      const what = possible.map(({ name }) => titleOf(name)).join(', ');
      const message = vscode.l10n.t('Nothing changes in context {0}: {1}.', cluster.context.name, what);
      void vscode.window.showInformationMessage(linkless(message));
      return;
    }
    const { context } = cluster;
    const chosen = await askWhatToApply(possible, { texts: this.#texts, cluster, refused });
    if (chosen.length === 0) throw new CancelledError();
    const results = await cancellableProgress(
      vscode.l10n.t('Applying to context {0}', context.name),
      (signal, say) =>
        carryOut(chosen, {
          requests: cluster.objects,
          mayTakeOver: (plan, conflicts) => askToTakeOver(plan, conflicts, context.name),
          signal,
          onProgress: ({ name }) => say(titleOf(name)),
        }),
    );
    this.#showFailures(target, results);
    await tellResults(results, { ...this.#parts, cluster, notSent: target.refused });
  }

  async delete(uri?: unknown, line?: unknown): Promise<void> {
    const target = await targetOf('documents', uri, line);
    await deleteObjects(target.objects, await openCluster(this.#parts.session), this.#parts.log);
  }

  /** @param object as lenses pass it; undefined: the one at the cursor. */
  async show(object: unknown): Promise<void> {
    const wanted = revealedObject(object) ?? (await this.#objectAtCursor());
    if (await this.#parts.reveal(wanted)) return;
    throw new ExplainedError(
      'not-in-view',
      vscode.l10n.t('The cluster view does not show {0}', titleOf({ apiVersion: '', ...wanted })),
      {
        remedy: vscode.l10n.t(
          'It shows pods and Services of the namespaces chosen there. Apply the object first, or choose its namespace.',
        ),
      },
    );
  }

  async createFromSelection(): Promise<void> {
    await createFromSelection(this.#parts);
  }

  async #objectAtCursor(): Promise<RevealedObject> {
    const { objects } = await targetOf('documents', undefined, undefined);
    const cluster = await openCluster(this.#parts.session);
    const [object] = objects;
    if (object === undefined) throw new CancelledError();
    const { kind, name, namespace = cluster.context.namespace } = object;
    return { kind, namespace, name };
  }

  async #rehearse(target: Target, cluster: Cluster): Promise<readonly Rehearsal[]> {
    const { document, version, objects } = target;
    const rehearsals = await cancellableProgress(
      vscode.l10n.t('Trying on context {0}; nothing is kept', cluster.context.name),
      (signal, say) =>
        rehearse(objects, {
          requests: cluster.objects,
          defaultNamespace: cluster.context.namespace,
          signal,
          onProgress: say,
        }),
    );
    const refusals = rehearsals.flatMap(({ verdict, source }) =>
      verdict.is === 'refused' ? [{ ...verdict, ...(source && { source }) }] : [],
    );
    this.#refusals.show(document, version, refusals);
    return rehearsals;
  }

  #showFailures({ document, version }: Target, results: readonly Result[]): void {
    const failures = results.filter((result) => result.is === 'failed');
    if (failures.length > 0) this.#refusals.show(document, version, failures);
  }
}

function revealedObject(value: unknown): RevealedObject | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, namespace, name } = value;
  return typeof kind === 'string' && typeof namespace === 'string' && typeof name === 'string'
    ? { kind, namespace, name }
    : undefined;
}

function allRefused(rehearsals: readonly Rehearsal[], { context }: Cluster): ExplainedError {
  const sentences = rehearsals.flatMap(({ name, verdict }) =>
    verdict.is === 'refused' ? [`${titleOf(name)}: ${oneLine(verdict.message, 400)}`] : [],
  );
  return new ExplainedError(
    'apply-refused',
    vscode.l10n.t('The server of context {0} refuses this: {1}', context.name, sentences.join(' · ')),
    { remedy: vscode.l10n.t('Nothing was changed. The fields it names are marked in the text.') },
  );
}

/** Fields that another tool looks after come back when that tool applies again; who takes them over must know. */
async function askToTakeOver(
  { name }: Planned,
  conflicts: readonly FieldConflict[],
  context: string,
): Promise<boolean> {
  const takeOver = vscode.l10n.t('Take Over');
  const lines = conflicts.slice(0, 15).map(({ manager, field }) => `${field} (${manager})`);
  const answer = await vscode.window.showWarningMessage(
    linkless(
      vscode.l10n.t('Others manage fields of {0} in context {1}. Take them over?', titleOf(name), context),
    ),
    {
      modal: true,
      detail: oneLine(
        vscode.l10n.t(
          '{0}. What their managers apply next may undo the change, or be refused.',
          lines.join(', '),
        ),
        2_000,
      ),
    },
    takeOver,
  );
  return answer === takeOver;
}
