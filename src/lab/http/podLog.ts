/** `GET …/pods/NAME/log`. */
import { once } from 'node:events';
import { badRequest } from '../api/errors.ts';
import { allContainers } from '../objects/pod.ts';
import type { ContainerStatus, Pod } from '../objects/pod.ts';
import type { LogOptions } from '../runtime/types.ts';
import type { RequestContext } from './context.ts';
import { booleanParameter } from './query.ts';

/** The container asked for, or the pod's only one; StatusError 400 as the API server words it. */
export function chooseContainer(pod: Pod, wanted: string): string {
  const { name } = pod.metadata;
  const names = allContainers(pod.spec).map((container) => container.name);
  if (wanted !== '') {
    if (names.includes(wanted)) return wanted;
    throw badRequest(`container ${wanted} is not valid for pod ${name}`);
  }
  const ordinary = pod.spec.containers.map((container) => container.name);
  const [only] = ordinary;
  if (ordinary.length === 1 && only !== undefined) return only;
  const init = (pod.spec.initContainers ?? []).map((container) => container.name);
  const also = init.length > 0 ? ` or one of the init containers: [${init.join(' ')}]` : '';
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${ordinary.join(' ')}]${also}`,
  );
}

export function containerStatus(pod: Pod, container: string): ContainerStatus | undefined {
  const { status } = pod;
  return [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ].find(({ name }) => name === container);
}

function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,12}$/.test(text))
    throw badRequest(`${name} must be a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}

function logOptions(pod: Pod, container: string, query: URLSearchParams): LogOptions {
  const tailLines = numberOf(query, 'tailLines');
  const limitBytes = numberOf(query, 'limitBytes');
  const sinceSeconds = numberOf(query, 'sinceSeconds');
  const sinceTime = query.get('sinceTime');
  const since = sinceSeconds === undefined ? Date.parse(sinceTime ?? '') : Date.now() - sinceSeconds * 1000;
  return {
    podUid: pod.metadata.uid,
    container,
    previous: booleanParameter(query, 'previous') ?? false,
    timestamps: booleanParameter(query, 'timestamps') ?? false,
    follow: booleanParameter(query, 'follow') ?? false,
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
    ...(Number.isNaN(since) ? {} : { sinceTime: new Date(since) }),
  };
}

function checkHasLog(pod: Pod, container: string, previous: boolean): void {
  const status = containerStatus(pod, container);
  const { name } = pod.metadata;
  if (!pod.spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  if (previous && !status?.lastState?.terminated) {
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  }
  if (status?.state?.running || status?.state?.terminated || previous) return;
  if (status?.lastState?.terminated) return;
  const reason = status?.state?.waiting?.reason ?? 'ContainerCreating';
  throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${reason}`);
}

/** Streams a container's log; ends with the container (follow) or with the client. */
export async function serveLog(context: RequestContext, pod: Pod): Promise<void> {
  const { query, response, services } = context;
  const container = chooseContainer(pod, query.get('container') ?? '');
  const options = logOptions(pod, container, query);
  checkHasLog(pod, container, options.previous);
  const left = new AbortController();
  response.on('close', () => {
    left.abort();
  });
  const signal = AbortSignal.any([context.signal, left.signal]);
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-cache, private' });
  response.flushHeaders();
  for await (const text of services.runtime.logs(options, signal)) {
    if (signal.aborted) break;
    if (!response.write(text)) await once(response, 'drain', { signal }).catch(() => undefined);
  }
  response.end();
}
