import { t } from '../base/l10n.ts';
import type { Pod, Protocol, Service, ServicePort } from '../model/objects.ts';
import type { Ref } from '../model/refs.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { shown } from './lookUp.ts';

/**
 * The ways to ask a Service: its cluster IP; its name within its namespace, up to `.svc`, or in full; each of its
 * endpoints alone; the names of its pods (headless Services); its port on every node; its load balancer.
 */
export const serviceBys = [
  'ip',
  'short',
  'name',
  'full',
  'endpoints',
  'pod-names',
  'node-port',
  'load-balancer',
] as const;
export type ServiceBy = (typeof serviceBys)[number];

/** A Service with the ports of it that are asked, as some source sees it. */
export interface ServiceQuestion {
  readonly ref: Extract<Ref, { readonly is: 'service' }>;
  readonly service: Service;
  readonly ports: readonly ServicePort[];
  readonly snapshot: Snapshot;
  readonly source: Pod | undefined;
  readonly protocol: Protocol;
  /** Default: `cluster.local`. */
  readonly clusterDomain?: string;
}

export function serviceLabel(service: Service): string {
  return t('Service {0} in namespace {1}', shown(service.name), shown(service.namespace));
}

/** `80/TCP (http), 53/UDP`. */
export function listedPorts(ports: readonly ServicePort[]): string {
  return ports
    .map(({ name, port, protocol }) => `${port}/${protocol}${name === '' ? '' : ` (${shown(name)})`}`)
    .join(', ');
}
