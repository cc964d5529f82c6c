import type { Protocol, Service, ServicePort } from '../model/objects.ts';
import { backendsOf, targetPortOn, type Backend } from './backends.ts';
import type { Party } from './openings.ts';
import { evaluateFlow } from './podToPod.ts';
import { answerOf, type Answer, type Reason } from './reason.ts';
import type { World } from './world.ts';

/**
 * What happens to a connection from one end to a Service's own address, or name, and port. Policies judge the pod
 * behind it and its target port, never the cluster IP (NetworkPolicy docs).
 * @param port a port number of the Service, or a port's name.
 */
export function evaluateToService(
  world: World,
  from: Party,
  service: Service,
  port: number | string,
  protocol: Protocol,
): Answer {
  const object = refOf(service);
  if (service.type === 'ExternalName') return answerOf([externalName(service)]);
  if (from.is === 'address' && service.type === 'ClusterIP' && service.externalIPs.length === 0) {
    const text = `${object} has no address outside the cluster: its type is ClusterIP.`;
    return answerOf([{ effect: 'denies', code: 'cluster-ip-inside-only', text, object, path: 'spec.type' }]);
  }
  const servicePort = findPort(service, port, protocol);
  if (servicePort === undefined) return answerOf([noSuchPort(service, port, protocol)]);
  const backends = backendsOf(world, service, servicePort);
  if (backends.length === 0) return answerOf([noBackends(world, service, servicePort)]);
  const near = backendsNear(from, service, backends);
  if (near.length === 0) {
    const text = `${object} has internalTrafficPolicy Local, and none of its pods is on the source's node.`;
    return answerOf([
      { effect: 'denies', code: 'internal-traffic-local', text, object, path: 'spec.internalTrafficPolicy' },
    ]);
  }
  const answers = near.map((backend) => toBackend(world, from, backend, protocol));
  return combined(object, answers);
}

/** A headless Service's name leads straight to its pods: no port is translated. */
function findPort(service: Service, port: number | string, protocol: Protocol): ServicePort | undefined {
  const named = service.ports.find(
    (candidate) => candidate.protocol === protocol && (candidate.port === port || candidate.name === port),
  );
  if (!service.headless) return named;
  const number = typeof port === 'number' ? port : named?.port;
  return number === undefined
    ? undefined
    : { name: named?.name ?? '', port: number, protocol, targetPort: number };
}

function backendsNear(from: Party, service: Service, backends: readonly Backend[]): readonly Backend[] {
  if (service.internalTrafficPolicy === 'Cluster' || from.is === 'address' || from.pod.nodeName === '')
    return backends;
  const node = from.pod.nodeName;
  return backends.filter((backend) => backend.is === 'pod' && backend.pod.nodeName === node);
}

function toBackend(world: World, from: Party, backend: Backend, protocol: Protocol): Answer {
  if (backend.is === 'address') {
    return evaluateFlow(world, { from, to: { is: 'address', ip: backend.ip }, port: backend.port, protocol });
  }
  const { pod, port } = backend;
  if (from.is === 'pod' && from.pod.namespace === pod.namespace && from.pod.name === pod.name) {
    const text =
      'The Service may choose the source itself; whether a pod reaches itself that way depends on hairpin mode.';
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
  const text = `The pods behind ${service} differ, and each connection is given to one of them.`;
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
  const text = `${object} only stands for the name "${service.externalName}"; what is reached there is not in these objects.`;
  return { effect: 'depends', code: 'external-name', text, object, path: 'spec.externalName' };
}

function noSuchPort(service: Service, port: number | string, protocol: Protocol): Reason {
  const object = refOf(service);
  const has =
    service.ports.map((candidate) => `${candidate.port}/${candidate.protocol}`).join(', ') || 'none';
  const text = `${object} has no port ${port}/${protocol}; it has ${has}.`;
  return { effect: 'denies', code: 'wrong-service-port', text, object, path: 'spec.ports' };
}

function noBackends(world: World, service: Service, port: ServicePort): Reason {
  const object = refOf(service);
  if (service.selector === undefined) {
    const known = world.running && world.snapshot.coverage('EndpointSlice').is === 'complete';
    const text = `${object} has no selector, and no endpoint slice made by hand is ${known ? 'there' : 'among these objects'}.`;
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
    const text = `The selector of ${object} matches no pod in namespace ${service.namespace}.`;
    return { effect: 'denies', code: 'selector-matches-nothing', text, object, path: 'spec.selector' };
  }
  if (selected.every((pod) => targetPortOn(pod, port) === undefined)) {
    const text = `No pod that ${object} selects has a ${port.protocol} port named "${port.targetPort}".`;
    return { effect: 'denies', code: 'named-port-missing', text, object, path: 'spec.ports' };
  }
  const text = `${object} selects ${selected.length} pod${selected.length === 1 ? '' : 's'}, and none is ready.`;
  return { effect: 'denies', code: 'endpoints-not-ready', text, object };
}

function refOf({ namespace, name }: Service): string {
  return `svc/${namespace}/${name}`;
}
