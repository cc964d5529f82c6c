import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Json } from '../model/json.ts';
import type { Pod, Protocol, Service } from '../model/objects.ts';
import { destinationOf, sourceOf } from './destination.ts';
import type { Via } from './fromOutside.ts';
import type { Party } from './openings.ts';
import { evaluateFlow } from './podToPod.ts';
import type { Answer, Reason } from './reason.ts';
import { servedPorts } from './servedPorts.ts';
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
  const { from, to } = json;
  // As JSON has it where a program leaves a field empty.
  const [port, protocol] = [json.port ?? undefined, json.protocol ?? 'TCP'];
  if (typeof from !== 'string')
    throw malformed(t('The query cannot be answered: "from" is missing or no text'));
  if (typeof to !== 'string') throw malformed(t('The query cannot be answered: "to" is missing or no text'));
  if (port !== undefined && !isPort(port))
    throw malformed(t('The query cannot be answered: "port" is no port'));
  const upper = typeof protocol === 'string' ? protocol.toUpperCase() : protocol;
  if (upper !== 'TCP' && upper !== 'UDP' && upper !== 'SCTP')
    throw malformed(t('The query cannot be answered: "protocol" is none of TCP, UDP, SCTP'));
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
  if (port === undefined)
    throw malformed(t('The query cannot be answered: no port is asked for on {0}', query.to));
  const because = to.because ?? [];
  if ('service' in to) {
    return withReasons(because, evaluateToService(world, from, to.service, port, protocol, to.via));
  }
  const number = typeof port === 'number' ? port : namedPort(to.party, port, protocol);
  const node = nodeAsked(world, to, number, protocol);
  if (node !== undefined) return evaluateToService(world, from, node.service, port, protocol, node.via);
  const behind = hostPortAsked(world, to.party, number, protocol);
  if (behind !== undefined) {
    const answer = evaluateFlow(world, {
      from,
      to: { is: 'pod', pod: behind.pod },
      port: behind.port,
      protocol,
    });
    return withReasons([behind.reason], answer);
  }
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
  if (party.is === 'pod' || party.node === undefined) return undefined;
  const service = snapshot
    .all('Service')
    .find(({ ports }) => ports.some((entry) => entry.nodePort === port && entry.protocol === protocol));
  return service && { service, via: { is: 'node-port', node: party.node } };
}

/** The pod on a node that has taken a port of the node's address for one of its own (hostPort). */
function hostPortAsked(
  { snapshot }: World,
  party: Party,
  number: number,
  protocol: Protocol,
): { readonly pod: Pod; readonly port: number; readonly reason: Reason } | undefined {
  if (party.is === 'pod' || party.node === undefined) return undefined;
  for (const pod of snapshot.all('Pod')) {
    if (pod.nodeName !== party.node || pod.hostNetwork) continue;
    const declared = servedPorts(pod).find((port) => port.hostPort === number && port.protocol === protocol);
    if (declared === undefined) continue;
    const object = `pod/${pod.namespace}/${pod.name}`;
    const text = t(
      'Port {0} of node {1} is host port of port {2} of {3}.',
      number,
      party.node,
      declared.port,
      object,
    );
    return { pod, port: declared.port, reason: { effect: 'allows', code: 'host-port', text, object } };
  }
  return undefined;
}

function namedPort(party: Party, name: string, protocol: Protocol): number {
  const ports = party.is === 'pod' ? servedPorts(party.pod) : [];
  const port = ports.find((candidate) => candidate.name === name && candidate.protocol === protocol)?.port;
  if (port === undefined)
    throw malformed(
      t('The query cannot be answered: no container declares a {0} port named "{1}"', protocol, name),
    );
  return port;
}

function numeric(port: number | string | undefined): number | string | undefined {
  return typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port;
}

/** A number from 1 to 65535, as a number or as text, or a name. */
function isPort(port: unknown): port is number | string {
  if (typeof port === 'string' && !/^[+-]?[\d.]+$/.test(port)) return port !== '';
  const number = Number(port);
  return (
    (typeof port === 'number' || typeof port === 'string') &&
    Number.isInteger(number) &&
    number >= 1 &&
    number <= 65_535
  );
}

function malformed(message: string): ExplainedError {
  return new ExplainedError('bad-query', message, {
    remedy: t('A query is {"from":"pod/NS/NAME","to":"pod/NS/NAME","port":80,"protocol":"TCP"}.'),
  });
}
