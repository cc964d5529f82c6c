import { ExplainedError } from '../base/errors.ts';
import { oneLine } from '../base/hostileText.ts';
import { t } from '../base/l10n.ts';
import type { Container, Pod } from '../model/objects.ts';
import { formatRef, type Ref } from '../model/refs.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ContainerRef } from '../model/terminal.ts';
import { lookUp, shown } from './lookUp.ts';

/**
 * The container a check starts from: the one named, or the pod's first main container that runs.
 * @throws ExplainedError where the reference is no pod, or nothing can run in the container now.
 */
export function planSource(ref: Ref, snapshot: Snapshot): ContainerRef {
  if (ref.is !== 'pod') {
    throw new ExplainedError('source-not-a-pod', t('A check cannot start from {0}', shown(formatRef(ref))), {
      remedy: t('A check runs inside a container: name one as pod/NAMESPACE/NAME[:CONTAINER].'),
    });
  }
  if (ref.port !== undefined) {
    throw new ExplainedError('source-with-port', t('The source {0} has a port', shown(formatRef(ref))), {
      remedy: t('A port belongs to the target; the source is pod/NAMESPACE/NAME[:CONTAINER].'),
    });
  }
  const pod = lookUp(snapshot, 'Pod', ref.namespace, ref.name);
  const container = ref.container === undefined ? firstRunning(pod) : named(pod, ref.container);
  return { namespace: pod.namespace, pod: pod.name, container: container.name };
}

/** Containers a command can run in now: main ones first, then sidecars and ephemeral ones. */
export function runningContainers(pod: Pod): readonly Container[] {
  if (pod.phase === 'Succeeded' || pod.phase === 'Failed') return [];
  const order = { main: 0, sidecar: 1, ephemeral: 2, init: 3 } as const;
  return pod.containers
    .filter(({ state }) => state.is === 'running')
    .sort((a, b) => order[a.role] - order[b.role]);
}

function firstRunning(pod: Pod): Container {
  const first = runningContainers(pod)[0];
  if (first !== undefined) return first;
  const why = pod.reason
    ? `${pod.reason.word}${pod.reason.message === '' ? '' : `: ${pod.reason.message}`}`
    : t('its phase is {0}', pod.phase);
  throw new ExplainedError(
    'source-not-running',
    t(
      'No container of pod {0} in namespace {1} runs ({2})',
      shown(pod.name),
      shown(pod.namespace),
      oneLine(why),
    ),
    { remedy: t('Start the check from a pod that is running.') },
  );
}

function named(pod: Pod, name: string): Container {
  const container = pod.containers.find((candidate) => candidate.name === name);
  if (container === undefined) {
    throw new ExplainedError(
      'no-such-container',
      t('Pod {0} in namespace {1} has no container {2}', shown(pod.name), shown(pod.namespace), shown(name)),
      { remedy: t('It has: {0}.', pod.containers.map((candidate) => shown(candidate.name)).join(', ')) },
    );
  }
  const { state } = container;
  // A Snapshot made from manifests knows no states; the API server then has the last word.
  if (state.is !== 'waiting' && state.is !== 'terminated') return container;
  const why = state.is === 'waiting' ? state.reason : t('{0}, exit code {1}', state.reason, state.exitCode);
  throw new ExplainedError(
    'source-not-running',
    t(
      'Container {0} of pod {1} does not run ({2})',
      shown(name),
      shown(pod.name),
      oneLine(`${state.is}: ${why}`),
    ),
    { remedy: t('Start the check from a container that is running.') },
  );
}
