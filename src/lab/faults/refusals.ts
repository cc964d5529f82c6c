/** Faults that are answers: the server says no. */
import { encodeContinue } from '../api/listing.ts';
import { expired, StatusError } from '../api/errors.ts';
import { envelope, protobufType, statusMessage, watchFrame } from '../protobuf/messages.ts';
import { renderOptions } from '../http/answering.ts';
import { send, statusOf } from '../http/respond.ts';
import { everyReading } from './apiFault.ts';
import type { ApiFault, Exchange } from './apiFault.ts';

function refuse({ context: { response } }: Exchange, error: StatusError): 'answered' {
  const status = statusOf(error);
  const seconds = status.details?.retryAfterSeconds;
  if (seconds !== undefined) response.setHeader('Retry-After', String(seconds));
  send(response, { code: status.code, body: status });
  return 'answered';
}

/** A watch is refused by its first event, as API servers do once the watch is open. */
function refuseByEvent({ context, route }: Exchange, error: StatusError): 'answered' {
  const { response } = context;
  const status = statusOf(error);
  const inProtobuf = route !== undefined && renderOptions(context, route.resource).encoding === 'protobuf';
  response.writeHead(200, {
    'Content-Type': inProtobuf ? `${protobufType};stream=watch` : 'application/json',
  });
  if (inProtobuf) response.end(watchFrame('ERROR', envelope('v1', 'Status', statusMessage({ ...status }))));
  else response.end(`${JSON.stringify({ type: 'ERROR', object: status })}\n`);
  return 'answered';
}

export const refusals: readonly ApiFault[] = [
  {
    name: 'watch-gone',
    about: 'watches are told that their resource version is too old: 410, by status or by an ERROR event',
    hits: ['watch'],
    inMix: true,
    meet: (exchange) => {
      const error = expired('too old resource version: 1 (2)');
      return exchange.random() < 0.5 ? refuse(exchange, error) : refuseByEvent(exchange, error);
    },
  },
  {
    name: 'continue-gone',
    about: 'further pages of a list are refused: 410, the continue token is too old',
    hits: ['continue'],
    inMix: true,
    meet: (exchange) =>
      refuse(
        exchange,
        expired(
          'The provided continue parameter is too old to display a consistent list result.',
          encodeContinue(-1, ''),
        ),
      ),
  },
  {
    name: 'too-many-requests',
    about: 'the server is busy: 429 with Retry-After: 1',
    hits: everyReading,
    inMix: true,
    meet: (exchange) =>
      refuse(
        exchange,
        new StatusError(429, 'TooManyRequests', 'The server is currently busy, please try again later', {
          retryAfterSeconds: 1,
        }),
      ),
  },
  {
    name: 'server-error',
    about: 'the server fails: 500',
    hits: everyReading,
    inMix: true,
    meet: (exchange) =>
      refuse(
        exchange,
        new StatusError(500, 'InternalError', 'Internal error occurred: etcdserver: request timed out'),
      ),
  },
  {
    name: 'unauthorised',
    about: 'the server no longer takes the credentials: 401',
    hits: everyReading,
    inMix: false,
    meet: (exchange) => refuse(exchange, new StatusError(401, 'Unauthorized', 'Unauthorized')),
  },
  {
    name: 'forbidden',
    about: 'the server allows to read nothing: 403',
    hits: everyReading,
    inMix: false,
    meet: (exchange) => {
      const what = exchange.route?.resource.name ?? 'this path';
      const message = `${what} is forbidden: User "${exchange.context.user.name}" cannot list resource "${what}" at the cluster scope`;
      return refuse(exchange, new StatusError(403, 'Forbidden', message, { kind: what }));
    },
  },
];
