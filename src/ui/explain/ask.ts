import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { formatRef, parseRef } from '../../model/refs.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { pickOne, type Choice } from '../host/pickOne.ts';
import { portQuestion } from '../host/portChoices.ts';
import { containerChoices } from '../host/podChoices.ts';
import { pickStep, walk, type Step } from '../host/steps.ts';
import type { KnownQuestion } from './argument.ts';
import type { Question } from './question.ts';
import { fileSources, fileTargets } from './fileChoices.ts';
import { portsOf, targetChoices, typedTarget } from './targetChoices.ts';

/** A cluster's context, or the workspace's files where there is none, and what is there. */
export interface AskedOf {
  readonly context: string | undefined;
  readonly read: (signal: AbortSignal) => Promise<Snapshot>;
}

/**
 * Asks, in up to three steps, what is missing of "how does this connection go".
 * @throws CancelledError when the user turns away; ExplainedError.
 */
export async function askQuestion({ read, context }: AskedOf, known: KnownQuestion): Promise<Question> {
  if (known.context !== undefined && known.context !== context) {
    throw new ExplainedError(
      'other-context',
      vscode.l10n.t('This was asked in the context "{0}", which is not the one shown', known.context),
      { remedy: vscode.l10n.t('Select that context to look again.') },
    );
  }
  const title = vscode.l10n.t('Explain Connection');
  let { from, to } = known;
  let port: number | undefined;
  const steps: Step[] = [];
  if (from === undefined) {
    const ask = {
      title,
      placeholder: vscode.l10n.t('From which container?'),
      nothing: vscode.l10n.t('No container is running'),
      load: async (signal: AbortSignal) =>
        context === undefined ? fileSources(await read(signal)) : sourceChoices(await read(signal)),
    };
    steps.push(pickStep(ask, (value) => (from = value)));
  }
  if (to === undefined) {
    const ask = {
      title,
      placeholder: vscode.l10n.t('To what? Choose one, or type a URL such as https://example.com'),
      nothing: vscode.l10n.t('There is no pod with an IP and no service; type a URL'),
      fromText: typedTarget,
      load: async (signal: AbortSignal) =>
        context === undefined ? fileTargets(await read(signal)) : targetChoices(await read(signal)),
    };
    steps.push(pickStep(ask, (value) => (to = value)));
  }
  steps.push(async (position) => {
    port = undefined;
    if (to === undefined || !lacksPort(to)) return 'on';
    const target = to;
    const snapshot = await read(new AbortController().signal);
    refuseMissing(snapshot, target);
    const choices = portsOf(snapshot, target);
    const [only, ...others] = choices;
    // A service says itself which ports it has; what a pod declares is only a hint.
    if (only !== undefined && others.length === 0 && parseRef(target).is === 'service') {
      port = only.value;
      return 'on';
    }
    const ask = portQuestion(title, () => Promise.resolve(choices));
    const picked = await pickOne({ ...ask, step: position });
    if (picked.is === 'back') return 'back';
    port = picked.value;
    return 'on';
  });
  await walk(steps);
  if (from === undefined || to === undefined) {
    throw new ExplainedError('question-incomplete', vscode.l10n.t('Source and target are needed'));
  }
  const target =
    port === undefined ? to : formatRef({ ...parseRef(to), port } as ReturnType<typeof parseRef>);
  const question = { from, to: target, protocol: known.protocol, probe: known.probe };
  return context === undefined
    ? { ...question, context: '', probe: false, files: true }
    : { ...question, context };
}

/** Nobody shall be asked for a port of something that is not there. */
function refuseMissing(snapshot: Snapshot, to: string): void {
  const ref = parseRef(to);
  if (ref.is !== 'pod' && ref.is !== 'service') return;
  const kind = ref.is === 'pod' ? 'Pod' : 'Service';
  if (snapshot.coverage(kind).is !== 'complete') return;
  if (snapshot.get(kind, ref.namespace, ref.name) !== undefined) return;
  throw new ExplainedError('target-missing', vscode.l10n.t('There is no {0}', to), {
    remedy: vscode.l10n.t('It may have been deleted or replaced meanwhile: choose the target anew.'),
  });
}

function lacksPort(to: string): boolean {
  const ref = parseRef(to);
  return (ref.is === 'pod' || ref.is === 'service') && ref.port === undefined;
}

function sourceChoices(snapshot: Snapshot): readonly Choice<string>[] {
  const containers = containerChoices(snapshot).map(({ value, ...choice }) => ({
    ...choice,
    value: `pod/${value.namespace}/${value.pod}:${value.container}`,
  }));
  const outside: Choice<string> = {
    label: vscode.l10n.t('Outside the cluster'),
    description: vscode.l10n.t('this machine: tried from here and from inside the target'),
    icon: 'globe',
    group: vscode.l10n.t('elsewhere'),
    value: 'outside',
  };
  return [...containers, outside];
}
