import * as vscode from 'vscode';
import { CancelledError } from '../../../base/cancellation.ts';
import { ExplainedError, isCancellation } from '../../../base/errors.ts';
import { oneLine } from '../../../base/hostileText.ts';
import { chosenObjects } from '../../../manifest/chosenObjects.ts';
import { dedented } from '../../../manifest/dedented.ts';
import { parse } from '../../../manifest/parse.ts';
import { cancellableProgress } from '../../host/cancellableProgress.ts';
import type { Cluster } from '../../host/clusterAccess.ts';
import { openCluster } from '../../host/openCluster.ts';
import { linkless } from '../../host/shownText.ts';
import type { ApplyParts } from './applyActions.ts';
import { plan, titleOf, whatItWaitsFor, type Planned } from './plan.ts';
import { explained } from './rehearse.ts';

/**
 * Creates the objects in the selected text, of any kind of document, after a dry run and a question; namespaces that
 * they need and nobody has come first, and stand in the question.
 */
export async function createFromSelection({ session, log, reveal }: ApplyParts): Promise<void> {
  const selected = selectedText();
  const { objects, refused } = chosenObjects(parse(dedented(selected)));
  const [first] = refused;
  if (first !== undefined || objects.length === 0) {
    throw new ExplainedError(
      'no-objects-selected',
      first === undefined
        ? vscode.l10n.t('The selection holds no Kubernetes object')
        : vscode.l10n.t('The selection cannot be created (its line {0}): {1}', first.line + 1, first.why),
      { remedy: vscode.l10n.t('Select one or more whole manifests, from apiVersion to their end.') },
    );
  }
  const cluster = await openCluster(session);
  const { context } = cluster;
  const plans = await cancellableProgress(
    vscode.l10n.t('Trying on context {0}; nothing is kept', context.name),
    async (signal) => {
      const { plans: all, isServed } = await plan(objects, cluster.objects, context.namespace, signal);
      const created = new Set<string>();
      for (const each of all) {
        if (whatItWaitsFor(each, all, created, isServed(each)) !== undefined) continue;
        await cluster.objects.create(each.json, { dryRun: true }, signal);
        if (each.name.kind === 'Namespace') created.add(each.name.name);
      }
      return all;
    },
  );
  await confirm(plans, cluster);
  const lines = await cancellableProgress(
    vscode.l10n.t('Creating in context {0}', context.name),
    async (signal, say) => {
      const said: string[] = [];
      for (const { name, json } of plans) {
        say(titleOf(name));
        said.push(`${titleOf(name)}: ${await createOne(cluster, json, signal)}`);
      }
      return said;
    },
  );
  for (const line of lines)
    log.info(vscode.l10n.t('Create in context {0}: {1}', context.name, oneLine(line, 1_000)));
  void vscode.window.showInformationMessage(
    linkless(vscode.l10n.t('In context {0}: {1}', context.name, lines.join(' · ')), 2_000),
  );
  const shown = plans.find(({ source }) => source !== undefined);
  if (shown !== undefined) await reveal(shown.name);
}

function selectedText(): string {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined && !editor.selection.isEmpty) return editor.document.getText(editor.selection);
  throw new ExplainedError('no-selection', vscode.l10n.t('Nothing is selected'), {
    remedy: vscode.l10n.t('Select the text of one or more manifests and try again.'),
  });
}

async function confirm(plans: readonly Planned[], { context }: Cluster): Promise<void> {
  const yes = vscode.l10n.t('Create');
  const question =
    plans.length === 1
      ? vscode.l10n.t('Create this object in context {0}?', context.name)
      : vscode.l10n.t('Create these {0} objects in context {1}?', plans.length, context.name);
  const detail = [
    vscode.l10n.t('Context {0} at {1}', context.name, context.server),
    ...plans.map(({ name, source }) =>
      source === undefined ? vscode.l10n.t('{0} (new: the objects need it)', titleOf(name)) : titleOf(name),
    ),
  ];
  const answer = await vscode.window.showInformationMessage(
    linkless(question),
    { modal: true, detail: detail.map((line) => oneLine(line, 300)).join('\n') },
    yes,
  );
  if (answer !== yes) throw new CancelledError();
}

async function createOne({ objects }: Cluster, json: Planned['json'], signal: AbortSignal): Promise<string> {
  if (signal.aborted) return vscode.l10n.t('cancelled');
  try {
    await objects.create(json, { dryRun: false }, signal);
    return vscode.l10n.t('created');
  } catch (error) {
    if (isCancellation(error)) return vscode.l10n.t('cancelled');
    return vscode.l10n.t('failed: {0}', explained(error));
  }
}
