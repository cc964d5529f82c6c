/**
 * Port-forward over WebSocket: in the channel form (`v4.channel.k8s.io`, per port a data and an error channel), and as
 * kubectl does since 1.31, with SPDY inside (`SPDY/3.1+portforward.k8s.io`, per connection a data and an error stream).
 */
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { badRequest } from '../api/errors.ts';
import type { LabServices } from '../http/context.ts';
import type { Pod } from '../objects/pod.ts';
import type { StreamPlan } from './plan.ts';
import { bytesOf } from './channels.ts';
import { SpdyConnection } from './spdy.ts';
import type { SpdyStream } from './spdy.ts';

export const spdyTunnel = 'SPDY/3.1+portforward.k8s.io';

function portsOf(query: URLSearchParams): number[] {
  const ports = query
    .getAll('ports')
    .flatMap((text) => text.split(','))
    .map(Number);
  if (ports.length === 0) throw badRequest('you must specify at least 1 port in ports');
  if (!ports.every(isPort)) throw badRequest('port must be between 1 and 65535');
  return ports;
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

function refusedText(pod: Pod, port: number): string {
  const { name, namespace } = pod.metadata;
  const where = `error forwarding port ${port} to pod ${name}_${namespace ?? ''}`;
  return `${where}: failed to connect to localhost:${port} inside the pod: connect: connection refused`;
}

function portFrame(channel: number, port: number): Buffer {
  return Buffer.from([channel, port & 0xff, port >> 8]);
}

function frame(channel: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([channel]), content]);
}

async function forwardChannel(
  services: LabServices,
  pod: Pod,
  port: number,
  index: number,
  socket: WebSocket,
): Promise<void> {
  const data = index * 2;
  const failure = data + 1;
  socket.send(portFrame(data, port));
  socket.send(portFrame(failure, port));
  // Holds what the client sends until the pod's end is there.
  const inbound = new PassThrough();
  socket.on('message', (message: RawData) => {
    const bytes = bytesOf(message);
    if (bytes[0] === data) inbound.write(bytes.subarray(1));
  });
  const stream = await services.runtime.connect(pod.metadata.uid, port);
  if (!stream) {
    socket.send(frame(failure, Buffer.from(refusedText(pod, port))));
    return;
  }
  inbound.pipe(stream);
  socket.on('close', () => stream.destroy());
  stream.on('data', (bytes: Buffer) => {
    socket.send(frame(data, bytes));
  });
  stream.on('error', (error: Error) => {
    socket.send(frame(failure, Buffer.from(error.message)));
  });
  stream.on('end', () => {
    socket.close(1000, '');
  });
}

/** Joins a forwarded connection's two streams to a port of the pod; the error stream ends last. */
async function forwardStreams(
  services: LabServices,
  pod: Pod,
  port: number,
  data: SpdyStream,
  failure: SpdyStream,
): Promise<void> {
  const target = isPort(port) ? await services.runtime.connect(pod.metadata.uid, port) : undefined;
  if (!target) {
    failure.end(refusedText(pod, port));
    data.end();
    return;
  }
  await new Promise<void>((resolve) => {
    data.pipe(target);
    target.pipe(data);
    target.on('error', (error: Error) => {
      failure.write(error.message);
      data.end();
    });
    target.on('close', resolve);
    data.on('close', () => {
      target.destroy();
      resolve();
    });
  });
  failure.end();
}

/** Pairs the streams that the client opens by their request and forwards each pair. */
function serveTunnel(services: LabServices, pod: Pod, socket: WebSocket): void {
  const waiting = new Map<string, Partial<Record<'data' | 'error', SpdyStream>>>();
  const connection = new SpdyConnection(
    (bytes) => {
      socket.send(bytes);
    },
    {
      onStream: (stream) => {
        const kind = stream.headers.get('streamtype');
        const id = stream.headers.get('requestid') ?? stream.headers.get('port') ?? '';
        if (kind !== 'data' && kind !== 'error') {
          stream.destroy();
          return;
        }
        const pair = { ...waiting.get(id), [kind]: stream };
        waiting.set(id, pair);
        if (!pair.data || !pair.error) return;
        waiting.delete(id);
        const { data, error } = pair;
        forwardStreams(services, pod, Number(data.headers.get('port')), data, error).catch(() => {
          error.end('the practice lab failed to forward this port');
          data.destroy();
        });
      },
      onError: () => {
        socket.close(1002, 'not SPDY/3.1');
      },
    },
  );
  socket.on('message', (message: RawData) => {
    connection.receive(bytesOf(message));
  });
  socket.on('close', () => {
    connection.close();
  });
}

/** Checks a request for port-forward and says what to do after the upgrade. */
export function planPortForward(
  services: LabServices,
  pod: Pod,
  query: URLSearchParams,
  request: IncomingMessage,
): StreamPlan {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (pod.status.phase !== 'Running') {
    throw badRequest(
      `unable to forward port because pod is not running. Current status=${pod.status.phase ?? ''}`,
    );
  }
  if (offered.includes(spdyTunnel)) {
    return (socket) => {
      serveTunnel(services, pod, socket);
    };
  }
  if (request.headers.upgrade?.toLowerCase() === 'websocket' && !offered.includes('v4.channel.k8s.io')) {
    throw badRequest(
      `unable to upgrade: the practice lab forwards ports over ${spdyTunnel} and v4.channel.k8s.io, not ${offered.join(', ')}`,
    );
  }
  const ports = portsOf(query);
  return (socket) => {
    for (const [index, port] of ports.entries()) {
      forwardChannel(services, pod, port, index, socket).catch(() => {
        socket.close(1011, 'the practice lab failed to forward this port');
      });
    }
  };
}
