import type { Endpoint, EndpointSlice } from './objects.ts';
import { flag, integer, list, record, text, type Json } from './json.ts';
import { protocolOf } from './protocol.ts';
import { readMeta } from './readMeta.ts';

/** Reads an EndpointSlice (discovery.k8s.io/v1). */
export function readEndpointSlice(object: Json): EndpointSlice {
  const meta = readMeta(object);
  const addressType = object.addressType;
  return {
    kind: 'EndpointSlice',
    ...meta,
    serviceName: meta.labels['kubernetes.io/service-name'] ?? '',
    addressType: addressType === 'IPv6' || addressType === 'FQDN' ? addressType : 'IPv4',
    endpoints: list(object.endpoints).map((endpoint) => readEndpoint(record(endpoint))),
    ports: list(object.ports).map((entry) => {
      const port = record(entry);
      return {
        name: text(port.name),
        protocol: protocolOf(port.protocol),
        port: integer(port.port),
      };
    }),
  };
}

function readEndpoint(endpoint: Json): Endpoint {
  const conditions = record(endpoint.conditions);
  const target = record(endpoint.targetRef);
  const ready = flag(conditions.ready, true);
  return {
    addresses: list(endpoint.addresses).map(text),
    ready,
    serving: flag(conditions.serving, ready),
    terminating: flag(conditions.terminating),
    nodeName: text(endpoint.nodeName),
    zone: text(endpoint.zone),
    hintedZones: list(record(endpoint.hints).forZones).map((zone) => text(record(zone).name)),
    ...(text(target.name) === ''
      ? {}
      : {
          target: {
            kind: text(target.kind),
            namespace: text(target.namespace),
            name: text(target.name),
          },
        }),
  };
}
