import { serviceEndpoints } from '../model/serviceEndpoints.ts';
import type { Service, ServicePort } from '../model/objects.ts';
import { backendsOf } from '../reach/backends.ts';
import type { World } from '../reach/world.ts';
import type { Destination, TraceProbes, TraceQuestion, TraceView } from './view.ts';

/** Gathers what the objects say about a question. */
export function lookAt(world: World, question: TraceQuestion, probes?: TraceProbes): TraceView {
  const base = { world, question, ...(probes && { probes }) };
  const { target, port } = question;
  if (target.is === 'pod') {
    const destinations = port === undefined ? [] : [{ pod: target.pod, port }];
    return { ...base, selected: [], endpoints: [], destinations };
  }
  if (target.is !== 'service') return { ...base, selected: [], endpoints: [], destinations: [] };
  const { service } = target;
  const servicePort = findPort(question, service);
  const selected = world.snapshot.podsSelectedBy(service);
  if (servicePort === undefined) return { ...base, service, selected, endpoints: [], destinations: [] };
  const endpoints = serviceEndpoints(world.snapshot, service).filter(
    ({ portName, protocol }) => portName === servicePort.name && protocol === servicePort.protocol,
  );
  // A headless Service's name leads to the pods themselves: the port asked for is not translated.
  const taken = service.headless && port !== undefined ? { ...servicePort, targetPort: port } : servicePort;
  const destinations = backendsOf(world, service, taken).flatMap((backend): Destination[] =>
    backend.is === 'address' ? [] : [{ pod: backend.pod, port: backend.port }],
  );
  return { ...base, service, servicePort, selected, endpoints, destinations };
}

function findPort({ target, port, protocol }: TraceQuestion, service: Service): ServicePort | undefined {
  const viaNodePort = target.is === 'service' && target.via === 'node-port';
  const candidates = service.ports.filter((candidate) => candidate.protocol === protocol);
  const found = candidates.find((candidate) => (viaNodePort ? candidate.nodePort : candidate.port) === port);
  return found ?? (service.headless ? candidates[0] : undefined);
}
