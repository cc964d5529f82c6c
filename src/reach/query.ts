import { ExplainedError } from '../base/errors.ts';
import type { Json } from '../model/json.ts';
import type { Protocol, Service } from '../model/objects.ts';
import { destinationOf, sourceOf } from './destination.ts';
import type { Via } from './fromOutside.ts';
import type { Party } from './openings.ts';
import { evaluateFlow } from './podToPod.ts';
import type { Answer, Reason } from './reason.ts';
import { evaluateToService } from './toService.ts';
import type { World } from './world.ts';

/** One question, as `podnet reach --queries` takes it, a JSON object a line. */
export interface Query {
  readonly from: string;
  readonly to: string;
  /** Of the destination; of a Service its own port, by number or name. May stand in `to` instead. */
  readonly port?: number | string;
  /** TCP where it is absent. */
  readonly protocol?: Protocol;
}

/**
 * Reads a query from JSON.
 * @throws ExplainedError that names the field.
 */
export function readQuery(json: Json): Query {
  const { from, to, port, protocol = 'TCP' } = json;
  if (typeof from !== 'string') throw malformed('"from" is missing or no text');
  if (typeof to !== 'string') throw malformed('"to" is missing or no text');
  if (port !== undefined && typeof port !== 'number' && typeof port !== 'string')
    throw malformed('"port" is no port');
  const upper = typeof protocol === 'string' ? protocol.toUpperCase() : protocol;
  if (upper !== 'TCP' && upper !== 'UDP' && upper !== 'SCTP')
    throw malformed('"protocol" is none of TCP, UDP, SCTP');
  return { from, to, protocol: upper, ...(port !== undefined && { port }) };
}

/**
 * Answers one query from the objects.
 * @throws ExplainedError where an end is not among the objects, or no port is asked for.
 */
export function answerQuery(world: World, query: Query): Answer {
  const from = sourceOf(world, query.from);
  const protocol = query.protocol ?? 'TCP';
  const to = destinationOf(world, query.to, from);
  if ('answer' in to) return to.answer;
  const port = numeric(query.port) ?? to.port;
  if (port === undefined) throw malformed(`no port is asked for on ${query.to}`);
  const because = to.because ?? [];
  if ('service' in to) {
    return withReasons(because, evaluateToService(world, from, to.service, port, protocol, to.via));
  }
  const number = typeof port === 'number' ? port : namedPort(to.party, port, protocol);
  const node = nodeAsked(world, to, number, protocol);
  if (node !== undefined) return evaluateToService(world, from, node.service, port, protocol, node.via);
  return withReasons(because, evaluateFlow(world, { from, to: to.party, port: number, protocol }));
}

function withReasons(because: readonly Reason[], answer: Answer): Answer {
  return because.length === 0 ? answer : { ...answer, because: [...because, ...answer.because] };
}

/** The Service behind a port of a node's address. */
function nodeAsked(
  { snapshot }: World,
  to: { readonly party: Party },
  port: number,
  protocol: Protocol,
): { readonly service: Service; readonly via: Via } | undefined {
  const { party } = to;
  if (party.is === 'pod') return undefined;
  const node = snapshot
    .all('Node')
    .find(({ addresses }) => addresses.some(({ address }) => address === party.ip));
  const service = snapshot
    .all('Service')
    .find(({ ports }) => ports.some((entry) => entry.nodePort === port && entry.protocol === protocol));
  if (node === undefined || service === undefined) return undefined;
  return { service, via: { is: 'node-port', node: node.name } };
}

function namedPort(party: Party, name: string, protocol: Protocol): number {
  const ports = party.is === 'pod' ? party.pod.containers.flatMap((container) => container.ports) : [];
  const port = ports.find((candidate) => candidate.name === name && candidate.protocol === protocol)?.port;
  if (port === undefined) throw malformed(`no container declares a ${protocol} port named "${name}"`);
  return port;
}

function numeric(port: number | string | undefined): number | string | undefined {
  return typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port;
}

function malformed(why: string): ExplainedError {
  return new ExplainedError('bad-query', `The query cannot be answered: ${why}`, {
    remedy: 'A query is {"from":"pod/NS/NAME","to":"pod/NS/NAME","port":80,"protocol":"TCP"}.',
  });
}
