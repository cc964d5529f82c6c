import { t } from '../base/l10n.ts';
import type { Container, PodReason } from './objects.ts';
import { list, record, text, type Json } from './json.ts';

/**
 * The word `kubectl get pods` prints where a pod is not simply Running and ready, with its evidence; undefined
 * where all is well. Order as in kubectl (pkg/printers/internalversion, printPod): deletion, init containers,
 * containers, the pod's own reason, then scheduling.
 */
export function podReason(pod: Json, containers: readonly Container[]): PodReason | undefined {
  const status = record(pod.status);
  const podWord = text(status.reason);
  const podMessage = text(status.message);
  if (text(record(pod.metadata).deletionTimestamp) !== '') {
    return podWord === 'NodeLost'
      ? { word: 'Unknown', message: podMessage }
      : { word: 'Terminating', message: t('The pod was asked to end.') };
  }
  const fromInit = containers
    .filter(({ role }) => role === 'init' || role === 'sidecar')
    .map(initReason)
    .find(Boolean);
  if (fromInit) return fromInit;
  const fromContainer = containers
    .filter(({ role }) => role === 'main')
    .map(containerReason)
    .find(Boolean);
  if (fromContainer) return fromContainer;
  if (podWord !== '') return { word: podWord, message: podMessage };
  return schedulingReason(status);
}

function initReason(container: Container): PodReason | undefined {
  const { state } = container;
  if (state.is === 'terminated' && state.exitCode !== 0) return prefixed('Init:', containerReason(container));
  if (state.is === 'waiting' && state.reason !== '' && state.reason !== 'PodInitializing') {
    return prefixed('Init:', containerReason(container));
  }
  return undefined;
}

function prefixed(prefix: string, reason: PodReason | undefined): PodReason | undefined {
  return reason && { ...reason, word: prefix + reason.word };
}

function containerReason({ name, state }: Container): PodReason | undefined {
  switch (state.is) {
    case 'waiting':
      return state.reason === ''
        ? undefined
        : { word: state.reason, message: state.message, container: name };
    case 'terminated': {
      if (state.exitCode === 0) return undefined;
      const word = state.reason === '' ? `ExitCode:${state.exitCode}` : state.reason;
      const message = state.message === '' ? t('exit code {0}', state.exitCode) : state.message;
      return { word, message, container: name };
    }
    case 'running':
    case 'unknown':
      return undefined;
  }
}

function schedulingReason(status: Json): PodReason | undefined {
  const scheduled = list(status.conditions)
    .map(record)
    .find((condition) => condition.type === 'PodScheduled');
  if (scheduled?.status !== 'False') return undefined;
  return { word: text(scheduled.reason) || 'Unschedulable', message: text(scheduled.message) };
}
