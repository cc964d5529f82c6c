import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { serviceDnsName } from '../model/dnsNames.ts';
import type { Pod, Protocol, Service } from '../model/objects.ts';
import type { Ref } from '../model/refs.ts';
import { schemeOf } from '../probe/scheme.ts';
import { parseWorkloadRef, podNamed } from '../reach/podNamed.ts';
import type { World } from '../reach/world.ts';
import type { TraceQuestion, TraceSource, TraceTarget } from './view.ts';

/**
 * Resolves what the user asked. `from` is a pod with or without container, or `outside`; `to` any reference that
 * `podnet check` takes.
 * @throws ExplainedError where the source, or a pod or node asked for, does not exist.
 */
export function resolveQuestion(
  world: World,
  from: string,
  to: string,
  protocol: Protocol = 'TCP',
): TraceQuestion {
  const source = sourceOf(world, from);
  const ref = parseWorkloadRef(to);
  const base = { from, to, source, protocol };
  switch (ref.is) {
    case 'pod': {
      const pod = findPod(world, ref.namespace, ref.name);
      const port =
        ref.port ?? soleValue(pod.containers.flatMap(({ ports }) => ports.map(({ port: number }) => number)));
      const name = pod.containers.flatMap(({ ports }) => ports).find((entry) => entry.port === port)?.name;
      const scheme = schemeFor(port, { name });
      return { ...base, target: { is: 'pod', pod }, host: pod.ips[0] ?? '', port, scheme };
    }
    case 'service':
      return toService(base, world, ref);
    case 'node': {
      const node = world.snapshot.get('Node', '', ref.name);
      const addressOf = (wanted: string): string | undefined =>
        node?.addresses.find(({ type }) => type === wanted)?.address;
      const outer = source.is === 'outside' ? addressOf('ExternalIP') : undefined;
      const address = outer ?? addressOf('InternalIP');
      if (address === undefined) throw notFound(t('There is no node {0} with an address', ref.name));
      const service = world.snapshot
        .all('Service')
        .find(({ ports }) => ports.some(({ nodePort }) => nodePort === ref.port));
      const target: TraceTarget =
        service === undefined || ref.port === undefined
          ? { is: 'external', host: address }
          : { is: 'service', service, via: 'node-port' };
      const published = service?.ports.find(({ nodePort }) => nodePort === ref.port);
      const scheme = published === undefined ? 'http' : schemeFor(published.port, published);
      return { ...base, target, host: address, port: ref.port, scheme };
    }
    case 'localhost': {
      if (source.is === 'outside') throw notFound(t('There is no localhost outside the cluster'));
      return {
        ...base,
        target: { is: 'pod', pod: source.pod },
        host: 'localhost',
        port: ref.port,
        scheme: 'http',
      };
    }
    case 'url':
      return toUrl(base, world, ref.url);
  }
}

/** What the port says of itself, where no URL says how to ask it. */
function schemeFor(
  port: number | undefined,
  said: { readonly name?: string | undefined; readonly appProtocol?: string | undefined } = {},
): TraceQuestion['scheme'] {
  if (port === undefined) return 'http';
  const scheme = schemeOf(port, said.name, said.appProtocol);
  return scheme === 'https' || scheme === 'tcp' ? scheme : 'http';
}

type Base = Pick<TraceQuestion, 'from' | 'to' | 'source' | 'protocol'>;

function sourceOf(world: World, text: string): TraceSource {
  if (text === 'outside') return { is: 'outside' };
  const ref = parseWorkloadRef(text);
  if (ref.is !== 'pod') {
    throw new ExplainedError('bad-source', t('"{0}" cannot be a source', text), {
      remedy: t('Name a pod as pod/NAMESPACE/NAME[:CONTAINER], or say outside.'),
    });
  }
  const pod = findPod(world, ref.namespace, ref.name);
  const main = pod.containers.find(({ role }) => role === 'main')?.name ?? '';
  const container = ref.container ?? main;
  if (!pod.containers.some(({ name }) => name === container)) {
    throw notFound(t('There is no container {0} in pod {1}', container, `${ref.namespace}/${ref.name}`));
  }
  return { is: 'container', pod, container };
}

function toService(base: Base, world: World, ref: Extract<Ref, { is: 'service' }>): TraceQuestion {
  const service = world.snapshot.get('Service', ref.namespace, ref.name);
  if (service === undefined) {
    const host = `${ref.name}.${ref.namespace}.svc.cluster.local`;
    const target = { is: 'missing-service', namespace: ref.namespace, name: ref.name } as const;
    return {
      ...base,
      target,
      host,
      port: typeof ref.port === 'number' ? ref.port : undefined,
      scheme: 'http',
    };
  }
  const named = service.ports.find(({ name }) => name === ref.port)?.port;
  const port =
    typeof ref.port === 'number' ? ref.port : (named ?? soleValue(service.ports.map((entry) => entry.port)));
  const asked = service.ports.find((entry) => entry.port === port && entry.protocol === base.protocol);
  return { ...base, ...viaName(service), port, scheme: schemeFor(port, asked) };
}

function viaName(service: Service): Pick<TraceQuestion, 'target' | 'host'> {
  return { target: { is: 'service', service, via: 'name' }, host: serviceDnsName(service) };
}

function toUrl(base: Base, world: World, text: string): TraceQuestion {
  const url = new URL(text);
  const scheme = url.protocol === 'https:' ? 'https' : url.protocol === 'http:' ? 'http' : 'tcp';
  const port = url.port === '' ? { http: 80, https: 443, tcp: undefined }[scheme] : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { ...base, target: targetNamed(world, host, base.source), host, port, scheme };
}

function targetNamed(world: World, host: string, source: TraceSource): TraceTarget {
  const { snapshot } = world;
  if (host === 'localhost' && source.is === 'container') return { is: 'pod', pod: source.pod };
  for (const service of snapshot.all('Service')) {
    if (service.clusterIPs.includes(host)) return { is: 'service', service, via: 'cluster-ip' };
    if ([...service.loadBalancer, ...service.externalIPs].includes(host)) {
      return { is: 'service', service, via: 'load-balancer' };
    }
  }
  const [pod] = snapshot.podsByIp(host);
  if (pod !== undefined) return { is: 'pod', pod };
  const [name = '', namespace, svc] = host.replace(/\.$/, '').split('.');
  const mayBeService =
    /^[a-z][a-z0-9-]*$/.test(name) && (namespace === undefined || svc === undefined || svc === 'svc');
  if (!mayBeService) return { is: 'external', host };
  const where = namespace ?? (source.is === 'container' ? source.pod.namespace : 'default');
  const service = snapshot.get('Service', where, name);
  if (service !== undefined) return { is: 'service', service, via: 'name' };
  // example.com is a name of the outside world unless "com" is a namespace here.
  const isOurs =
    namespace === undefined || svc === 'svc' || snapshot.get('Namespace', '', namespace) !== undefined;
  return isOurs ? { is: 'missing-service', namespace: where, name } : { is: 'external', host };
}

function findPod(world: World, namespace: string, name: string): Pod {
  const pod = podNamed(world, namespace, name);
  if (pod === undefined) throw notFound(t('There is no pod {0}', `${namespace}/${name}`));
  return pod;
}

function soleValue(values: readonly number[]): number | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

function notFound(message: string): ExplainedError {
  return new ExplainedError('not-found', message, {
    remedy: t('podnet list shows what there is; a name is given as pod/NAMESPACE/NAME.'),
  });
}
