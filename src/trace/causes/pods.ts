import { t } from '../../base/l10n.ts';
import { shellQuote } from '../../base/shellQuote.ts';
import type { Container, Pod } from '../../model/objects.ts';
import type { World } from '../../reach/world.ts';
import type { Evidence, Finding, Fix } from '../types.ts';
import { refOf } from '../view.ts';
import { describePod, logsCommand } from './commands.ts';
import type { Detector } from './detector.ts';

/** pod-not-running: an end of the connection does not run. */
export const podNotRunning: Detector = ({ question, service, selected, endpoints, world }) => {
  const { source, target } = question;
  const isDown = (pod: Pod): boolean => saysStatus(world, pod) && !runs(pod);
  if (source.is === 'container' && isDown(source.pod)) return finding('source', [source.pod]);
  if (target.is === 'pod' && isDown(target.pod)) return finding('target', [target.pod]);
  if (service === undefined || selected.length === 0 || endpoints.some(({ ready }) => ready))
    return undefined;
  // Pods that are ending are another story: endpoints-terminating.
  const down = selected.filter((pod) => isDown(pod) && pod.deletedAt === undefined);
  return down.length === selected.length ? finding('endpoints', down) : undefined;
};

function finding(hop: Finding['hop'], pods: readonly Pod[]): Finding {
  const [first] = pods;
  const name = first === undefined ? '' : refOf(first);
  const word = first?.reason?.word ?? first?.phase ?? '';
  return {
    id: 'pod-not-running',
    hop,
    certainty: 'certain',
    summary:
      pods.length > 1
        ? t('{0} does not run ({1}), and {2} more.', name, word, pods.length - 1)
        : t('{0} does not run ({1}).', name, word),
    objects: pods.map(refOf),
    evidence: pods.map(evidenceOf),
    fixes: pods.slice(0, 1).flatMap(fixesOf),
  };
}

/** Whether it is known that a pod is not ready: of files only where they came out of a cluster. */
function saysStatus({ running, unready }: World, pod: Pod): boolean {
  return running || unready?.has(pod) === true;
}

function runs(pod: Pod): boolean {
  const isBack = pod.containers.some(({ role, state }) => role === 'main' && state.is === 'running');
  return pod.phase === 'Running' && isBack && pod.deletedAt === undefined;
}

function evidenceOf(pod: Pod): Evidence {
  const failing = pod.containers.find(({ state }) => state.is === 'waiting' || state.is === 'terminated');
  const message = pod.reason === undefined || pod.reason.message === '' ? '' : `: ${pod.reason.message}`;
  return {
    text: stateText(pod, failing) + message,
    object: refOf(pod),
    path: failing === undefined ? 'status' : 'status.containerStatuses',
  };
}

function stateText(pod: Pod, failing: Container | undefined): string {
  const reason = pod.reason?.word ?? t('no reason given');
  if (failing === undefined) return t('phase {0}, {1}', pod.phase, reason);
  const { name, state } = failing;
  return state.is === 'terminated'
    ? t('phase {0}, {1} in container {2}, exit code {3}', pod.phase, reason, name, state.exitCode)
    : t('phase {0}, {1} in container {2}', pod.phase, reason, name);
}

function fixesOf(pod: Pod): readonly Fix[] {
  const word = pod.reason?.word ?? '';
  if (/ImagePull|ErrImage|InvalidImageName/.test(word)) {
    return [
      {
        title: t('Correct the image, or give the pod the right to pull it'),
        command: describePod(pod),
      },
    ];
  }
  if (word === 'Unschedulable' || pod.nodeName === '') {
    return [{ title: t('See what keeps it from being scheduled'), command: describePod(pod) }];
  }
  const container = pod.reason?.container ?? pod.containers.find(({ role }) => role === 'main')?.name;
  const previous = word === 'CrashLoopBackOff' ? ['--previous'] : [];
  return [
    {
      title: t('Read what the container said'),
      command: logsCommand(pod, ...(container === undefined ? [] : ['-c', container]), ...previous),
    },
  ];
}

/** endpoints-not-ready: the pods run, and none says that it is ready. */
export const endpointsNotReady: Detector = ({ service, selected, endpoints, world }) => {
  if (service === undefined || selected.length === 0) return undefined;
  if (service.publishNotReadyAddresses || endpoints.some(({ ready }) => ready)) return undefined;
  // Of a node that has fallen silent the control plane marks every pod: the node is the cause.
  const waiting = selected.filter(
    (pod) =>
      saysStatus(world, pod) &&
      runs(pod) &&
      !pod.ready &&
      pod.unmetReadinessGates.length === 0 &&
      world.snapshot.get('Node', '', pod.nodeName)?.ready !== false,
  );
  if (waiting.length === 0) return undefined;
  const pods = waiting.map(refOf);
  return {
    id: 'endpoints-not-ready',
    hop: 'endpoints',
    certainty: 'certain',
    summary: t('None of the pods behind {0} is ready: {1}.', refOf(service), pods.slice(0, 3).join(', ')),
    objects: [refOf(service), ...pods],
    evidence: waiting.map((pod) => ({
      text: t(
        'condition Ready is not True; not ready: {0}',
        pod.containers
          .filter(({ role, ready }) => role === 'main' && !ready)
          .map(({ name }) => name)
          .join(', '),
      ),
      object: refOf(pod),
      path: 'status.conditions',
    })),
    fixes: waiting.slice(0, 1).map((pod) => ({
      title: t('See the last failure of its readiness probe, then mend the probe or the application'),
      command: describePod(pod),
    })),
  };
};

/** readiness-gate-unmet: a condition that some controller should set is missing. */
export const readinessGateUnmet: Detector = ({ service, selected, endpoints, world }) => {
  if (service === undefined || endpoints.some(({ ready }) => ready)) return undefined;
  const waiting = selected.filter((pod) => saysStatus(world, pod) && pod.unmetReadinessGates.length > 0);
  const [first] = waiting;
  if (first === undefined) return undefined;
  const gates = [...new Set(waiting.flatMap((pod) => pod.unmetReadinessGates))];
  return {
    id: 'readiness-gate-unmet',
    hop: 'endpoints',
    certainty: 'certain',
    summary: t(
      '{0} waits for the readiness gate {1}, which no controller has set to True.',
      refOf(first),
      gates.join(', '),
    ),
    objects: [refOf(service), ...waiting.map(refOf)],
    evidence: waiting.map((pod) => ({
      text: t('readiness gates without a condition that is True: {0}', pod.unmetReadinessGates.join(', ')),
      object: refOf(pod),
      path: 'spec.readinessGates',
    })),
    fixes: [
      {
        title: t('Find the controller that sets {0} and see why it does not', gates[0] ?? t('the condition')),
      },
    ],
  };
};

/** endpoints-terminating: all that is left behind the Service is ending. */
export const endpointsTerminating: Detector = ({ service, endpoints }) => {
  if (service === undefined || endpoints.length === 0) return undefined;
  if (!endpoints.every(({ terminating }) => terminating)) return undefined;
  return {
    id: 'endpoints-terminating',
    hop: 'endpoints',
    certainty: endpoints.some(({ serving }) => serving) ? 'possible' : 'certain',
    summary: t('Every endpoint of {0} is terminating.', refOf(service)),
    objects: [refOf(service)],
    evidence: endpoints.map(({ ip, slice, serving }) => ({
      text: serving
        ? t('{0} is terminating and still serves', ip)
        : t('{0} is terminating and no longer serves', ip),
      object: `endpointslice/${service.namespace}/${slice}`,
      path: 'endpoints',
    })),
    fixes: [
      {
        title: t('Wait for the new pods, or see why the rollout does not bring any'),
        command: shellQuote(['kubectl', 'get', 'pods', '-n', service.namespace, '-w']),
      },
    ],
  };
};
