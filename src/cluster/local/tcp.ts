import { connect } from 'node:net';
import { isIpAddress } from '../../probe/address.ts';
import type { CheckTarget } from '../../probe/check.ts';
import { reading, type Limits, type Reading } from '../../probe/reading.ts';
import type { Reason } from '../../probe/reason.ts';
import { reasonOfError, wordsOf } from './errors.ts';
import { settle } from './settle.ts';
import { SocketTimes } from './socketTimes.ts';

/** Opens a connection from this machine and asks nothing more of it. */
export function askTcp(target: CheckTarget, limits: Limits, signal: AbortSignal): Promise<Reading> {
  const { host, port } = target;
  const times = new SocketTimes();
  const said = (reason: Reason, detail: string): Reading =>
    reading('podnet', reason, detail, { timingsMs: times.end(), remoteIp: times.remoteIp });
  return settle<Reading>(
    limits.connect * 1_000,
    signal,
    (answer) => {
      const socket = connect({ host, port });
      times.follow(socket);
      socket.once('connect', () => answer(said('tcp-open', 'connected')));
      socket.once('error', (error) => answer(said(reasonOfError(error, times.connected), wordsOf(error))));
      return () => {
        socket.on('error', () => undefined);
        socket.destroy();
      };
    },
    () => said(times.resolved || isIpAddress(host) ? 'no-reply' : 'name-timeout', ''),
  );
}
