import { list, record, text } from '../../model/json.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { restrictedContext } from './securityContext.ts';
import { podName, whenRunning, type StandInRequests } from './whenRunning.ts';

const prefix = 'podnet-';

/** An ephemeral container of an earlier check that still runs: it cannot be removed, so it is used again. */
export async function runningEphemeral(
  requests: StandInRequests,
  from: ContainerRef,
  signal: AbortSignal,
): Promise<ContainerRef | undefined> {
  const pod = await requests.get(podName(from), signal);
  const statuses = list(record(pod?.status).ephemeralContainerStatuses).map(record);
  const found = statuses.find(
    ({ name, state }) => text(name).startsWith(prefix) && record(state).running !== undefined,
  );
  return found === undefined ? undefined : { ...from, container: text(found.name) };
}

/**
 * Adds an ephemeral container to the source's pod and waits until it runs.
 * @param suffix makes its name one that the pod does not have yet.
 * @throws ExplainedError where the server refuses (static pods, servers before 1.25) or the container does not run.
 */
export async function addEphemeral(
  requests: StandInRequests,
  from: ContainerRef,
  image: string,
  suffix: string,
  signal: AbortSignal,
): Promise<ContainerRef> {
  const container = `${prefix}${suffix}`;
  const added = {
    name: container,
    image,
    command: ['sleep', '3600'],
    targetContainerName: from.container,
    securityContext: restrictedContext,
  };
  await requests.patchSubresource(
    podName(from),
    'ephemeralcontainers',
    { spec: { ephemeralContainers: [added] } },
    signal,
  );
  const there = { ...from, container };
  await whenRunning(requests, there, signal);
  return there;
}
