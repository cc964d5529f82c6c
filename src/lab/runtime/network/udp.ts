import type { OpenFile } from '../system/descriptors.ts';
import { SystemError } from '../system/errors.ts';
import { Changes, unlessAborted } from '../system/wait.ts';
import { answerMessage, readQuestion } from './dnsMessage.ts';
import type { NetworkStack } from './stack.ts';

/**
 * A connected datagram socket as an open file: bash's `/dev/udp`, and what nc -u talks to. The lab's only servers of
 * datagrams are name servers, so what is no DNS question gets no answer. That nobody listens is told by the next
 * read, as Linux does with an ICMP "port unreachable".
 */
export function openUdp(stack: NetworkStack, address: string, port: number): OpenFile {
  const closed = new AbortController();
  const changes = new Changes();
  const received: Uint8Array[] = [];
  let failure: SystemError | undefined;
  const send = async (bytes: Uint8Array): Promise<void> => {
    const asked = readQuestion(bytes);
    // Whoever sends something else finds out all the same whether anybody listens.
    const question = asked?.question ?? { name: '', type: 'NS' as const };
    try {
      const answer = await stack.uplink.ask(stack, address, question, closed.signal, port);
      if (asked !== undefined) received.push(answerMessage(asked, answer));
    } catch (error) {
      if (closed.signal.aborted || !(error instanceof SystemError)) return;
      if (error.code === 'ECONNREFUSED') failure = error;
    }
    changes.notify();
  };
  return {
    kind: 'socket',
    async read(most, signal) {
      for (;;) {
        const next = received.shift();
        // What does not fit is lost, as with any datagram.
        if (next !== undefined) return next.subarray(0, most);
        if (failure !== undefined) {
          const error = failure;
          failure = undefined;
          throw error;
        }
        await unlessAborted(changes.next(closed.signal), signal);
      }
    },
    unread: (bytes) => void received.unshift(bytes),
    write: (bytes) => {
      void send(Uint8Array.from(bytes));
      return Promise.resolve();
    },
    close: () => closed.abort(new Error('closed')),
  };
}
