import { ExplainedError } from '../base/errors.ts';
import type { Json } from '../model/json.ts';
import type { Pod, Protocol, Service } from '../model/objects.ts';
import { parseRef } from '../model/refs.ts';
import { isAddress } from './address.ts';
import type { Party } from './openings.ts';
import { evaluateFlow } from './podToPod.ts';
import type { Answer } from './reason.ts';
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
  const port = numeric(query.port) ?? to.port;
  if (port === undefined) throw malformed(`no port is asked for on ${query.to}`);
  if ('service' in to) return evaluateToService(world, from, to.service, port, protocol);
  const number = typeof port === 'number' ? port : namedPort(to.party, port, protocol);
  return evaluateFlow(world, { from, to: to.party, port: number, protocol });
}

type Destination = { port: number | string | undefined } & ({ party: Party } | { service: Service });

function sourceOf(world: World, text: string): Party {
  if (isAddress(text)) return partyAt(world, text);
  const ref = parseWorkloadRef(text);
  if (ref.is === 'pod') return { is: 'pod', pod: findPod(world, ref.namespace, ref.name, text) };
  throw malformed(`"${text}" cannot be a source here: name a pod or an address`);
}

function destinationOf(world: World, text: string, from: Party): Destination {
  if (isAddress(text)) return atAddress(world, text, undefined);
  const ref = parseWorkloadRef(text);
  switch (ref.is) {
    case 'pod':
      return { party: { is: 'pod', pod: findPod(world, ref.namespace, ref.name, text) }, port: ref.port };
    case 'service': {
      const service = world.snapshot.get('Service', ref.namespace, ref.name);
      if (service === undefined) throw missing(text, 'Service');
      return { service, port: ref.port };
    }
    case 'localhost':
      return { party: from, port: ref.port };
    case 'node': {
      const node = world.snapshot.get('Node', '', ref.name);
      const ip = node?.addresses.find(({ type }) => type === 'InternalIP')?.address;
      if (ip === undefined) throw missing(text, 'node with an address');
      return { party: { is: 'address', ip }, port: ref.port };
    }
    case 'url':
      return atUrl(world, ref.url, from);
  }
}

function atUrl(world: World, text: string, from: Party): Destination {
  const url = new URL(text);
  const scheme = url.protocol === 'https:' ? 443 : 80;
  const port = url.port === '' ? scheme : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isAddress(host)) return atAddress(world, host, port);
  if (host === 'localhost') return { party: from, port };
  const service = serviceNamed(world, host, from);
  if (service === undefined) throw missing(text, 'Service of that name, and names outside the cluster');
  return { service, port };
}

function atAddress(world: World, ip: string, port: number | undefined): Destination {
  const service = world.snapshot.all('Service').find(({ clusterIPs }) => clusterIPs.includes(ip));
  return service === undefined ? { party: partyAt(world, ip), port } : { service, port };
}

/** `NAME`, `NAME.NAMESPACE` or `NAME.NAMESPACE.svc…`, as the cluster's DNS resolves it for the source. */
function serviceNamed(world: World, host: string, from: Party): Service | undefined {
  const [name = '', namespace, svc] = host.replace(/\.$/, '').split('.');
  if (svc !== undefined && svc !== 'svc') return undefined;
  const where = namespace ?? (from.is === 'pod' ? from.pod.namespace : 'default');
  return world.snapshot.get('Service', where, name);
}

function partyAt(world: World, ip: string): Party {
  const [pod, other] = world.snapshot.podsByIp(ip);
  return pod !== undefined && other === undefined ? { is: 'pod', pod } : { is: 'address', ip };
}

/** Workloads may be named as their kind, since they stand for their pods: `deployment/NS/NAME`. */
function parseWorkloadRef(text: string): ReturnType<typeof parseRef> {
  const workload = /^(deployment|deploy|statefulset|sts|daemonset|ds|replicaset|rs|job|cronjob)\//;
  return parseRef(text.replace(workload, 'pod/'));
}

function findPod(world: World, namespace: string, name: string, text: string): Pod {
  const pod = world.snapshot.get('Pod', namespace, name);
  if (pod !== undefined) return pod;
  const owned = world.snapshot
    .inNamespace('Pod', namespace)
    .find(
      ({ owner, labels }) => owner?.name === name || owner?.name === `${name}-${labels['pod-template-hash']}`,
    );
  if (owned !== undefined) return owned;
  throw missing(text, 'pod or workload');
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

function missing(text: string, what: string): ExplainedError {
  return new ExplainedError('not-found', `"${text}" is not among the objects: no ${what}`, {
    remedy: 'Give the files that define it with -f.',
  });
}

function malformed(why: string): ExplainedError {
  return new ExplainedError('bad-query', `The query cannot be answered: ${why}`, {
    remedy: 'A query is {"from":"pod/NS/NAME","to":"pod/NS/NAME","port":80,"protocol":"TCP"}.',
  });
}
