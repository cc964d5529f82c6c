import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import type { CheckTarget } from '../../probe/check.ts';
import { reading, type Limits, type Reading } from '../../probe/reading.ts';
import { reasonOfError, wordsOf } from './errors.ts';
import { settle } from './settle.ts';

/** A DNS question for the root's name servers, as any name server answers it. */
const dnsQuestion = Buffer.from([0x50, 0x4e, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1]);

/** Sends a datagram from this machine and waits for an answer, or for the news that nobody listens. */
export async function askUdp(target: CheckTarget, limits: Limits, signal: AbortSignal): Promise<Reading> {
  const { host, port } = target;
  let address: string;
  let family: number;
  try {
    ({ address, family } = await lookup(host));
  } catch (error) {
    return reading('podnet', reasonOfError(error, false), wordsOf(error));
  }
  return settle<Reading>(
    limits.connect * 1_000,
    signal,
    (answer) => {
      // Only a connected socket is told of an ICMP "port unreachable".
      const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
      socket.once('error', (error) => answer(reading('podnet', reasonOfError(error, false), wordsOf(error))));
      socket.once('message', (bytes) =>
        answer(reading('podnet', 'udp-answer', `answer ${bytes.length}`, { remoteIp: address })),
      );
      socket.connect(port, address, () => socket.send(port === 53 ? dnsQuestion : '\n'));
      return () => {
        socket.on('error', () => undefined);
        socket.close();
      };
    },
    () => reading('podnet', 'udp-silent', '', { remoteIp: address }),
  );
}
