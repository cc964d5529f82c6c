import * as vscode from 'vscode';
import { CancelledError } from '../../../base/cancellation.ts';
import { ExplainedError, isCancellation } from '../../../base/errors.ts';
import { oneLine } from '../../../base/hostileText.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import { record, text } from '../../../model/json.ts';
import type { ObjectName } from '../../../model/requests.ts';
import { cancellableProgress } from '../../host/cancellableProgress.ts';
import type { Cluster } from '../../host/clusterAccess.ts';
import { forLog } from '../../host/showError.ts';
import { linkless } from '../../host/shownText.ts';
import { dependentsOf } from './dependents.ts';
import { titleOf } from './plan.ts';
import { explained } from './rehearse.ts';

interface Found {
  readonly name: ObjectName;
  readonly uid: string;
}

const mostListed = 20;

/** Deletes the objects that manifests name, after a question that names each of them and what goes with it. */
export async function deleteObjects(
  objects: readonly ManifestObject[],
  cluster: Cluster,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const { context } = cluster;
  const title = vscode.l10n.t('Looking in context {0}', context.name);
  const found = await cancellableProgress(title, async (signal) => {
    const there = await find(objects, cluster, signal);
    // What depends on them is good to know, and no reason to fail.
    await cluster.connection.whenRead(signal).catch((error: unknown) => {
      if (isCancellation(error)) throw error;
      log.warn(forLog(error));
    });
    return there;
  });
  if (found.length === 0) {
    throw new ExplainedError(
      'nothing-to-delete',
      vscode.l10n.t('Context {0} has none of these objects', context.name),
      {
        remedy: vscode.l10n.t('They may be in another namespace or context, or gone already.'),
      },
    );
  }
  await confirm(found, cluster);
  // What was written last may need what was written first.
  const results = await cancellableProgress(
    vscode.l10n.t('Deleting in context {0}', context.name),
    async (signal, say) => {
      const lines: string[] = [];
      for (const { name, uid } of found.toReversed()) {
        say(titleOf(name));
        lines.push(`${titleOf(name)}: ${await deleteOne(cluster, name, uid, signal)}`);
      }
      return lines;
    },
  );
  for (const line of results)
    log.info(vscode.l10n.t('Delete in context {0}: {1}', context.name, oneLine(line, 1_000)));
  void vscode.window.showInformationMessage(
    linkless(vscode.l10n.t('In context {0}: {1}', context.name, results.join(' · ')), 2_000),
  );
}

async function find(
  objects: readonly ManifestObject[],
  { objects: requests, context }: Cluster,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const { kinds } = await requests.servedKinds(signal);
  const found: Found[] = [];
  for (const { apiVersion, kind, namespace, name } of objects) {
    const served = kinds.find((each) => each.apiVersion === apiVersion && each.kind === kind);
    const where = served?.namespaced === false ? '' : (namespace ?? context.namespace);
    const full: ObjectName = { apiVersion, kind, namespace: where, name };
    const live = await requests.get(full, signal);
    if (live !== undefined) found.push({ name: full, uid: text(record(live.metadata).uid) });
  }
  return found;
}

async function confirm(found: readonly Found[], { context, connection }: Cluster): Promise<void> {
  const dependents = found.map(({ name }) => dependentsOf(name, connection.snapshot));
  const names = new Set(found.map(({ name }) => titleOf(name)));
  const besides = (titles: readonly string[]): readonly string[] =>
    [...new Set(titles)].filter((title) => !names.has(title));
  const deleted = besides(dependents.flatMap((each) => each.deleted));
  const missing = besides(dependents.flatMap((each) => each.missing));
  const isKnown = connection.state.is === 'live';
  const detail = [
    vscode.l10n.t('Context {0} at {1}', context.name, context.server),
    ...[...names],
    ...(deleted.length > 0 ? ['', vscode.l10n.t('Deleted with it:'), ...listed(deleted)] : []),
    ...(missing.length > 0 ? ['', vscode.l10n.t('Stays, and misses it:'), ...listed(missing)] : []),
    ...(found.some(({ name }) => name.kind === 'StatefulSet')
      ? ['', vscode.l10n.t('Claims made from its templates stay, with their data.')]
      : []),
    ...(isKnown
      ? []
      : ['', vscode.l10n.t('What depends on it is not known: the cluster view is not connected.')]),
  ];
  const yes = vscode.l10n.t('Delete');
  const question =
    found.length === 1
      ? vscode.l10n.t('Delete {0} from context {1}?', titleOf(found[0]?.name ?? emptyName), context.name)
      : vscode.l10n.t('Delete {0} objects from context {1}?', found.length, context.name);
  const answer = await vscode.window.showWarningMessage(
    linkless(question),
    { modal: true, detail: detail.map((line) => oneLine(line, 300)).join('\n') },
    yes,
  );
  if (answer !== yes) throw new CancelledError();
}

const emptyName: ObjectName = { apiVersion: '', kind: '', namespace: '', name: '' };

function listed(titles: readonly string[]): readonly string[] {
  const hidden = titles.length - mostListed;
  const shown = titles.slice(0, mostListed);
  return hidden > 0 ? [...shown, vscode.l10n.t('and {0} more', hidden)] : shown;
}

async function deleteOne(
  { objects }: Cluster,
  name: ObjectName,
  uid: string,
  signal: AbortSignal,
): Promise<string> {
  if (signal.aborted) return vscode.l10n.t('cancelled');
  try {
    const options = { dryRun: false, ...(uid !== '' && { uid }) };
    return (await objects.delete(name, options, signal))
      ? vscode.l10n.t('deleted')
      : vscode.l10n.t('gone already');
  } catch (error) {
    if (isCancellation(error)) return vscode.l10n.t('cancelled');
    return vscode.l10n.t('failed: {0}', explained(error));
  }
}
