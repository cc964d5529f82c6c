/** Port-forward over WebSocket in the channel form: per port a data and an error channel. */
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { badRequest, StatusError } from '../api/errors.ts';
import type { LabServices } from '../http/context.ts';
import type { Pod } from '../objects/pod.ts';
import type { StreamPlan } from './podStreams.ts';

function portsOf(query: URLSearchParams): number[] {
  const ports = query
    .getAll('ports')
    .flatMap((text) => text.split(','))
    .map(Number);
  if (ports.length === 0) throw badRequest('you must specify at least 1 port in ports');
  const wrong = ports.find((port) => !Number.isInteger(port) || port < 1 || port > 65535);
  if (wrong !== undefined) throw badRequest('port must be between 1 and 65535');
  return ports;
}

function portFrame(channel: number, port: number): Buffer {
  return Buffer.from([channel, port & 0xff, port >> 8]);
}

function frame(channel: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([channel]), content]);
}

async function forward(
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
    const bytes = Buffer.isBuffer(message) ? message : Buffer.from(message as ArrayBuffer);
    if (bytes[0] === data) inbound.write(bytes.subarray(1));
  });
  const stream = await services.runtime.connect(pod.metadata.uid, port);
  if (!stream) {
    const { name, namespace } = pod.metadata;
    const text = `error forwarding port ${port} to pod ${name}_${namespace ?? ''}: connect: connection refused`;
    socket.send(frame(failure, Buffer.from(text)));
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

/** Checks a request for port-forward and says what to do after the upgrade. */
export function planPortForward(
  services: LabServices,
  pod: Pod,
  query: URLSearchParams,
  request: IncomingMessage,
): StreamPlan {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (!offered.includes('v4.channel.k8s.io')) {
    throw new StatusError(
      501,
      'NotImplemented',
      `the practice lab forwards ports over v4.channel.k8s.io only, not ${offered.join(', ')}`,
    );
  }
  const ports = portsOf(query);
  if (pod.status.phase !== 'Running') {
    throw badRequest(
      `unable to forward port because pod is not running. Current status=${pod.status.phase ?? ''}`,
    );
  }
  return (socket) => {
    for (const [index, port] of ports.entries()) {
      forward(services, pod, port, index, socket).catch(() => {
        socket.close(1011, 'the practice lab failed to forward this port');
      });
    }
  };
}
