/** Defaults and addresses of services. */
import { randomInt } from 'node:crypto';
import { invalid, StatusError } from '../api/errors.ts';
import type { Service, ServiceSpec } from '../objects/network.ts';
import { services } from '../resources/catalog.ts';
import type { Store } from '../store/store.ts';
import { invalidValue } from './fieldErrors.ts';
import type { FieldError } from './fieldErrors.ts';

/** Cluster IPs come from 10.96.0.0/16, node ports from the default range. */
const clusterIpPrefix = '10.96.';
/** The control plane knows IPv6, as in a cluster on its way to dual stack; the pods have IPv4 addresses only. */
const ipv6Prefix = 'fd00:10:96::';
const nodePortRange = { first: 30000, last: 32767 };

export function defaultService(service: Service): void {
  const { spec } = service;
  spec.type ??= 'ClusterIP';
  spec.sessionAffinity ??= 'None';
  if (spec.sessionAffinity === 'ClientIP') {
    spec.sessionAffinityConfig ??= {};
    spec.sessionAffinityConfig.clientIP ??= {};
    spec.sessionAffinityConfig.clientIP.timeoutSeconds ??= 10800;
  }
  for (const port of spec.ports ?? []) {
    port.protocol ??= 'TCP';
    if (port.targetPort === undefined || port.targetPort === '') port.targetPort = port.port;
  }
  const external = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  if (external || (spec.externalIPs?.length ?? 0) > 0) spec.externalTrafficPolicy ??= 'Cluster';
  if (external || spec.type === 'ClusterIP') spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
}

function usedClusterIps(store: Store): Set<string> {
  return new Set([...store.list(services)].flatMap((service) => service.spec.clusterIPs ?? []));
}

function usedNodePorts(store: Store, except?: string): Set<number> {
  const used = new Set<number>();
  for (const service of store.list(services)) {
    if (service.metadata.uid === except) continue;
    for (const port of service.spec.ports ?? []) if (port.nodePort) used.add(port.nodePort);
    if (service.spec.healthCheckNodePort) used.add(service.spec.healthCheckNodePort);
  }
  return used;
}

function freeClusterIp(store: Store): string {
  const used = usedClusterIps(store);
  if (used.size > 60_000)
    throw new StatusError(500, 'InternalError', 'failed to allocate a serviceIP: range is full');
  for (;;) {
    // The lowest addresses are kept for fixed ones such as the cluster DNS.
    const address = `${clusterIpPrefix}${randomInt(1, 255)}.${randomInt(1, 255)}`;
    if (!used.has(address)) return address;
  }
}

function freeIpv6(store: Store): string {
  const used = usedClusterIps(store);
  for (;;) {
    const address = `${ipv6Prefix}${randomInt(0x100, 0xffff).toString(16)}`;
    if (!used.has(address)) return address;
  }
}

/** One address for each family asked for; the first is the one that clients of one family see. */
function familiesWanted({ ipFamilies = [], ipFamilyPolicy }: ServiceSpec, first: string): string[] {
  const primary = ipFamilies[0] ?? (first.includes(':') ? 'IPv6' : 'IPv4');
  const second = primary === 'IPv6' ? 'IPv4' : 'IPv6';
  return ipFamilyPolicy === 'RequireDualStack' || ipFamilies.length > 1 ? [primary, second] : [primary];
}

function freeNodePort(used: Set<number>): number {
  const { first, last } = nodePortRange;
  if (used.size > last - first) {
    throw new StatusError(500, 'InternalError', 'failed to allocate a nodePort: range is full');
  }
  for (;;) {
    const port = randomInt(first, last + 1);
    if (!used.has(port)) {
      used.add(port);
      return port;
    }
  }
}

function needsNodePorts(spec: ServiceSpec): boolean {
  return (
    spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false)
  );
}

function allocateNodePorts(service: Service, store: Store): void {
  const { spec } = service;
  if (!needsNodePorts(spec)) return;
  const used = usedNodePorts(store, service.metadata.uid);
  for (const port of spec.ports ?? []) {
    if ((port.nodePort ?? 0) === 0) port.nodePort = freeNodePort(used);
  }
  if (spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local' && !spec.healthCheckNodePort) {
    spec.healthCheckNodePort = freeNodePort(used);
  }
}

function allocateAddresses(service: Service, store: Store): void {
  const { spec } = service;
  if (spec.type === 'ExternalName') return;
  const free = (family: string | undefined): string =>
    family === 'IPv6' ? freeIpv6(store) : freeClusterIp(store);
  const address =
    spec.clusterIP === undefined || spec.clusterIP === '' ? free(spec.ipFamilies?.[0]) : spec.clusterIP;
  const families = familiesWanted(spec, address);
  spec.clusterIP = address;
  spec.clusterIPs ??= [address];
  if (address !== 'None') {
    for (const family of families.slice(spec.clusterIPs.length)) spec.clusterIPs.push(free(family));
  }
  spec.ipFamilies = families;
  spec.ipFamilyPolicy ??= 'SingleStack';
}

/** 422 where an address or port that the manifest asks for is taken or out of range. */
function checkWanted(service: Service, store: Store, current?: Service): void {
  const { spec, metadata } = service;
  const errors: FieldError[] = [];
  const address = spec.clusterIP;
  if (address && address !== 'None' && address !== current?.spec.clusterIP) {
    const why =
      address.startsWith(clusterIpPrefix) || address.startsWith(ipv6Prefix)
        ? usedClusterIps(store).has(address)
          ? 'provided IP is already allocated'
          : undefined
        : `the provided IP (${address}) is not in the valid range. The range of valid IPs is ${clusterIpPrefix}0.0/16`;
    if (why)
      errors.push(invalidValue('spec.clusterIPs', [address], `failed to allocate IP ${address}: ${why}`));
  }
  const used = usedNodePorts(store, metadata.uid);
  const { first, last } = nodePortRange;
  for (const [index, { nodePort }] of (spec.ports ?? []).entries()) {
    const field = `spec.ports[${index}].nodePort`;
    if (!nodePort || !needsNodePorts(spec)) continue;
    if (nodePort < first || nodePort > last) {
      const text = `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
      errors.push(invalidValue(field, nodePort, text));
    } else if (used.has(nodePort))
      errors.push(invalidValue(field, nodePort, 'provided port is already allocated'));
  }
  if (errors.length > 0) throw invalid(services, metadata.name, errors);
}

/**
 * Gives a valid new service its cluster IP and node ports. A dry run reserves nothing: as recorded, it gets the
 * range's first address and no node ports, and what the manifest asks for is not checked.
 */
export function allocateForNewService(service: Service, store: Store, dryRun: boolean): void {
  const { spec } = service;
  if (dryRun) {
    if (spec.type !== 'ExternalName' && !spec.clusterIP) spec.clusterIP = `${clusterIpPrefix}0.0`;
    allocateAddresses(service, store);
    return;
  }
  checkWanted(service, store);
  allocateAddresses(service, store);
  allocateNodePorts(service, store);
}

function dropNodePorts(next: Service, current: Service): void {
  for (const port of next.spec.ports ?? []) {
    const before = current.spec.ports?.find((old) => old.port === port.port);
    if (before?.nodePort === port.nodePort) delete port.nodePort;
  }
}

function isExternal({ spec }: Service): boolean {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer' || (spec.externalIPs?.length ?? 0) > 0;
}

/** Fields that only another type has go with that type, unless the update names them anew. */
function dropFieldsOfOldType(next: Service, current: Service): void {
  const { spec } = next;
  if (!needsNodePorts(spec) && needsNodePorts(current.spec)) dropNodePorts(next, current);
  const drop = (field: 'externalTrafficPolicy' | 'healthCheckNodePort' | 'loadBalancerClass'): void => {
    if (spec[field] === current.spec[field]) Reflect.deleteProperty(spec, field);
  };
  if (!isExternal(next) && isExternal(current)) drop('externalTrafficPolicy');
  if (spec.type !== 'LoadBalancer') {
    drop('loadBalancerClass');
    drop('healthCheckNodePort');
    if (current.spec.type === 'LoadBalancer') delete spec.allocateLoadBalancerNodePorts;
  }
}

/** Carries over what an update leaves out: addresses and node ports stay as long as the type allows. */
export function keepServiceAddresses(next: Service, current: Service): void {
  const { spec } = next;
  if (spec.type === 'ExternalName') {
    if (current.spec.type === 'ExternalName') return;
    for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const) {
      Reflect.deleteProperty(spec, field);
    }
    dropNodePorts(next, current);
    return;
  }
  if (!spec.clusterIP && current.spec.clusterIP) spec.clusterIP = current.spec.clusterIP;
  for (const field of ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const) {
    if (spec[field] === undefined && current.spec[field] !== undefined) {
      Object.assign(spec, { [field]: current.spec[field] });
    }
  }
  dropFieldsOfOldType(next, current);
  if (!needsNodePorts(spec)) return;
  for (const port of spec.ports ?? []) {
    const before = current.spec.ports?.find(
      (old) => old.port === port.port && old.protocol === port.protocol,
    );
    if (before?.nodePort !== undefined) port.nodePort ??= before.nodePort;
  }
}

/** Allocates what a changed service newly needs. */
export function allocateForChangedService(
  next: Service,
  current: Service,
  store: Store,
  dryRun: boolean,
): void {
  if (dryRun) return;
  checkWanted(next, store, current);
  allocateAddresses(next, store);
  allocateNodePorts(next, store);
}
