import type { Socket } from 'node:net';
import type { PortSocket, PortSocketEnd } from './portSocket.ts';

/**
 * How long the pod may stay silent after this side has ended its direction. The protocol cannot pass that on, and most
 * clients that end one direction are gone; containerd, which can, waits one second.
 */
const lingerMs = 2_000;

/** Joins a local connection to a pod's port until both are closed. Bytes wait where the other side is slow. */
export async function join(local: Socket, remote: PortSocket): Promise<PortSocketEnd> {
  let linger: NodeJS.Timeout | undefined;
  const arm = (): void => {
    clearTimeout(linger);
    linger = setTimeout(() => remote.close(), lingerMs).unref();
  };
  local.on('data', (bytes: Buffer) => {
    if (!remote.send(bytes)) local.pause();
  });
  local.on('drain', () => remote.resume());
  local.on('end', arm);
  local.on('close', () => remote.close());
  remote.listen({
    onData: (bytes) => {
      if (local.readableEnded) arm();
      if (!local.write(bytes)) remote.pause();
    },
    onDrain: () => local.resume(),
  });
  local.resume();
  if (local.destroyed) remote.close();
  const end = await remote.ended;
  clearTimeout(linger);
  // A client must not take a broken answer for a whole one.
  if (end.message === undefined) local.end();
  else local.resetAndDestroy();
  return end;
}
