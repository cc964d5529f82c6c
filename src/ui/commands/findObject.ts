import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { Pod, Service } from '../../model/objects.ts';
import { pick } from '../host/pickOne.ts';
import { podChoices, serviceChoices } from '../host/podChoices.ts';
import { openCluster } from '../host/openCluster.ts';
import type { Session } from '../host/session.ts';
import { subjectOf } from '../host/subject.ts';

/**
 * The pod a command is about: the menu's item, else the user is asked.
 * @throws ExplainedError where it is gone or no cluster is open; CancelledError.
 */
export async function findPod(session: Session, argument: unknown, title: string): Promise<Pod> {
  const { connection } = await openCluster(session);
  const subject = subjectOf(argument);
  if (subject?.is !== 'pod') {
    return pick({
      title,
      placeholder: vscode.l10n.t('Choose a pod'),
      nothing: vscode.l10n.t('No pod has an IP'),
      load: async (signal) => podChoices(await connection.whenRead(signal)),
    });
  }
  const pod = connection.snapshot.get('Pod', subject.namespace, subject.name);
  if (pod === undefined) throw gone(vscode.l10n.t('pod'), subject);
  return pod;
}

/** As {@link findPod}, for a service. */
export async function findService(session: Session, argument: unknown, title: string): Promise<Service> {
  const { connection } = await openCluster(session);
  const subject = subjectOf(argument);
  if (subject?.is !== 'service') {
    return pick({
      title,
      placeholder: vscode.l10n.t('Choose a service'),
      nothing: vscode.l10n.t('There is no service'),
      load: async (signal) => serviceChoices(await connection.whenRead(signal)),
    });
  }
  const service = connection.snapshot.get('Service', subject.namespace, subject.name);
  if (service === undefined) throw gone(vscode.l10n.t('service'), subject);
  return service;
}

function gone(kind: string, { namespace, name }: { namespace: string; name: string }): ExplainedError {
  return new ExplainedError(
    'gone',
    vscode.l10n.t('The {0} {1} is no longer in namespace {2}', kind, name, namespace),
    { remedy: vscode.l10n.t('Refresh the view.') },
  );
}
