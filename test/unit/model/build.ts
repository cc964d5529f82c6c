import { readers } from '../../../src/model/readObject.ts';
import type { EndpointSlice, Pod, Service } from '../../../src/model/objects.ts';

/*
 * Builders of test objects: each starts from what the API would hold and goes through the product's own readers,
 * so that a test never makes up a shape the API does not have.
 */

export function aPod(options: {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  ip?: string;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}): Pod {
  const { name, namespace = 'default', labels = {}, ip } = options;
  return readers.Pod({
    metadata: { name, namespace, uid: `uid-${namespace}-${name}`, labels, ...options.metadata },
    spec: { containers: [{ name: 'main', image: 'nginx' }], ...options.spec },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      ...(ip === undefined ? {} : { podIP: ip, podIPs: [{ ip }] }),
      ...options.status,
    },
  });
}

export function aService(options: {
  name: string;
  namespace?: string;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
}): Service {
  const { name, namespace = 'default', spec = {}, status = {} } = options;
  return readers.Service({ metadata: { name, namespace, uid: `uid-svc-${name}` }, spec, status });
}

export function aSlice(options: {
  name: string;
  service: string;
  namespace?: string;
  ports?: readonly Record<string, unknown>[];
  endpoints: readonly Record<string, unknown>[];
}): EndpointSlice {
  const {
    name,
    service,
    namespace = 'default',
    endpoints,
    ports = [{ name: '', protocol: 'TCP', port: 80 }],
  } = options;
  return readers.EndpointSlice({
    metadata: { name, namespace, uid: `uid-${name}`, labels: { 'kubernetes.io/service-name': service } },
    addressType: 'IPv4',
    endpoints,
    ports,
  });
}
