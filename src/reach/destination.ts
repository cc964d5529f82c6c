import { ExplainedError } from '../base/errors.ts';
import type { Pod, Service } from '../model/objects.ts';
import { parseRef } from '../model/refs.ts';
import { workloadOf } from '../model/workload.ts';
import { isAddress } from './address.ts';
import { resolveName } from './dns.ts';
import type { Via } from './fromOutside.ts';
import type { Party } from './openings.ts';
import { answerOf, type Answer, type Reason } from './reason.ts';
import type { World } from './world.ts';

/** Where a query leads: an end, a Service, or an answer at once where it leads nowhere. */
export type Destination =
  | ({
      readonly port: number | string | undefined;
      /** How the name was resolved. */
      readonly because?: readonly Reason[];
    } & ({ readonly party: Party } | { readonly service: Service; readonly via: Via }))
  | { readonly answer: Answer };

/**
 * The source of a query.
 * @throws ExplainedError where it is not among the objects
 */
export function sourceOf(world: World, text: string): Party {
  if (isAddress(text)) return partyAt(world, text);
  const ref = parseWorkloadRef(text);
  if (ref.is === 'pod') return { is: 'pod', pod: findPod(world, ref.namespace, ref.name, text) };
  throw new ExplainedError('bad-source', `"${text}" cannot be a source here`, {
    remedy: 'Name a pod, a workload or an address.',
  });
}

/**
 * Where a query leads.
 * @throws ExplainedError where that is not among the objects
 */
export function destinationOf(world: World, text: string, from: Party): Destination {
  if (isAddress(text)) return atAddress(world, text, undefined);
  const ref = parseWorkloadRef(text);
  switch (ref.is) {
    case 'pod':
      return { party: { is: 'pod', pod: findPod(world, ref.namespace, ref.name, text) }, port: ref.port };
    case 'service': {
      const service = world.snapshot.get('Service', ref.namespace, ref.name);
      if (service === undefined) throw missing(text, 'Service');
      return { service, port: ref.port, via: viaOf(service, from) };
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
  const resolved = resolveName(world.snapshot, host, from);
  switch (resolved.is) {
    case 'service': {
      const { service, name } = resolved;
      const object = `svc/${service.namespace}/${service.name}`;
      const because = [resolvedTo(host, name, object)];
      return { service, port, via: viaOf(service, from), because };
    }
    case 'pod': {
      const object = `pod/${resolved.pod.namespace}/${resolved.pod.name}`;
      return {
        party: { is: 'pod', pod: resolved.pod },
        port,
        because: [resolvedTo(host, resolved.name, object)],
      };
    }
    case 'unknown':
      return notFound(world, text, host, resolved.tried);
    case 'not-asked': {
      const why = `The source does not ask the cluster's DNS for "${host}": ${resolved.why}.`;
      const object = from.is === 'pod' ? `pod/${from.pod.namespace}/${from.pod.name}` : '';
      return {
        answer: answerOf([
          { effect: 'denies', code: 'dns-policy', text: why, object, path: 'spec.dnsPolicy' },
        ]),
      };
    }
    case 'external': {
      const why = `"${host}" is a name outside the cluster; which address it has is not in these objects.`;
      return { answer: answerOf([{ effect: 'depends', code: 'external-name', text: why }]) };
    }
  }
}

function resolvedTo(host: string, name: string, object: string): Reason {
  const text =
    host === name
      ? `"${host}" is the name of ${object}.`
      : `"${host}" is found as ${name}, which is ${object}.`;
  return { effect: 'allows', code: 'dns', text, object };
}

/** A name that no object has; a Service of that name in another namespace is the usual mistake. */
function notFound(world: World, text: string, host: string, tried: readonly string[]): Destination {
  const [name] = host.split('.');
  const elsewhere = world.snapshot.all('Service').find((service) => service.name === name);
  if (elsewhere === undefined || host.includes('.')) {
    throw missing(text, `Service of that name (asked for ${tried.join(', ')})`);
  }
  const object = `svc/${elsewhere.namespace}/${elsewhere.name}`;
  const why = `The source asks for ${tried.join(', ')}, and none exists; ${object} is in another namespace.`;
  return { answer: answerOf([{ effect: 'denies', code: 'dns-search', text: why, object }]) };
}

function atAddress(world: World, ip: string, port: number | undefined): Destination {
  for (const service of world.snapshot.all('Service')) {
    if (service.clusterIPs.includes(ip)) return { service, port, via: { is: 'cluster-ip' } };
    if (service.loadBalancer.includes(ip) || service.externalIPs.includes(ip)) {
      return { service, port, via: { is: 'load-balancer' } };
    }
  }
  return { party: partyAt(world, ip), port };
}

/** From outside, a Service is asked for by its load balancer, or by a port of its nodes. */
function viaOf(service: Service, from: Party): Via {
  if (from.is === 'pod' || service.type === 'ClusterIP' || service.type === 'ExternalName') {
    return { is: 'cluster-ip' };
  }
  return service.type === 'LoadBalancer' ? { is: 'load-balancer' } : { is: 'node-port', node: undefined };
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
    .find((pod) => pod.owner?.name === name || workloadOf(pod)?.name === name);
  if (owned !== undefined) return owned;
  throw missing(text, 'pod or workload');
}

function missing(text: string, what: string): ExplainedError {
  return new ExplainedError('not-found', `"${text}" is not among the objects: no ${what}`, {
    remedy: 'Give the files that define it with -f.',
  });
}
