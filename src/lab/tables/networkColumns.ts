/** `kubectl get` of services, endpoints, policies, ingresses. */
import { at, isObject } from '../objects/json.ts';
import type { ApiObject } from '../objects/meta.ts';
import type { Endpoints, EndpointSlice, Service } from '../objects/network.ts';
import { selectorText } from '../store/selectors.ts';
import { ageColumn, labelsText, nameColumn, none, unset } from './column.ts';
import type { Column } from './column.ts';

/** Lists longer than this are cut with "+ n more...", as printers do. */
const shownEndpoints = 3;

function externalIp({ spec, status }: Service): string {
  const given = spec.externalIPs ?? [];
  switch (spec.type) {
    case 'ExternalName':
      return spec.externalName ?? '';
    case 'LoadBalancer': {
      const ingress = (status.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? '');
      const all = [...ingress, ...given];
      return all.length > 0 ? all.join(',') : '<pending>';
    }
    case undefined:
    default:
      return given.length > 0 ? given.join(',') : none;
  }
}

function portsText({ spec }: Service): string {
  const ports = (spec.ports ?? []).map(({ port, nodePort, protocol }) =>
    nodePort ? `${port}:${nodePort}/${protocol ?? 'TCP'}` : `${port}/${protocol ?? 'TCP'}`,
  );
  return ports.length > 0 ? ports.join(',') : none;
}

export const serviceColumns: Column<Service>[] = [
  nameColumn,
  { name: 'Type', cell: ({ spec }) => spec.type ?? '' },
  { name: 'Cluster-IP', cell: ({ spec }) => spec.clusterIP ?? none },
  { name: 'External-IP', cell: externalIp },
  { name: 'Port(s)', cell: portsText },
  ageColumn,
  { name: 'Selector', priority: 1, cell: ({ spec }) => labelsText(spec.selector) },
];

function shortened(texts: readonly string[], limit: number): string {
  if (texts.length === 0) return none;
  const shown = texts.slice(0, limit).join(',');
  return texts.length > limit ? `${shown} + ${texts.length - limit} more...` : shown;
}

function endpointsText({ subsets }: Endpoints): string {
  const texts = (subsets ?? []).flatMap(({ addresses, ports }) =>
    (addresses ?? []).flatMap(({ ip }) =>
      (ports ?? []).length === 0 ? [ip] : (ports ?? []).map(({ port }) => `${ip}:${port ?? 0}`),
    ),
  );
  return shortened(texts, shownEndpoints);
}

export const endpointsColumns: Column<Endpoints>[] = [
  nameColumn,
  { name: 'Endpoints', cell: endpointsText },
  ageColumn,
];

export const endpointSliceColumns: Column<EndpointSlice>[] = [
  nameColumn,
  { name: 'AddressType', cell: ({ addressType }) => addressType },
  {
    name: 'Ports',
    cell: ({ ports }) => {
      if (!ports || ports.length === 0) return unset;
      return shortened(
        ports.map(({ port }) => (port === undefined ? '*' : String(port))),
        shownEndpoints,
      );
    },
  },
  {
    name: 'Endpoints',
    cell: ({ endpoints }) => {
      if (!endpoints || endpoints.length === 0) return unset;
      return shortened(
        endpoints.flatMap(({ addresses }) => addresses),
        shownEndpoints,
      );
    },
  },
  ageColumn,
];

export const networkPolicyColumns: Column[] = [
  nameColumn,
  {
    name: 'Pod-Selector',
    cell: (policy) => {
      const selector = at(policy, 'spec', 'podSelector');
      return (isObject(selector) && selectorText(selector)) || none;
    },
  },
  ageColumn,
];

function texts(value: unknown, pick: (item: unknown) => unknown): string[] {
  return (Array.isArray(value) ? value : []).map(pick).filter((item) => typeof item === 'string');
}

export const ingressColumns: Column[] = [
  nameColumn,
  {
    name: 'Class',
    cell: (ingress: ApiObject) => {
      const name = at(ingress, 'spec', 'ingressClassName');
      return typeof name === 'string' ? name : none;
    },
  },
  {
    name: 'Hosts',
    cell: (ingress) => {
      const hosts = texts(at(ingress, 'spec', 'rules'), (rule) => at(rule, 'host'));
      return hosts.length > 0 ? shortened(hosts, shownEndpoints) : '*';
    },
  },
  {
    name: 'Address',
    cell: (ingress) =>
      texts(
        at(ingress, 'status', 'loadBalancer', 'ingress'),
        (entry) => at(entry, 'ip') ?? at(entry, 'hostname'),
      ).join(','),
  },
  { name: 'Ports', cell: (ingress) => (at(ingress, 'spec', 'tls') === undefined ? '80' : '80, 443') },
  ageColumn,
];
