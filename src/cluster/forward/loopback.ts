import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { ExplainedError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';

/** This machine's own addresses, and nothing else: a forwarded port is nobody else's. */
const addresses = ['127.0.0.1', '::1'];
/** Any free port of the one address may be taken on the other. */
const tries = 5;

/**
 * Listens on the loopback addresses, on the same port of both where the machine has IPv6.
 * @param port 0: any free one
 * @throws ExplainedError `port-taken`, `port-forbidden`, `port-failed`
 */
export async function listenOnLoopback(
  port: number,
  onConnection: (socket: net.Socket) => void,
): Promise<{ readonly port: number; readonly servers: readonly net.Server[] }> {
  for (let attempt = 1; ; attempt += 1) {
    const servers: net.Server[] = [];
    try {
      let chosen = port;
      for (const address of addresses) {
        const server = await listen(address, chosen, onConnection);
        if (server === undefined) continue;
        servers.push(server);
        chosen = (server.address() as AddressInfo).port;
      }
      if (servers.length > 0) return { port: chosen, servers };
      throw new Error(t('this machine has no loopback address'));
    } catch (error) {
      for (const server of servers) server.close();
      if (port === 0 && codeOf(error) === 'EADDRINUSE' && attempt < tries) continue;
      throw explained(port, error);
    }
  }
}

/** undefined: this machine has no such address. */
async function listen(
  host: string,
  port: number,
  onConnection: (socket: net.Socket) => void,
): Promise<net.Server | undefined> {
  // A half-closed connection still gets its answer; nothing is read before the way to the pod is open.
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, onConnection);
  server.listen({ host, port, exclusive: true });
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (host === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

function explained(port: number, error: unknown): ExplainedError {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new ExplainedError(
        'port-taken',
        t('Port {0} of this machine is taken by another program.', port),
        {
          remedy: t('Choose another local port.'),
          cause: error,
        },
      );
    case 'EACCES':
      return new ExplainedError(
        'port-forbidden',
        t('You may not listen on port {0} of this machine.', port),
        {
          remedy: t('Choose a local port of 1024 or above.'),
          cause: error,
        },
      );
    default:
      return new ExplainedError('port-failed', t('Port {0} cannot be opened: {1}', port, messageOf(error)), {
        remedy: t('Choose another local port.'),
        cause: error,
      });
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
