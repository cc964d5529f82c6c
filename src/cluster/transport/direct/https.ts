import { ClientRequest } from 'node:http';
import { Agent, type RequestOptions } from 'node:https';

/**
 * `https.request` as Node has it. VS Code replaces that function for extensions by one that puts its own agent in the
 * place of the caller's for every host but localhost, and with it go the cluster's certificate authority, its server
 * name, the client certificate and the connection pool (@vscode/proxy-agent, createHttpPatch). Which proxy leads to a
 * cluster is decided here, VS Code's settings included. The build gives this to ws, too.
 */
export function request(options: RequestOptions): ClientRequest {
  return new ClientRequest({
    ...options,
    protocol: 'https:',
    agent: typeof options.agent === 'object' ? options.agent : new Agent(),
  });
}
