/** exec and attach of a container. */
import type { IncomingMessage } from 'node:http';
import { badRequest, StatusError } from '../api/errors.ts';
import type { LabServices } from '../http/context.ts';
import { chooseContainer, containerStatus } from '../http/podLog.ts';
import { booleanParameter } from '../http/query.ts';
import { isPodFinished } from '../objects/pod.ts';
import type { Pod } from '../objects/pod.ts';
import { nodes } from '../resources/catalog.ts';
import type { ExecSession } from '../runtime/types.ts';
import { channels, ChannelSocket } from './channels.ts';
import { execStatus } from './execStatus.ts';
import type { StreamPlan } from './plan.ts';

interface Wanted {
  container: string;
  command: string[];
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
}

function checkProtocol(request: IncomingMessage): void {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (offered.some((name) => name === 'v5.channel.k8s.io' || name === 'v4.channel.k8s.io')) return;
  throw badRequest(
    `unable to upgrade: the practice lab speaks v5.channel.k8s.io and v4.channel.k8s.io, not ${offered.join(', ') || 'without a subprotocol'}`,
  );
}

/** Reads and checks the query; StatusError 400 in the API server's words. */
function wantedOf(pod: Pod, subresource: 'exec' | 'attach', query: URLSearchParams): Wanted {
  const flag = (name: string): boolean => booleanParameter(query, name) ?? false;
  const wanted: Wanted = {
    container: chooseContainer(pod, query.get('container') ?? ''),
    command: subresource === 'exec' ? query.getAll('command') : [],
    stdin: flag('stdin'),
    stdout: flag('stdout'),
    stderr: flag('stderr'),
    tty: flag('tty'),
  };
  if (subresource === 'exec' && wanted.command.length === 0) {
    throw badRequest('you must specify at least 1 command for the container');
  }
  if (!wanted.stdin && !wanted.stdout && !wanted.stderr) {
    throw badRequest('you must specify at least 1 of stdin, stdout, stderr');
  }
  return wanted;
}

function checkRunning(pod: Pod, container: string): void {
  const { name } = pod.metadata;
  if (!pod.spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
  if (isPodFinished(pod)) {
    throw badRequest(
      `cannot exec into a container in a completed pod; current phase is ${pod.status.phase ?? ''}`,
    );
  }
  if (!containerStatus(pod, container)?.state?.running) {
    throw new StatusError(
      500,
      'InternalError',
      `unable to upgrade connection: container not found ("${container}")`,
    );
  }
}

/** The API server connects to the kubelet, which does not answer where the node is off. */
function checkKubelet({ api }: LabServices, { spec }: Pod): void {
  const node = api.store.get(nodes, { name: spec.nodeName ?? '' });
  if (node?.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'Unknown') !== true)
    return;
  const address = node.status.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
  throw new StatusError(
    500,
    'InternalError',
    `error dialing backend: dial tcp ${address}:10250: connect: no route to host`,
  );
}

async function pump(from: AsyncIterable<Uint8Array>, channel: number, to: ChannelSocket): Promise<void> {
  for await (const bytes of from) await to.send(channel, bytes);
}

async function discard(from: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = from[Symbol.asyncIterator]();
  while (!(await iterator.next()).done);
}

async function run(session: ExecSession, wanted: Wanted, socket: ChannelSocket): Promise<void> {
  socket.onClose(() => {
    // The client is gone: its terminal hangs up, and an attached client lets go.
    if (wanted.tty || wanted.stdin || wanted.command.length === 0) session.kill();
  });
  socket.listen({
    onStdin: (bytes) => {
      if (wanted.stdin) session.writeStdin(bytes);
    },
    onStdinEnd: () => {
      session.endStdin();
    },
    onResize: (columns, rows) => {
      if (wanted.tty) session.resize(columns, rows);
    },
  });
  if (!wanted.stdin && wanted.command.length > 0) session.endStdin();
  // The first frame of a real server is an empty one.
  await socket.send(channels.stdout, new Uint8Array());
  const outputs = [
    wanted.stdout ? pump(session.stdout, channels.stdout, socket) : discard(session.stdout),
    wanted.stderr && !wanted.tty ? pump(session.stderr, channels.stderr, socket) : discard(session.stderr),
  ];
  const result = await session.exited;
  await Promise.all(outputs);
  // Who is attached learns the exit code from the pod's status, as with a real kubelet.
  const shown = wanted.command.length > 0 ? result : { exitCode: 0 };
  await socket.sendStatus(execStatus(shown, wanted.command, socket.isV5));
  await socket.close();
}

async function followOutput(
  services: LabServices,
  pod: Pod,
  container: string,
  socket: ChannelSocket,
): Promise<void> {
  const left = new AbortController();
  socket.onClose(() => {
    left.abort();
  });
  await socket.send(channels.stdout, new Uint8Array());
  const options = {
    podUid: pod.metadata.uid,
    container,
    previous: false,
    timestamps: false,
    follow: true,
    sinceTime: new Date(),
  };
  for await (const text of services.runtime.logs(options, left.signal)) {
    await socket.send(channels.stdout, Buffer.from(text));
  }
  await socket.sendStatus(execStatus({ exitCode: 0 }, [], socket.isV5));
  await socket.close();
}

/** Checks a request for exec or attach and says what to do after the upgrade. */
export function planExec(
  services: LabServices,
  pod: Pod,
  subresource: 'exec' | 'attach',
  query: URLSearchParams,
  request: IncomingMessage,
): StreamPlan {
  const wanted = wantedOf(pod, subresource, query);
  checkRunning(pod, wanted.container);
  checkKubelet(services, pod);
  if (request.headers.upgrade?.toLowerCase() === 'websocket') checkProtocol(request);
  const { runtime } = services;
  const place = { podUid: pod.metadata.uid, container: wanted.container, stdin: wanted.stdin };
  return (client) => {
    const socket = new ChannelSocket(client);
    const session =
      subresource === 'exec'
        ? runtime.exec({ ...place, command: wanted.command, tty: wanted.tty })
        : runtime.attach?.(place);
    const work = session
      ? run(session, wanted, socket)
      : followOutput(services, pod, wanted.container, socket);
    // A fault of the runtime must reach the client as a broken connection, never as silence.
    work.catch(() => {
      client.close(1011, 'the practice lab failed to run this');
    });
  };
}
