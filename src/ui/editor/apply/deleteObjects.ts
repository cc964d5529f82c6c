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
  const { t } = vscode.l10n;
  const title = t('Looking in context {0}', context.name);
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
    throw new ExplainedError('nothing-to-delete', t('Context {0} has none of these objects', context.name), {
      remedy: t('They may be in another namespace or context, or gone already.'),
    });
  }
  await confirm(found, cluster);
  // What was written last may need what was written first.
  const results = await cancellableProgress(
    t('Deleting in context {0}', context.name),
    async (signal, say) => {
      const lines: string[] = [];
      for (const { name, uid } of found.toReversed()) {
        say(titleOf(name));
        lines.push(`${titleOf(name)}: ${await deleteOne(cluster, name, uid, signal)}`);
      }
      return lines;
    },
  );
  for (const line of results) log.info(t('Delete in context {0}: {1}', context.name, oneLine(line, 1_000)));
  void vscode.window.showInformationMessage(
    linkless(t('In context {0}: {1}', context.name, results.join(' · ')), 2_000),
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
  const { t } = vscode.l10n;
  const dependents = found.map(({ name }) => dependentsOf(name, connection.snapshot));
  const names = new Set(found.map(({ name }) => titleOf(name)));
  const besides = (titles: readonly string[]): readonly string[] =>
    [...new Set(titles)].filter((title) => !names.has(title));
  const deleted = besides(dependents.flatMap((each) => each.deleted));
  const missing = besides(dependents.flatMap((each) => each.missing));
  const isKnown = connection.state.is === 'live';
  const detail = [
    t('Context {0} at {1}', context.name, context.server),
    ...[...names],
    ...(deleted.length > 0 ? ['', t('Deleted with it:'), ...listed(deleted)] : []),
    ...(missing.length > 0 ? ['', t('Stays, and misses it:'), ...listed(missing)] : []),
    ...(found.some(({ name }) => name.kind === 'StatefulSet')
      ? ['', t('Claims made from its templates stay, with their data.')]
      : []),
    ...(isKnown ? [] : ['', t('What depends on it is not known: the cluster view is not connected.')]),
  ];
  const yes = t('Delete');
  const question =
    found.length === 1
      ? t('Delete {0} from context {1}?', titleOf(found[0]?.name ?? emptyName), context.name)
      : t('Delete {0} objects from context {1}?', found.length, context.name);
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
  const { t } = vscode.l10n;
  if (signal.aborted) return t('cancelled');
  try {
    const options = { dryRun: false, ...(uid !== '' && { uid }) };
    return (await objects.delete(name, options, signal)) ? t('deleted') : t('gone already');
  } catch (error) {
    if (isCancellation(error)) return t('cancelled');
    return t('failed: {0}', explained(error));
  }
}
