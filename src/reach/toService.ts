import { t } from '../base/l10n.ts';
import type { Protocol, Service, ServicePort } from '../model/objects.ts';
import { familyOf } from './address.ts';
import { backendsOf, targetPortOn, type Backend } from './backends.ts';
import type { Party } from './openings.ts';
import { evaluateFlow } from './podToPod.ts';
import { answerOf, type Answer, type Reason } from './reason.ts';
import { evaluateFromOutside, wayIn, type Via } from './fromOutside.ts';
import { nearest } from './nearest.ts';
import type { World } from './world.ts';

/** A chain of external names longer than this is a mistake. */
const longestChain = 8;

/**
 * What happens to a connection from one end to a Service and port. Policies judge the pod behind it and its target
 * port, never the cluster IP (NetworkPolicy docs).
 * @param port a port number of the Service, or a port's name.
 * @param via by which of its addresses it is asked for; default: its name or cluster IP.
 */
export function evaluateToService(
  world: World,
  from: Party,
  service: Service,
  port: number | string,
  protocol: Protocol,
  via: Via = { is: 'cluster-ip' },
): Answer {
  return evaluate(world, from, service, port, protocol, via, longestChain);
}

function evaluate(
  world: World,
  from: Party,
  service: Service,
  port: number | string,
  protocol: Protocol,
  via: Via,
  links: number,
): Answer {
  const object = refOf(service);
  if (service.type === 'ExternalName') {
    const next = links > 0 ? serviceBehind(world, service) : undefined;
    if (next === undefined) return answerOf([externalName(service)]);
    const { allowed, because } = evaluate(world, from, next, port, protocol, via, links - 1);
    return { allowed, because: [leadsOn(service, next), ...because] };
  }
  const refusal = wayIn(from, service, via) ?? wrongFamily(from, service, via) ?? otherProxy(service);
  if (refusal?.effect === 'denies') return answerOf([refusal]);
  const servicePort = findPort(service, port, protocol, via);
  if (servicePort === undefined) return answerOf([noSuchPort(service, port, protocol, via)]);
  const backends = backendsOf(world, service, servicePort);
  if (backends.length === 0) return answerOf([noBackends(world, service, servicePort)]);
  const near = nearest(world, from, service, servicePort, backends, via);
  if (near.backends.length === 0) return answerOf(near.reasons);
  const answers = near.backends.map((backend) =>
    via.is === 'cluster-ip'
      ? toBackend(world, from, backend, protocol)
      : evaluateFromOutside(world, from, service, backend, protocol),
  );
  const { allowed, because } = combined(object, answers);
  const how = [
    resolved(service, servicePort, near.backends),
    ...near.reasons,
    ...affinity(service, near.backends),
    ...(refusal === undefined ? [] : [refusal]),
  ];
  return {
    allowed: allowed === true && how.some(({ effect }) => effect === 'depends') ? 'depends' : allowed,
    because: [...because, ...how],
  };
}

/** A headless Service's name leads straight to its pods: no port is translated. */
function findPort(
  service: Service,
  port: number | string,
  protocol: Protocol,
  via: Via,
): ServicePort | undefined {
  const named = service.ports.find(
    (candidate) =>
      candidate.protocol === protocol &&
      (candidate.port === port ||
        candidate.name === port ||
        (via.is === 'node-port' && candidate.nodePort === port)),
  );
  if (!service.headless) return named;
  const number = typeof port === 'number' ? port : named?.port;
  return number === undefined
    ? undefined
    : { name: named?.name ?? '', port: number, protocol, targetPort: number };
}

/** The Service that an external name names, where it is one of this cluster. */
function serviceBehind({ snapshot }: World, { externalName: name }: Service): Service | undefined {
  const [service = '', namespace = '', svc] = name.replace(/\.$/, '').split('.');
  return svc === 'svc' ? snapshot.get('Service', namespace, service) : undefined;
}

function leadsOn(service: Service, next: Service): Reason {
  return {
    effect: 'allows',
    code: 'external-name',
    text: t('{0} stands for the name of {1}.', refOf(service), refOf(next)),
    object: refOf(service),
    path: 'spec.externalName',
  };
}

/** A denial where the source has no address of any family that the Service has one of. */
function wrongFamily(from: Party, service: Service, via: Via): Reason | undefined {
  if (via.is !== 'cluster-ip' || from.is !== 'pod' || from.pod.ips.length === 0) return undefined;
  const families = new Set(service.clusterIPs.map(familyOf));
  if (families.size === 0) for (const family of service.ipFamilies) families.add(family);
  if (families.size === 0 || from.pod.ips.some((ip) => families.has(familyOf(ip)))) return undefined;
  return {
    effect: 'denies',
    code: 'ip-family',
    text: t(
      '{0} has {1} only, and the source has no address of that family.',
      refOf(service),
      [...families].join(', '),
    ),
    object: refOf(service),
    path: 'spec.ipFamilies',
  };
}

/** kube-proxy leaves Services with this label to another proxy (core/v1 LabelServiceProxyName). */
function otherProxy(service: Service): Reason | undefined {
  const label = 'service.kubernetes.io/service-proxy-name';
  const name = service.labels[label];
  if (name === undefined || service.headless) return undefined;
  return {
    effect: 'depends',
    code: 'other-proxy',
    text: t('{0} is left to the proxy "{1}"; kube-proxy does not serve it.', refOf(service), name),
    object: refOf(service),
    path: `metadata.labels["${label}"]`,
  };
}

/** How the Service's port becomes a port of pods: the evidence below every verdict on them. */
function resolved(service: Service, port: ServicePort, backends: readonly Backend[]): Reason {
  const ports = [...new Set(backends.map((backend) => backend.port))].join(', ');
  const shown = backends.slice(0, 5).map((backend) => (backend.is === 'pod' ? backend.pod.name : backend.ip));
  const named = typeof port.targetPort === 'string' ? `"${port.targetPort}", ${ports}` : ports;
  const values = [port.port, port.protocol, refOf(service), named, shown.join(', ')] as const;
  const more = backends.length - shown.length;
  const index = service.ports.findIndex(
    (candidate) => candidate.name === port.name && candidate.port === port.port,
  );
  return {
    effect: 'allows',
    code: 'service-endpoints',
    text:
      more > 0
        ? t('Port {0}/{1} of {2} leads to port {3} of {4} and {5} more.', ...values, more)
        : t('Port {0}/{1} of {2} leads to port {3} of {4}.', ...values),
    object: refOf(service),
    path: index < 0 ? 'spec.selector' : `spec.ports[${index}]`,
  };
}

function affinity(service: Service, backends: readonly Backend[]): readonly Reason[] {
  if (service.sessionAffinity === 'None' || backends.length < 2) return [];
  const text = t(
    '{0} sends a client to the same pod each time, so one client may fail where others do not.',
    refOf(service),
  );
  return [
    {
      effect: 'allows',
      code: 'session-affinity',
      text,
      object: refOf(service),
      path: 'spec.sessionAffinity',
    },
  ];
}

function toBackend(world: World, from: Party, backend: Backend, protocol: Protocol): Answer {
  if (backend.is === 'address') {
    return evaluateFlow(world, { from, to: { is: 'address', ip: backend.ip }, port: backend.port, protocol });
  }
  const { pod, port } = backend;
  if (from.is === 'pod' && from.pod.namespace === pod.namespace && from.pod.name === pod.name) {
    const text = t(
      'The Service may choose the source itself; whether a pod reaches itself that way depends on hairpin mode.',
    );
    return answerOf([
      { effect: 'depends', code: 'hairpin', text, object: `pod/${pod.namespace}/${pod.name}` },
    ]);
  }
  return evaluateFlow(world, { from, to: { is: 'pod', pod }, port, protocol });
}

/** The Service picks one backend for each connection, so it is sure only where all of them agree. */
function combined(service: string, answers: readonly Answer[]): Answer {
  const [first] = answers;
  if (first !== undefined && answers.every(({ allowed }) => allowed === first.allowed)) {
    return { allowed: first.allowed, because: unique(answers.flatMap(({ because }) => because)) };
  }
  const text = t('The pods behind {0} differ, and each connection is given to one of them.', service);
  const because = unique(answers.flatMap((answer) => answer.because));
  return {
    allowed: 'depends',
    because: [{ effect: 'depends', code: 'backends-differ', text, object: service }, ...because],
  };
}

function unique(reasons: readonly Reason[]): readonly Reason[] {
  return [
    ...new Map(
      reasons.map((reason) => [`${reason.code}|${reason.object}|${reason.path}|${reason.text}`, reason]),
    ).values(),
  ];
}

function externalName(service: Service): Reason {
  const object = refOf(service);
  const text = t(
    '{0} only stands for the name "{1}"; what is reached there is not in these objects.',
    object,
    service.externalName,
  );
  return { effect: 'depends', code: 'external-name', text, object, path: 'spec.externalName' };
}

function noSuchPort(service: Service, port: number | string, protocol: Protocol, via: Via): Reason {
  const object = refOf(service);
  const inside = via.is !== 'node-port';
  const has =
    service.ports
      .map(
        (candidate) => `${(inside ? candidate.port : candidate.nodePort) ?? t('none')}/${candidate.protocol}`,
      )
      .join(', ') || t('none');
  const asked = `${port}/${protocol}`;
  const text = inside
    ? t('{0} has no port {1}; it has {2}.', object, asked, has)
    : t('{0} has no node port {1}; it has {2}.', object, asked, has);
  return { effect: 'denies', code: 'wrong-service-port', text, object, path: 'spec.ports' };
}

function noBackends(world: World, service: Service, port: ServicePort): Reason {
  const object = refOf(service);
  if (service.selector === undefined) {
    const known = world.running && world.snapshot.coverage('EndpointSlice').is === 'complete';
    const text = known
      ? t('{0} has no selector, and no endpoint slice made by hand is there.', object)
      : t('{0} has no selector, and no endpoint slice made by hand is among these objects.', object);
    return {
      effect: known ? 'denies' : 'depends',
      code: 'manual-endpoints-missing',
      text,
      object,
      path: 'spec.selector',
    };
  }
  const selected = world.snapshot.podsSelectedBy(service);
  if (selected.length === 0) {
    const text = t('The selector of {0} matches no pod in namespace {1}.', object, service.namespace);
    return { effect: 'denies', code: 'selector-matches-nothing', text, object, path: 'spec.selector' };
  }
  if (selected.every((pod) => targetPortOn(pod, port) === undefined)) {
    const text = t(
      'No pod that {0} selects has a {1} port named "{2}".',
      object,
      port.protocol,
      port.targetPort,
    );
    return { effect: 'denies', code: 'named-port-missing', text, object, path: 'spec.ports' };
  }
  const text =
    selected.length === 1
      ? t('{0} selects 1 pod, and none is ready.', object)
      : t('{0} selects {1} pods, and none is ready.', object, selected.length);
  return { effect: 'denies', code: 'endpoints-not-ready', text, object };
}

function refOf({ namespace, name }: Service): string {
  return `svc/${namespace}/${name}`;
}
