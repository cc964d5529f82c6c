import * as vscode from 'vscode';
import { CancelledError } from '../../../base/cancellation.ts';
import { ExplainedError } from '../../../base/errors.ts';
import type { ClusterConnection } from '../../../model/connection.ts';
import type { Pod } from '../../../model/objects.ts';
import { formatRef, parseRef, type Ref } from '../../../model/refs.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import { planEverything, planRows, type MatrixPlan } from '../../../probe/matrix/plan.ts';
import type { MatrixAsked } from '../../../probe/matrix/run.ts';
import { refWord } from '../../../probe/refWord.ts';
import { pick } from '../../host/pickOne.ts';
import { runningContainers } from '../../host/podChoices.ts';
import { say } from '../../host/say.ts';
import { iconless } from '../../host/shownText.ts';
import { subjectOf } from '../../host/subject.ts';

/** What is to be asked, and what it is called. */
export interface MatrixQuestion {
  readonly title: string;
  readonly plan: MatrixPlan;
  /** The argument that asks the same again. */
  readonly asked: MatrixAsked;
}

/**
 * What a matrix is to ask: everything in a namespace, or chosen pods by chosen targets.
 * @param argument `{ namespaces }`, or `{ from, to }` with references; a tree item of a namespace; nothing: the user
 * is asked.
 * @throws CancelledError when the user turns away; ExplainedError where nothing is left to ask.
 */
export async function askMatrix(connection: ClusterConnection, argument: unknown): Promise<MatrixQuestion> {
  const snapshot = await connection.whenRead(new AbortController().signal);
  const known = read(argument, snapshot);
  if (known !== undefined) return known;
  const chosen = 'chosen';
  const choice = await pick<string>({
    title: vscode.l10n.t('Test Matrix'),
    placeholder: vscode.l10n.t('What is to be tested with each other?'),
    nothing: vscode.l10n.t('No pod is running'),
    load: async (signal) => [
      ...namespacesOf(await connection.whenRead(signal)),
      { label: vscode.l10n.t('Chosen pods and targets …'), icon: 'checklist', value: chosen },
    ],
  });
  if (choice !== chosen) return everythingIn(snapshot, [choice.slice('namespace:'.length)]);
  const pods = await chooseMany(vscode.l10n.t('From which pods?'), runningPods(snapshot).map(podItem));
  const targets = await chooseMany(vscode.l10n.t('To which pods and services?'), targetItems(snapshot));
  return chosenPairs(snapshot, pods, targets);
}

function read(argument: unknown, snapshot: Snapshot): MatrixQuestion | undefined {
  const subject = subjectOf(argument);
  if (subject?.is === 'object' && subject.kind === 'Namespace') return everythingIn(snapshot, [subject.name]);
  if (typeof argument !== 'object' || argument === null) return undefined;
  const words = (name: string): readonly string[] => {
    const value: unknown = name in argument ? (argument as Record<string, unknown>)[name] : undefined;
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  };
  const namespaces = words('namespaces');
  if (namespaces.length > 0) return everythingIn(snapshot, namespaces);
  const from = words('from').map((word) => parseRef(word));
  const to = words('to').map((word) => parseRef(refWord(word)));
  if (from.length === 0 || to.length === 0) return undefined;
  const pods = from.flatMap((ref) => {
    const pod = ref.is === 'pod' ? snapshot.get('Pod', ref.namespace, ref.name) : undefined;
    return pod === undefined ? [] : [pod];
  });
  return chosenPairs(snapshot, pods, to);
}

function everythingIn(snapshot: Snapshot, namespaces: readonly string[]): MatrixQuestion {
  return {
    title: vscode.l10n.t('everything in {0}', namespaces.join(', ')),
    plan: planEverything(snapshot, namespaces, say),
    asked: { namespaces },
  };
}

function chosenPairs(snapshot: Snapshot, pods: readonly Pod[], to: readonly Ref[]): MatrixQuestion {
  if (pods.length === 0) {
    throw new ExplainedError('nothing-to-check', vscode.l10n.t('None of the sources is there'));
  }
  return {
    title: vscode.l10n.t('{0} pods to {1} targets', pods.length, to.length),
    plan: planRows(snapshot, pods, to, 'ip', say),
    asked: {
      from: pods.map(({ namespace, name }) => formatRef({ is: 'pod', namespace, name })),
      to: to.map(formatRef),
    },
  };
}

function runningPods(snapshot: Snapshot): readonly Pod[] {
  return snapshot.all('Pod').filter((pod) => runningContainers(pod).length > 0);
}

function namespacesOf(snapshot: Snapshot): readonly {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly value: string;
}[] {
  const pods = runningPods(snapshot);
  return [...new Set(pods.map(({ namespace }) => namespace))].map((namespace) => ({
    label: vscode.l10n.t('Everything in {0}', namespace),
    description: vscode.l10n.t(
      '{0} pods, {1} services',
      pods.filter((pod) => pod.namespace === namespace).length,
      snapshot.inNamespace('Service', namespace).length,
    ),
    icon: 'symbol-namespace',
    value: `namespace:${namespace}`,
  }));
}

interface Item<T> extends vscode.QuickPickItem {
  readonly value: T;
}

function podItem(pod: Pod): Item<Pod> {
  const { name, namespace, ips, nodeName } = pod;
  return {
    label: `$(layers) ${iconless(name)}`,
    description: iconless([namespace, ips[0], nodeName].filter(Boolean).join(' · ')),
    value: pod,
  };
}

function targetItems(snapshot: Snapshot): readonly Item<Ref>[] {
  const services = snapshot.all('Service').map(({ namespace, name, type }): Item<Ref> => ({
    label: `$(type-hierarchy) ${iconless(name)}`,
    description: iconless(`${namespace} · ${type}`),
    value: { is: 'service', namespace, name },
  }));
  const pods = runningPods(snapshot).map((pod): Item<Ref> => {
    const { namespace, name } = pod;
    return { ...podItem(pod), value: { is: 'pod', namespace, name } };
  });
  return [...services, ...pods];
}

/** @throws CancelledError when nothing is chosen. */
async function chooseMany<T>(placeholder: string, items: readonly Item<T>[]): Promise<readonly T[]> {
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Test Matrix'),
    placeHolder: placeholder,
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (chosen === undefined || chosen.length === 0) throw new CancelledError();
  return chosen.map(({ value }) => value);
}
