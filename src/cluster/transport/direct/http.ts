import { Agent, ClientRequest, type ClientRequestArgs } from 'node:http';

/** As {@link request} of ./https.ts, for http. */
export function request(options: ClientRequestArgs): ClientRequest {
  return new ClientRequest({
    ...options,
    protocol: 'http:',
    agent: typeof options.agent === 'object' ? options.agent : new Agent(),
  });
}
