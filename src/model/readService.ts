import type { Service, ServicePort, ServiceType } from './objects.ts';
import { flag, integer, list, record, strings, text, type Json } from './json.ts';
import { protocolOf } from './protocol.ts';
import { readMeta } from './readMeta.ts';

/** Reads a Service as the API serves it (core/v1), or as a manifest has it. */
export function readService(object: Json): Service {
  const spec = record(object.spec);
  const type = typeOf(spec.type);
  const clusterIP = text(spec.clusterIP);
  const clusterIPs = list(spec.clusterIPs).map(text);
  const selector = strings(spec.selector);
  const ingress = list(record(record(object.status).loadBalancer).ingress).map(record);
  return {
    kind: 'Service',
    ...readMeta(object),
    type,
    clusterIPs: (clusterIPs.length > 0 ? clusterIPs : [clusterIP]).filter((ip) => ip !== '' && ip !== 'None'),
    headless: type === 'ClusterIP' && clusterIP === 'None',
    externalName: text(spec.externalName),
    externalIPs: list(spec.externalIPs).map(text),
    loadBalancer: ingress.map((entry) => text(entry.ip) || text(entry.hostname)).filter(Boolean),
    ports: list(spec.ports).map((port) => readPort(record(port))),
    // ExternalName ignores its selector; an empty selector is none (core/v1 ServiceSpec.selector).
    selector: type === 'ExternalName' || Object.keys(selector).length === 0 ? undefined : selector,
    publishNotReadyAddresses: flag(spec.publishNotReadyAddresses),
    internalTrafficPolicy: spec.internalTrafficPolicy === 'Local' ? 'Local' : 'Cluster',
    externalTrafficPolicy: spec.externalTrafficPolicy === 'Local' ? 'Local' : 'Cluster',
    sessionAffinity: spec.sessionAffinity === 'ClientIP' ? 'ClientIP' : 'None',
    loadBalancerSourceRanges: list(spec.loadBalancerSourceRanges).map(text),
    ipFamilies: list(spec.ipFamilies).filter((family) => family === 'IPv4' || family === 'IPv6'),
  };
}

const types: ReadonlySet<unknown> = new Set<ServiceType>(['NodePort', 'LoadBalancer', 'ExternalName']);

function typeOf(value: unknown): ServiceType {
  return types.has(value) ? (value as ServiceType) : 'ClusterIP';
}

function readPort(port: Json): ServicePort {
  const number = integer(port.port) ?? 0;
  const target = port.targetPort;
  const nodePort = integer(port.nodePort) ?? 0;
  const appProtocol = text(port.appProtocol);
  return {
    name: text(port.name),
    port: number,
    protocol: protocolOf(port.protocol),
    // Absent or 0 means "the same as port" (core/v1 ServicePort.targetPort).
    targetPort: typeof target === 'string' && target !== '' ? target : (nonZero(integer(target)) ?? number),
    ...(nodePort === 0 ? {} : { nodePort }),
    ...(appProtocol === '' ? {} : { appProtocol }),
  };
}

function nonZero(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}
