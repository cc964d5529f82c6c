import { ExplainedError } from '../base/errors.ts';
import type { Pod, Service, ServicePort } from '../model/objects.ts';
import { formatRef, type Ref } from '../model/refs.ts';
import { serviceEndpoints } from '../model/serviceEndpoints.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { lookUp, shown } from './lookUp.ts';
import { fittingAddress, notTcp, tcpTarget, type Plan, type PlanNote } from './planParts.ts';
import { schemeOf } from './scheme.ts';

type ServiceRef = Extract<Ref, { readonly is: 'service' }>;

/**
 * A Service as targets: its cluster IP, or its name where it has no IP or the name was asked for. The name is
 * `NAME.NAMESPACE.svc`, which the search list of a pod completes whatever the cluster's domain is.
 * @throws ExplainedError where it has no such port name, no TCP port, or no address.
 */
export function planService(
  ref: ServiceRef,
  snapshot: Snapshot,
  source: Pod | undefined,
  by: 'ip' | 'name',
): Plan {
  const service = lookUp(snapshot, 'Service', ref.namespace, ref.name);
  const ports = portsOf(service, ref);
  const host = hostOf(service, source, by);
  const notes: PlanNote[] = [];
  const others = service.ports.filter(({ protocol }) => protocol !== 'TCP');
  if (ref.port === undefined && others.length > 0) {
    notes.push(
      notTcp(
        labelOf(service),
        others.map(({ port, protocol }) => `${port}/${protocol}`),
      ),
    );
  }
  const targets = ports.map((asked) => {
    const port = service.headless ? behind(asked, service, snapshot) : asked.port;
    if (port !== asked.port) {
      notes.push({
        id: 'headless-port',
        text: `${labelOf(service)} is headless: nothing translates port ${asked.port}, so the pods' own port ${port} is asked.`,
      });
    }
    const scheme = schemeOf(asked.port, asked.name, asked.appProtocol);
    return tcpTarget({ ...ref, port: ref.port ?? asked.port }, host, port, scheme);
  });
  return { targets, notes };
}

function labelOf(service: Service): string {
  return `Service ${shown(service.name)} in namespace ${shown(service.namespace)}`;
}

function hostOf(service: Service, source: Pod | undefined, by: 'ip' | 'name'): string {
  if (service.type === 'ExternalName') {
    if (service.externalName !== '' && by === 'ip') return service.externalName;
    if (service.externalName === '') {
      throw new ExplainedError('no-external-name', `${labelOf(service)} has no externalName`, {
        remedy: 'A Service of type ExternalName is nothing but that name.',
      });
    }
  }
  const name = `${service.name}.${service.namespace}.svc`;
  if (service.headless || by === 'name') return name;
  const ip = fittingAddress(service.clusterIPs, source);
  if (ip === undefined) {
    throw new ExplainedError('no-cluster-ip', `${labelOf(service)} has no cluster IP`, {
      remedy: 'The API server gives one when a Service is made; ask for the name instead.',
    });
  }
  return ip;
}

/** The ports asked for. A number that is none of the Service's is asked all the same: the answer tells. */
function portsOf(service: Service, ref: ServiceRef): readonly ServicePort[] {
  const tcp = service.ports.filter(({ protocol }) => protocol === 'TCP');
  if (ref.port === undefined) {
    if (tcp.length > 0) return tcp;
    const example = shown(formatRef({ ...ref, port: 80 }));
    throw new ExplainedError('no-port', `${labelOf(service)} has no TCP port`, {
      remedy:
        service.ports.length === 0
          ? `Say which one to ask, such as ${example}.`
          : `It has ${listed(service.ports)}; whether something listens there cannot be told by a connection.`,
    });
  }
  const { port } = ref;
  const found = tcp.find((candidate) => candidate.port === port || candidate.name === port);
  if (found !== undefined) return [found];
  if (typeof port === 'number') return [{ name: '', port, protocol: 'TCP', targetPort: port }];
  throw new ExplainedError('no-such-port', `${labelOf(service)} has no TCP port named ${shown(port)}`, {
    remedy: service.ports.length === 0 ? 'It has no ports.' : `It has ${listed(service.ports)}.`,
  });
}

function listed(ports: readonly ServicePort[]): string {
  return ports
    .map(({ name, port, protocol }) => `${port}/${protocol}${name === '' ? '' : ` (${shown(name)})`}`)
    .join(', ');
}

/** The port the pods of a headless Service listen on: from its slices, which resolve named ones, or its spec. */
function behind(port: ServicePort, service: Service, snapshot: Snapshot): number {
  if (!service.ports.includes(port)) return port.port;
  const endpoint = serviceEndpoints(snapshot, service).find(
    (candidate) => candidate.portName === port.name && candidate.protocol === port.protocol,
  );
  if (endpoint?.port !== undefined) return endpoint.port;
  return typeof port.targetPort === 'number' ? port.targetPort : port.port;
}
