import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancellation.ts';
import { oneLine } from '../../base/hostileText.ts';
import { list, record, text, type Json } from '../../model/json.ts';
import type { ObjectName, ServedKind } from '../../model/requests.ts';
import { cancellableProgress } from '../host/cancellableProgress.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { mayOrExplain, needs } from '../host/mayOrExplain.ts';
import { openCluster } from '../host/openCluster.ts';
import type { Session } from '../host/session.ts';
import { linkless } from '../host/shownText.ts';
import { gone, named, objectOf } from './objectOf.ts';

/**
 * Deletes an object after a question that names it in full and says what will follow. Only the very object that was
 * asked about is deleted, not another that has taken its name meanwhile.
 */
export async function deleteObject(session: Session, argument: unknown): Promise<void> {
  const name = objectOf(argument);
  const cluster = await openCluster(session);
  const { object, served } = await cancellableProgress(
    vscode.l10n.t('Reading {0}', named(name)),
    async (signal) => ({
      object: await cluster.objects.get(name, signal),
      served: await servedKind(cluster, name, signal),
    }),
  );
  if (object === undefined) throw gone(name);
  if (served !== undefined) await mayOrExplain(cluster, needs.delete(actionOf(name, served)));
  await confirm(cluster, name, object);
  const uid = text(record(object.metadata).uid);
  const deleted = await cancellableProgress(vscode.l10n.t('Deleting {0}', named(name)), (signal) =>
    cluster.objects.delete(name, { ...(uid !== '' && { uid }), dryRun: false }, signal),
  );
  const message = deleted
    ? vscode.l10n.t('{0} is being deleted.', named(name))
    : vscode.l10n.t('{0} was gone already.', named(name));
  void vscode.window.showInformationMessage(linkless(message));
}

async function servedKind(
  cluster: Cluster,
  { apiVersion, kind }: ObjectName,
  signal: AbortSignal,
): Promise<ServedKind | undefined> {
  const { kinds } = await cluster.objects.servedKinds(signal);
  return kinds.find((served) => served.apiVersion === apiVersion && served.kind === kind);
}

function actionOf(
  { apiVersion, namespace, name }: ObjectName,
  { plural }: ServedKind,
): Parameters<typeof needs.delete>[0] {
  const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [];
  return {
    group,
    resource: plural,
    name,
    ...(namespace !== '' && { namespace }),
  };
}

async function confirm(cluster: Cluster, name: ObjectName, object: Json): Promise<void> {
  const remove = vscode.l10n.t('Delete');
  const chosen = await vscode.window.showWarningMessage(
    oneLine(vscode.l10n.t('Delete {0} in {1}?', named(name), cluster.context.name), 400),
    { modal: true, detail: [consequence(name, object), vscode.l10n.t('This cannot be undone.')].join('\n') },
    remove,
  );
  if (chosen !== remove) throw new CancelledError();
}

/** What deleting it leads to, as far as the object itself tells. */
function consequence({ kind }: ObjectName, object: Json): string {
  const metadata = record(object.metadata);
  const owner = list(metadata.ownerReferences)
    .map(record)
    .find(({ controller }) => controller === true);
  if (owner !== undefined) {
    const who = oneLine(`${text(owner.kind)} ${text(owner.name)}`, 120);
    return vscode.l10n.t('{0} made it, and will make another in its place.', who);
  }
  switch (kind) {
    case 'Namespace':
      return vscode.l10n.t('Everything in the namespace is deleted with it.');
    case 'Pod':
      return vscode.l10n.t('Nothing makes it again: no controller owns it.');
    case 'Service':
      return vscode.l10n.t('Its name and addresses stop working for every client.');
    case 'NetworkPolicy':
      return vscode.l10n.t(
        'What only this policy kept out can then get through, and what only it let in may not.',
      );
    case 'PersistentVolumeClaim':
      return vscode.l10n.t('Its volume may be deleted with it, and the data with that.');
    default:
      return '';
  }
}
