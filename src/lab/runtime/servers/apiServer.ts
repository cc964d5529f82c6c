import type { NetworkStack } from '../network/stack.ts';
import { goBadRequest } from './goServer.ts';
import { listenHttp } from './httpServer.ts';

/** Where the endpoints of the `kubernetes` service listen, as kubeadm sets clusters up. */
const port = 6443;

/**
 * The API server as pods see it at `https://kubernetes.default.svc`: it does not know them. The real API of the
 * lab is outside of the simulated network.
 */
export function serveApi(stack: NetworkStack): { close: () => void } {
  return listenHttp(stack, {
    address: '::',
    port,
    program: 'kube-apiserver',
    tls: true,
    badRequest: goBadRequest,
    handle: (request, response) => {
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
      if (/^\/(healthz|livez|readyz)$/.test(path)) {
        response.end('ok');
        return;
      }
      const verb =
        request.method === 'GET' || request.method === 'HEAD' ? 'get' : (request.method ?? '').toLowerCase();
      const status = {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: `forbidden: User "system:anonymous" cannot ${verb} path "${path}"`,
        reason: 'Forbidden',
        details: {},
        code: 403,
      };
      const body =
        path === '/version'
          ? { major: '1', minor: '36', gitVersion: 'v1.36.2', platform: 'practice lab (simulated)' }
          : status;
      response.writeHead(path === '/version' ? 200 : 403, { 'Content-Type': 'application/json' });
      response.end(`${JSON.stringify(body, null, 2)}\n`);
    },
  });
}
