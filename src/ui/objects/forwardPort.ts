import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancellation.ts';
import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { Pod, Service } from '../../model/objects.ts';
import { cancellableProgress } from '../host/cancellableProgress.ts';
import type { Cluster } from '../host/clusterAccess.ts';
import { mayOrExplain, needs } from '../host/mayOrExplain.ts';
import { openCluster } from '../host/openCluster.ts';
import { pick } from '../host/pickOne.ts';
import { podChoices, serviceChoices } from '../host/podChoices.ts';
import type { Session } from '../host/session.ts';
import { linkless } from '../host/shownText.ts';
import { subjectOf } from '../host/subject.ts';
import type { ForwardList, OpenForward } from './forwardList.ts';
import { addressOf } from './forwardsTree.ts';
import { podPort, portsOfPod, portsOfService, requireTarget, type Forwardable } from './forwardTarget.ts';

/** Forwards a port of this machine to a pod or service: asks for both ports, then opens it and offers the browser. */
export async function forwardPort(session: Session, list: ForwardList, argument: unknown): Promise<void> {
  const cluster = await openCluster(session);
  const chosen = await askWhat(cluster, argument);
  await mayOrExplain(cluster, needs.portForward(chosen.namespace));
  const localPort = await askLocalPort(chosen);
  const opened = await openForward(cluster, list, chosen, localPort);
  const address = addressOf(opened.forward.localPort);
  const open = vscode.l10n.t('Open in Browser');
  const copy = vscode.l10n.t('Copy Address');
  const answer = await vscode.window.showInformationMessage(
    linkless(vscode.l10n.t('{0} leads to {1}.', address, chosen.what)),
    open,
    copy,
  );
  if (answer === open) await openLocal(opened, chosen.scheme);
  if (answer === copy) await vscode.env.clipboard.writeText(address);
}

/** @param localPort 0: any free one. @throws ExplainedError; CancelledError. */
export async function openForward(
  cluster: Cluster,
  list: ForwardList,
  chosen: Forwardable,
  localPort: number,
): Promise<OpenForward> {
  requireTarget(chosen, cluster.connection.snapshot);
  const forward = await cancellableProgress(
    vscode.l10n.t('Forwarding to {0}', oneLine(chosen.what)),
    (signal) =>
      cluster.portForwards.open(localPort, () => chosen.target(cluster.connection.snapshot), signal),
  );
  return list.add(chosen.what, cluster.context.name, forward);
}

/** In the browser of whoever sits before VS Code, who may be far from where the extension runs. */
export async function openLocal({ forward }: OpenForward, scheme: 'http' | 'https'): Promise<void> {
  const local = vscode.Uri.parse(`${scheme}://localhost:${forward.localPort}/`);
  await vscode.env.openExternal(await vscode.env.asExternalUri(local));
}

async function askWhat(cluster: Cluster, argument: unknown): Promise<Forwardable> {
  const { connection } = cluster;
  const subject = subjectOf(argument);
  const { snapshot } = connection;
  if (subject?.is === 'service') {
    const service = snapshot.get('Service', subject.namespace, subject.name);
    if (service !== undefined) return askPort(portsOfService(service));
  }
  if (subject?.is === 'pod' || subject?.is === 'container') {
    const pod = snapshot.get('Pod', subject.namespace, subject.is === 'pod' ? subject.name : subject.pod);
    if (pod !== undefined) return askPort(portsOfPod(pod), (port) => podPort(pod, port));
  }
  const chosen = await pick<Pod | Service>({
    title: vscode.l10n.t('Forward Port'),
    placeholder: vscode.l10n.t('Choose a service or a pod'),
    nothing: vscode.l10n.t('There is no service and no pod'),
    load: async (signal) => {
      const read = await connection.whenRead(signal);
      return [
        ...serviceChoices(read).map((choice) => ({ ...choice, group: vscode.l10n.t('Services') })),
        ...podChoices(read).map((choice) => ({ ...choice, group: vscode.l10n.t('Pods') })),
      ];
    },
  });
  return chosen.kind === 'Service'
    ? askPort(portsOfService(chosen))
    : askPort(portsOfPod(chosen), (port) => podPort(chosen, port));
}

async function askPort(
  choices: ReturnType<typeof portsOfPod>,
  typed?: (port: number) => Forwardable,
): Promise<Forwardable> {
  const [only] = choices;
  if (only !== undefined && choices.length === 1) return only.value;
  return pick({
    title: vscode.l10n.t('Forward Port'),
    placeholder:
      typed === undefined ? vscode.l10n.t('Choose a port') : vscode.l10n.t('Choose a port, or type one'),
    nothing: vscode.l10n.t('No TCP port is declared'),
    load: () => Promise.resolve(choices),
    ...(typed !== undefined && {
      fromText: (text: string) => {
        const port = portOf(text);
        return port === undefined || port === 0
          ? undefined
          : { label: String(port), description: vscode.l10n.t('typed'), icon: 'plug', value: typed(port) };
      },
    }),
  });
}

/** Ports below 1024 belong to the administrator. */
const firstFree = 1024;

async function askLocalPort({ what, port }: Forwardable): Promise<number> {
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('Forward Port'),
    prompt: vscode.l10n.t('Port of this machine that leads to {0}. Empty: any free one.', oneLine(what, 120)),
    value: port < firstFree ? String(port + 8000) : String(port),
    validateInput: (text) =>
      portOf(text) === undefined ? vscode.l10n.t('Ports go from 1 to 65535.') : undefined,
  });
  if (answer === undefined) throw new CancelledError();
  return portOf(answer) ?? 0;
}

/** 0 for an empty text. */
function portOf(text: string): number | undefined {
  if (text.trim() === '') return 0;
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : NaN;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** @throws ExplainedError where the item is none of the list's. */
export function forwardOf(list: ForwardList, argument: unknown): OpenForward {
  const id = typeof argument === 'object' && argument !== null && 'id' in argument ? argument.id : undefined;
  const found = typeof id === 'string' ? list.get(id) : undefined;
  if (found !== undefined) return found;
  const [only, another] = list.all;
  if (only !== undefined && another === undefined) return only;
  throw new ExplainedError('nothing-chosen', vscode.l10n.t('No port-forward was chosen'), {
    remedy: vscode.l10n.t('Use the buttons in the Port Forwards view.'),
  });
}
