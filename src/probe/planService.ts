import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { serviceDnsName } from '../model/dnsNames.ts';
import type { Pod, Protocol, Service, ServicePort } from '../model/objects.ts';
import { formatRef, type Ref } from '../model/refs.ts';
import { serviceEndpoints } from '../model/serviceEndpoints.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { lookUp, shown } from './lookUp.ts';
import { planBehind } from './planBehind.ts';
import { planPublished } from './planPublished.ts';
import {
  askedTarget,
  fittingAddress,
  noteOf,
  otherProtocols,
  type Plan,
  type PlanNote,
} from './planParts.ts';
import { noteTexts } from './reportTexts.ts';
import { listedPorts, serviceLabel, type ServiceBy, type ServiceQuestion } from './serviceBy.ts';

type ServiceRef = Extract<Ref, { readonly is: 'service' }>;

/**
 * A Service as targets: by one of its names or addresses, or what stands behind or before it.
 * @throws ExplainedError where it has no such port, no port of the protocol, or no address of that kind.
 */
export function planService(
  ref: ServiceRef,
  snapshot: Snapshot,
  source: Pod | undefined,
  options: { readonly by: ServiceBy; readonly protocol: Protocol; readonly clusterDomain?: string },
): Plan {
  const { by, protocol } = options;
  const service = lookUp(snapshot, 'Service', ref.namespace, ref.name);
  const question: ServiceQuestion = {
    ref,
    service,
    ports: portsOf(service, ref, protocol),
    snapshot,
    source,
    protocol,
    ...(options.clusterDomain !== undefined && { clusterDomain: options.clusterDomain }),
  };
  if (by === 'endpoints' || by === 'pod-names') return planBehind(question, by);
  if (by === 'node-port' || by === 'load-balancer') return planPublished(question, by);
  return planItself(question, by);
}

/** The Service under its own address or one of its own names. */
function planItself(question: ServiceQuestion, by: 'ip' | 'name' | 'short' | 'full'): Plan {
  const { ref, service, ports, snapshot, protocol } = question;
  const host = hostOf(question, by);
  const notes: PlanNote[] =
    ref.port === undefined ? otherProtocols(serviceLabel(service), service.ports, protocol) : [];
  const targets = ports.map((asked) => {
    const port = service.headless ? behind(asked, service, snapshot) : asked.port;
    if (port !== asked.port) {
      const { headlessPort } = noteTexts;
      notes.push(
        noteOf('headless-port', headlessPort, serviceLabel(service), String(asked.port), String(port)),
      );
    }
    return askedTarget({ ...ref, port: ref.port ?? asked.port }, host, port, protocol, asked);
  });
  return { targets, notes };
}

/**
 * The name forms: `NAME` from the same namespace and `NAME.NAMESPACE` from others; `NAME.NAMESPACE.svc`, which the
 * search list of a pod completes whatever the cluster's domain is; and the full name.
 */
function hostOf(question: ServiceQuestion, by: 'ip' | 'name' | 'short' | 'full'): string {
  const { service, source, clusterDomain } = question;
  if (service.type === 'ExternalName') {
    if (service.externalName !== '' && by === 'ip') return service.externalName;
    if (service.externalName === '') {
      throw new ExplainedError('no-external-name', t('{0} has no externalName', serviceLabel(service)), {
        remedy: t('A Service of type ExternalName is nothing but that name.'),
      });
    }
  }
  switch (by) {
    case 'short':
      return source?.namespace === service.namespace ? service.name : `${service.name}.${service.namespace}`;
    case 'full':
      return serviceDnsName(service, clusterDomain);
    case 'ip':
    case 'name':
      break;
  }
  if (service.headless || by === 'name') return `${service.name}.${service.namespace}.svc`;
  const ip = fittingAddress(service.clusterIPs, source);
  if (ip === undefined) {
    throw new ExplainedError('no-cluster-ip', t('{0} has no cluster IP', serviceLabel(service)), {
      remedy: t('The API server gives one when a Service is made; ask for the name instead.'),
    });
  }
  return ip;
}

/** The ports asked for. A number that is none of the Service's is asked all the same: the answer tells. */
function portsOf(service: Service, ref: ServiceRef, protocol: Protocol): readonly ServicePort[] {
  const fitting = service.ports.filter((port) => port.protocol === protocol);
  if (ref.port === undefined) {
    if (fitting.length > 0) return fitting;
    const example = shown(formatRef({ ...ref, port: 80 }));
    throw new ExplainedError('no-port', t('{0} has no {1} port', serviceLabel(service), protocol), {
      remedy:
        service.ports.length === 0
          ? t('Say which one to ask, such as {0}.', example)
          : t(
              'It has {0}; whether something listens there cannot be told by a connection.',
              listedPorts(service.ports),
            ),
    });
  }
  const { port } = ref;
  const found = fitting.find((candidate) => candidate.port === port || candidate.name === port);
  if (found !== undefined) return [found];
  if (typeof port === 'number') return [{ name: '', port, protocol, targetPort: port }];
  throw new ExplainedError(
    'no-such-port',
    t('{0} has no {1} port named {2}', serviceLabel(service), protocol, shown(port)),
    {
      remedy:
        service.ports.length === 0 ? t('It has no ports.') : t('It has {0}.', listedPorts(service.ports)),
    },
  );
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
