import { delay } from '../../base/cancellation.ts';
import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import { isRecord, list, record, text, type Json } from '../../model/json.ts';
import type { ObjectRequests } from '../../model/requests.ts';
import type { ContainerRef } from '../../model/terminal.ts';

/** The part of a cluster's requests that stand-ins need. */
export type StandInRequests = Pick<ObjectRequests, 'get' | 'create' | 'delete' | 'patchSubresource'>;

const lookEveryMs = 400;
/** A small image is pulled by then. */
const mostMs = 60_000;
/** Reasons of a waiting container that will not pass by waiting a little longer. */
const hopeless: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/**
 * Waits until a container of a pod runs.
 * @throws ExplainedError that says why it does not: the image, the settings, or that it took too long; CancelledError.
 */
export async function whenRunning(
  requests: Pick<StandInRequests, 'get'>,
  at: ContainerRef,
  signal: AbortSignal,
): Promise<void> {
  let why = '';
  for (let waited = 0; waited < mostMs; waited += lookEveryMs) {
    const pod = await requests.get(podName(at), signal);
    if (pod === undefined) throw failed(at, t('The pod is gone.'));
    const state = stateOf(pod, at.container);
    if (isRecord(state.running)) return;
    const waiting = record(state.waiting);
    why = [text(waiting.reason), text(waiting.message)].filter(Boolean).join(': ');
    if (isRecord(state.terminated)) throw failed(at, t('It has ended already.'));
    if (hopeless.has(text(waiting.reason))) throw failed(at, why);
    await delay(lookEveryMs, signal);
  }
  throw failed(
    at,
    why === ''
      ? t('It took more than {0} s.', mostMs / 1_000)
      : t('It took more than {0} s ({1}).', mostMs / 1_000, why),
  );
}

export function podName({ namespace, pod }: Pick<ContainerRef, 'namespace' | 'pod'>): {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
} {
  return { apiVersion: 'v1', kind: 'Pod', namespace, name: pod };
}

function stateOf(pod: Json, container: string): Json {
  const status = record(pod.status);
  const all = [...list(status.containerStatuses), ...list(status.ephemeralContainerStatuses)].map(record);
  return record(all.find(({ name }) => name === container)?.state);
}

function failed({ namespace, pod, container }: ContainerRef, why: string): ExplainedError {
  return new ExplainedError(
    'stand-in-not-running',
    t(
      'Container {0} of pod {1} in namespace {2} does not run: {3}',
      oneLine(container),
      oneLine(pod),
      oneLine(namespace),
      oneLine(why, 400),
    ),
    { remedy: t('The image may not be reachable from the cluster: name another one that has curl.') },
  );
}
