import * as vscode from 'vscode';
import type { Container, Pod } from '../../model/objects.ts';
import type { Icon } from './node.ts';

const isWaiting = new Set(['ContainerCreating', 'PodInitializing', 'SchedulingGated', 'Pending']);

/** The containers that count for readiness: kubectl's READY column leaves init and ephemeral ones out. */
function counted(pod: Pod): readonly Container[] {
  return pod.containers.filter(({ role }) => role === 'main' || role === 'sidecar');
}

/** `Running, ready`, `Running, 1 of 2 ready`, `CrashLoopBackOff`: the state in words. */
export function podStateText(pod: Pod): string {
  const word = wordOf(pod);
  if (pod.phase === 'Succeeded' || pod.phase === 'Failed') return word;
  if (pod.ready) return vscode.l10n.t('{0}, ready', word);
  if (pod.phase !== 'Running') return word;
  const containers = counted(pod);
  const ready = containers.filter((container) => container.ready).length;
  if (ready === containers.length) return vscode.l10n.t('{0}, not ready', word);
  return vscode.l10n.t('{0}, {1} of {2} ready', word, ready, containers.length);
}

/** The reason as kubectl says it, with the exit code of the run before where a container keeps crashing. */
function wordOf({ reason, phase, containers }: Pod): string {
  if (reason === undefined) return phase;
  const exit = containers.find(({ name }) => name === reason.container)?.lastExit;
  if (exit === undefined || !reason.word.endsWith('CrashLoopBackOff')) return reason.word;
  return vscode.l10n.t('{0}, exit code {1}', reason.word, exit.exitCode);
}

export function podIcon(pod: Pod): Icon {
  if (pod.deletedAt !== undefined) return { id: 'circle-slash', color: 'disabledForeground' };
  if (pod.phase === 'Succeeded') return { id: 'check-all', color: 'disabledForeground' };
  if (pod.phase === 'Unknown') return { id: 'question', color: 'list.warningForeground' };
  if (pod.phase === 'Failed') return { id: 'error', color: 'list.errorForeground' };
  if (pod.reason !== undefined && !isWaiting.has(pod.reason.word)) {
    return { id: 'error', color: 'list.errorForeground' };
  }
  if (pod.phase === 'Pending') return { id: 'watch', color: 'list.warningForeground' };
  return pod.ready
    ? { id: 'pass', color: 'testing.iconPassed' }
    : { id: 'warning', color: 'list.warningForeground' };
}

/** A container's state in words, with its reason and exit code where there is one. */
export function containerStateText(container: Container, pod: Pod): string {
  const { state } = container;
  switch (state.is) {
    case 'running':
      return container.ready || container.role === 'init' || container.role === 'ephemeral'
        ? vscode.l10n.t('running')
        : vscode.l10n.t('running, not ready');
    case 'waiting':
      return state.reason === '' ? vscode.l10n.t('waiting') : vscode.l10n.t('waiting: {0}', state.reason);
    case 'terminated':
      return state.reason === ''
        ? vscode.l10n.t('ended with exit code {0}', state.exitCode)
        : vscode.l10n.t('ended: {0}, exit code {1}', state.reason, state.exitCode);
    case 'unknown':
      // Until a node has the pod, nobody could have started it.
      return pod.nodeName === '' ? vscode.l10n.t('not started') : vscode.l10n.t('state unknown');
  }
}

export function containerIcon(container: Container): Icon {
  const { state } = container;
  if (state.is === 'terminated' && state.exitCode !== 0)
    return { id: 'error', color: 'list.errorForeground' };
  if (state.is === 'waiting' && !isWaiting.has(state.reason) && state.reason !== '') {
    return { id: 'error', color: 'list.errorForeground' };
  }
  if (state.is === 'waiting') return { id: 'watch', color: 'list.warningForeground' };
  return { id: 'package' };
}
