import type { ClusterDns } from '../network/clusterDns.ts';
import { SystemError } from '../system/errors.ts';
import type { Program } from '../system/kernel.ts';
import { listenHttp } from './httpServer.ts';
import { serveUntilEnd } from './serving.ts';

/** CoreDNS: answers the cluster's names on port 53, metrics on 9153, health on 8080 and 8181. */
export function coredns(dns: ClusterDns): Program {
  return async (process) => {
    const { network } = process.kernel;
    const listeners: { close: () => void }[] = [];
    try {
      listeners.push(network.serve('::', 53, 'coredns', (question) => Promise.resolve(dns.answer(question))));
      listeners.push(
        network.listen('::', 53, 'coredns', (connection) => {
          // DNS over TCP: the lab's resolvers ask over UDP only, so that no answer ever needs it.
          connection.resume();
          connection.once('end', () => connection.end());
        }),
      );
      for (const [port, text] of [
        [8080, 'OK'],
        [8181, 'OK'],
        [9153, '# HELP coredns_build_info practice lab\n'],
      ] as const) {
        listeners.push(
          listenHttp(network, {
            address: '::',
            port,
            program: 'coredns',
            badRequest: { plainOnTls: '', garbage: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n' },
            handle: (_, response) => {
              response.end(text);
            },
          }),
        );
      }
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      for (const listener of listeners) listener.close();
      await process.print(`Listen: listen tcp :53: bind: ${error.text.toLowerCase()}\n`);
      return 1;
    }
    await process.print(
      '.:53\n[INFO] plugin/reload: Running configuration (practice lab)\nCoreDNS-1.12.1\nlinux/amd64, go1.24.1, 707c7c1\n',
    );
    return serveUntilEnd(process, listeners);
  };
}
