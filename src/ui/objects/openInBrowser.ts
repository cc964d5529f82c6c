import { connect } from 'node:net';
import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { Service, ServicePort } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { cancellableProgress } from '../host/cancellableProgress.ts';
import { mayOrExplain, needs } from '../host/mayOrExplain.ts';
import { openCluster } from '../host/openCluster.ts';
import { pick } from '../host/pickOne.ts';
import { serviceChoices } from '../host/podChoices.ts';
import type { Session } from '../host/session.ts';
import { subjectOf } from '../host/subject.ts';
import type { ForwardList } from './forwardList.ts';
import { openForward, openLocal } from './forwardPort.ts';
import { servicePort } from './forwardTarget.ts';

/** A node that does not answer by then is behind a firewall, or in a machine of its own. */
const patienceMs = 1_000;

/**
 * Opens a service in the browser, by the first way that leads there: its load balancer, a node port (minikube's and
 * kind's nodes are such nodes), else a port-forward. The practice lab's addresses exist in it alone.
 */
export async function openInBrowser(session: Session, list: ForwardList, argument: unknown): Promise<void> {
  const cluster = await openCluster(session);
  const { connection } = cluster;
  const service = await serviceOf(connection, argument);
  const { snapshot } = connection;
  const port = await askPort(service);
  const target = servicePort(service, port);
  const direct = await cancellableProgress(vscode.l10n.t('Looking for a way to {0}', target.what), (signal) =>
    firstThatAnswers(connection.isPracticeLab === true ? [] : waysFromHere(snapshot, service, port), signal),
  );
  if (direct !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(`${target.scheme}://${direct}/`));
    return;
  }
  await mayOrExplain(cluster, needs.portForward(service.namespace));
  await openLocal(await openForward(cluster, list, target, 0), target.scheme);
}

interface Connection {
  readonly snapshot: Snapshot;
  whenRead(signal: AbortSignal): Promise<Snapshot>;
}

async function serviceOf(connection: Connection, argument: unknown): Promise<Service> {
  const subject = subjectOf(argument);
  const known =
    subject?.is === 'service'
      ? connection.snapshot.get('Service', subject.namespace, subject.name)
      : undefined;
  if (known !== undefined) return known;
  return pick({
    title: vscode.l10n.t('Open Service in Browser'),
    placeholder: vscode.l10n.t('Choose a service'),
    nothing: vscode.l10n.t('There is no service'),
    load: async (signal) => serviceChoices(await connection.whenRead(signal)),
  });
}

async function askPort({ name, ports }: Service): Promise<ServicePort> {
  const tcp = ports.filter(({ protocol }) => protocol === 'TCP');
  const [only, another] = tcp;
  if (only === undefined) {
    throw new ExplainedError('no-port', vscode.l10n.t('The service {0} has no TCP port', name), {
      remedy: vscode.l10n.t('A browser needs one.'),
    });
  }
  if (another === undefined) return only;
  return pick({
    title: vscode.l10n.t('Open Service in Browser'),
    placeholder: vscode.l10n.t('Choose a port'),
    nothing: '',
    load: () =>
      Promise.resolve(
        tcp.map((port) => ({ label: String(port.port), description: port.name, icon: 'plug', value: port })),
      ),
  });
}

/** `HOST:PORT` of what may lead to a service from outside of the cluster, the best first. */
function waysFromHere(
  snapshot: Snapshot,
  service: Service,
  { port, nodePort }: ServicePort,
): readonly string[] {
  const balancers = [...service.loadBalancer, ...service.externalIPs].map((host) => withPort(host, port));
  if (nodePort === undefined || !browserIsHere()) return balancers;
  const nodes = snapshot.all('Node').filter(({ ready }) => ready);
  const addresses = ['ExternalIP', 'InternalIP'].flatMap((wanted) =>
    nodes.flatMap((node) => node.addresses.filter(({ type }) => type === wanted)),
  );
  // A few nodes are as good as all of them, and quicker to ask.
  return [...balancers, ...addresses.slice(0, 4).map(({ address }) => withPort(address, nodePort))];
}

/** Whether the browser runs on the machine that asks the nodes; far from it, their addresses say nothing. */
function browserIsHere(): boolean {
  return vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
}

function withPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** All are tried at once; the first in order that accepts a connection wins. */
async function firstThatAnswers(ways: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  const answers = await Promise.all(ways.map((way) => acceptsConnections(way, signal)));
  return ways.find((_, index) => answers[index]);
}

function acceptsConnections(way: string, signal: AbortSignal): Promise<boolean> {
  const { hostname, port } = new URL(`http://${way}`);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80), signal });
    const end = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(patienceMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
