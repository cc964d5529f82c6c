import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Pod, Service } from '../model/objects.ts';
import { isAddress } from './address.ts';
import { resolveName } from './dns.ts';
import { isInside, type Via } from './fromOutside.ts';
import type { Party } from './openings.ts';
import { namesWorkload, parseWorkloadRef, podNamed } from './podNamed.ts';
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
  if (text === 'outside') return { is: 'address', ip: '' };
  if (isAddress(text)) return partyAt(world, text);
  const ref = parseWorkloadRef(text);
  if (ref.is === 'pod') return { is: 'pod', pod: findPod(world, ref.namespace, ref.name, text) };
  if (ref.is === 'node') return nodeNamed(world, ref.name, text);
  throw new ExplainedError('bad-source', t('"{0}" cannot be a source here', text), {
    remedy: t('Name a pod, a workload, a node or an address, or say outside.'),
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
    case 'pod': {
      const pod = findPod(world, ref.namespace, ref.name, text);
      return { party: { is: 'pod', pod: anotherThan(world, from, pod, text) }, port: ref.port };
    }
    case 'service': {
      const service = world.snapshot.get('Service', ref.namespace, ref.name);
      if (service === undefined) throw missing(t('"{0}" is not among the objects: no Service', text));
      return { service, port: ref.port, via: viaOf(service, from) };
    }
    case 'localhost':
      return { party: from, port: ref.port };
    case 'node':
      return { party: nodeNamed(world, ref.name, text), port: ref.port };
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
      const why = t('The source does not ask the cluster\'s DNS for "{0}": {1}.', host, resolved.why);
      const object = from.is === 'pod' ? `pod/${from.pod.namespace}/${from.pod.name}` : '';
      return {
        answer: answerOf([
          { effect: 'denies', code: 'dns-policy', text: why, object, path: 'spec.dnsPolicy' },
        ]),
      };
    }
    case 'external': {
      const why = t(
        '"{0}" is a name outside the cluster; which address it has is not in these objects.',
        host,
      );
      return { answer: answerOf([{ effect: 'depends', code: 'external-name', text: why }]) };
    }
  }
}

function resolvedTo(host: string, name: string, object: string): Reason {
  const text =
    host === name
      ? t('"{0}" is the name of {1}.', host, object)
      : t('"{0}" is found as {1}, which is {2}.', host, name, object);
  return { effect: 'allows', code: 'dns', text, object };
}

/** A name that no object has; a Service of that name in another namespace is the usual mistake. */
function notFound(world: World, text: string, host: string, tried: readonly string[]): Destination {
  const [name] = host.split('.');
  const elsewhere = world.snapshot.all('Service').find((service) => service.name === name);
  if (elsewhere === undefined || host.includes('.')) {
    throw missing(
      t('"{0}" is not among the objects: no Service of that name (asked for {1})', text, tried.join(', ')),
    );
  }
  const object = `svc/${elsewhere.namespace}/${elsewhere.name}`;
  const why = t(
    'The source asks for {0}, and none exists; {1} is in another namespace.',
    tried.join(', '),
    object,
  );
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
  if (isInside(from) || service.type === 'ClusterIP' || service.type === 'ExternalName') {
    return { is: 'cluster-ip' };
  }
  return service.type === 'LoadBalancer' ? { is: 'load-balancer' } : { is: 'node-port', node: undefined };
}

/** Whose address it is. One that pods on their node's network have is the node's. */
function partyAt({ snapshot }: World, ip: string): Party {
  const [pod, other] = snapshot.podsByIp(ip);
  if (pod !== undefined && other === undefined && !pod.hostNetwork) return { is: 'pod', pod };
  const node =
    snapshot.all('Node').find(({ addresses }) => addresses.some(({ address }) => address === ip))?.name ??
    (pod?.hostNetwork ? pod.nodeName : '');
  return { is: 'address', ip, ...(node !== '' && { node }) };
}

/** A node by its name. Manifests seldom hold nodes, and then every name may be one. */
function nodeNamed({ snapshot, running }: World, name: string, text: string): Party {
  const node = snapshot.get('Node', '', name);
  if (node === undefined && (running || snapshot.all('Node').length > 0))
    throw missing(t('"{0}" is not among the objects: no node of that name', text));
  const ip = node?.addresses.find(({ type }) => type === 'InternalIP')?.address ?? '';
  return { is: 'address', ip, node: name };
}

/** Who names the same workload twice means two of its pods, where it has them. */
function anotherThan({ snapshot, replicated }: World, from: Party, pod: Pod, text: string): Pod {
  if (from.is !== 'pod' || from.pod !== pod || !namesWorkload(text)) return pod;
  const owned = snapshot
    .inNamespace('Pod', pod.namespace)
    .find(
      (other) =>
        other !== pod &&
        pod.owner !== undefined &&
        other.owner?.uid === pod.owner.uid &&
        other.owner.name === pod.owner.name,
    );
  return owned ?? (replicated?.has(pod) === true ? { ...pod, name: `${pod.name}-another` } : pod);
}

function findPod(world: World, namespace: string, name: string, text: string): Pod {
  const pod = podNamed(world, namespace, name);
  if (pod === undefined) throw missing(t('"{0}" is not among the objects: no pod or workload', text));
  return pod;
}

function missing(message: string): ExplainedError {
  return new ExplainedError('not-found', message, {
    remedy: t('Give the files that define it with -f.'),
  });
}
