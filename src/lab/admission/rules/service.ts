/** Validation of services (ValidateService of pkg/apis/core/validation, 1.36). */
import type { Service, ServicePort, ServiceSpec } from '../../objects/network.ts';
import { duplicate, forbiddenField, invalidValue, notSupported, required } from '../fieldErrors.ts';
import type { FieldError } from '../fieldErrors.ts';
import { checked, checkedPort, labels, metadata, oneOf, portOrName, protocols } from './common.ts';
import { cidr, dnsLabel, dnsSubdomain, ipAddress, qualifiedName } from './names.ts';

const onlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";

function isHeadless(spec: ServiceSpec): boolean {
  return spec.clusterIP === 'None' || spec.clusterIPs?.[0] === 'None';
}

function clusterIps(spec: ServiceSpec): string[] {
  return spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : []);
}

function byType(spec: ServiceSpec): FieldError[] {
  const noneFor = (kind: string): FieldError[] =>
    isHeadless(spec)
      ? [invalidValue('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${kind} services`)]
      : [];
  switch (spec.type) {
    case 'LoadBalancer':
      return [
        ...(spec.ports ?? []).flatMap(({ port }, index) =>
          port === 10250
            ? [
                invalidValue(
                  `spec.ports[${index}]`,
                  port,
                  'may not expose port 10250 externally since it is used by kubelet',
                ),
              ]
            : [],
        ),
        ...noneFor('LoadBalancer'),
      ];
    case 'NodePort':
      return noneFor('NodePort');
    case 'ExternalName': {
      const name = (spec.externalName ?? '').replace(/\.$/, '');
      const notFor = (field: string, set: boolean): FieldError[] =>
        set ? [forbiddenField(field, 'may not be set for ExternalName services')] : [];
      return [
        ...notFor('spec.clusterIPs', clusterIps(spec).length > 0),
        ...notFor('spec.ipFamilies', (spec.ipFamilies?.length ?? 0) > 0),
        ...notFor('spec.ipFamilyPolicy', spec.ipFamilyPolicy !== undefined),
        ...(name ? checked('spec.externalName', name, dnsSubdomain) : [required('spec.externalName')]),
      ];
    }
    case undefined:
    default:
      return [];
  }
}

function port(entry: ServicePort, path: string, several: boolean, names: Set<string>): FieldError[] {
  const errors: FieldError[] = [];
  const { name, protocol, targetPort, appProtocol } = entry;
  if (name) {
    errors.push(...checked(`${path}.name`, name, dnsLabel));
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
  } else if (several) errors.push(required(`${path}.name`));
  errors.push(
    ...checkedPort(`${path}.port`, entry.port),
    ...oneOf(`${path}.protocol`, protocol, protocols),
    ...portOrName(`${path}.targetPort`, targetPort),
  );
  if (appProtocol !== undefined) errors.push(...checked(`${path}.appProtocol`, appProtocol, qualifiedName));
  return errors;
}

function affinity({ sessionAffinity, sessionAffinityConfig }: ServiceSpec): FieldError[] {
  const errors = oneOf('spec.sessionAffinity', sessionAffinity, ['ClientIP', 'None']);
  if (sessionAffinity === 'None' && sessionAffinityConfig) {
    errors.push(
      forbiddenField('spec.sessionAffinityConfig', 'must not be set when session affinity is None'),
    );
  }
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (sessionAffinity === 'ClientIP' && seconds !== undefined && (seconds <= 0 || seconds > 86400)) {
    errors.push(
      invalidValue(
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
        seconds,
        'must be greater than 0 and less than 86400',
      ),
    );
  }
  return errors;
}

function addresses(spec: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName') return [];
  const given = clusterIps(spec);
  const errors: FieldError[] = [];
  if (spec.clusterIP && given[0] !== spec.clusterIP) {
    errors.push(invalidValue('spec.clusterIPs', given, 'first value must match `clusterIP`'));
  }
  if (isHeadless(spec)) {
    if (given.length > 1) {
      errors.push(invalidValue('spec.clusterIPs', given, "'None' must be the first and only value"));
    }
    return errors;
  }
  for (const [index, address] of given.entries()) {
    errors.push(...checked(`spec.clusterIPs[${index}]`, address, ipAddress));
  }
  return errors;
}

function special(address: string): string | undefined {
  if (address === '0.0.0.0' || address === '::') return `may not be unspecified (${address})`;
  if (address.startsWith('127.') || address === '::1') {
    return 'may not be in the loopback range (127.0.0.0/8, ::1/128)';
  }
  if (address.startsWith('169.254.') || /^fe[89ab]/i.test(address)) {
    return 'may not be in the link-local range (169.254.0.0/16, fe80::/10)';
  }
  if (/^22[4-9]\.0\.0\.|^ff02/i.test(address)) {
    return 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)';
  }
  return undefined;
}

function externalIps(spec: ServiceSpec): FieldError[] {
  return (spec.externalIPs ?? []).flatMap((address, index) => {
    const field = `spec.externalIPs[${index}]`;
    const errors = checked(field, address, ipAddress);
    const why = special(address);
    return errors.length > 0 || why === undefined ? errors : [invalidValue(field, address, why)];
  });
}

function duplicates(spec: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  const seenNodePorts = new Set<string>();
  for (const [index, { nodePort, protocol }] of (spec.ports ?? []).entries()) {
    if (!nodePort) continue;
    const key = `${protocol ?? ''}/${nodePort}`;
    if (seenNodePorts.has(key)) errors.push(duplicate(`spec.ports[${index}].nodePort`, nodePort));
    seenNodePorts.add(key);
  }
  const seenPorts = new Set<string>();
  for (const [index, { port: number, protocol }] of (spec.ports ?? []).entries()) {
    const key = `${protocol ?? ''}/${number}`;
    // Printed as Go's internal struct.
    const printed = {
      Name: '',
      Protocol: protocol,
      AppProtocol: null,
      Port: number,
      TargetPort: 0,
      NodePort: 0,
    };
    if (seenPorts.has(key)) errors.push(duplicate(`spec.ports[${index}]`, printed));
    seenPorts.add(key);
  }
  return errors;
}

function loadBalancer(spec: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  const isLoadBalancer = spec.type === 'LoadBalancer';
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0 && !isLoadBalancer) {
    errors.push(forbiddenField('spec.LoadBalancerSourceRanges', onlyLoadBalancer));
  }
  for (const [index, range] of ranges.entries()) {
    errors.push(...checked(`spec.LoadBalancerSourceRanges[${index}]`, range, cidr));
  }
  if (spec.allocateLoadBalancerNodePorts !== undefined && !isLoadBalancer) {
    errors.push(forbiddenField('spec.allocateLoadBalancerNodePorts', onlyLoadBalancer));
  }
  if (spec.loadBalancerClass !== undefined) {
    if (isLoadBalancer)
      errors.push(...checked('spec.loadBalancerClass', spec.loadBalancerClass, qualifiedName));
    else errors.push(forbiddenField('spec.loadBalancerClass', onlyLoadBalancer));
  }
  return errors;
}

function trafficPolicies(spec: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  const { type, externalTrafficPolicy, internalTrafficPolicy, healthCheckNodePort, trafficDistribution } =
    spec;
  const external =
    type === 'NodePort' ||
    type === 'LoadBalancer' ||
    (type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0);
  if (!external && externalTrafficPolicy) {
    errors.push(
      invalidValue(
        'spec.externalTrafficPolicy',
        externalTrafficPolicy,
        'may only be set for externally-accessible services',
      ),
    );
  } else if (external) {
    errors.push(...oneOf('spec.externalTrafficPolicy', externalTrafficPolicy, ['Cluster', 'Local']));
  }
  if (healthCheckNodePort && !(type === 'LoadBalancer' && externalTrafficPolicy === 'Local')) {
    errors.push(
      invalidValue(
        'spec.healthCheckNodePort',
        healthCheckNodePort,
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      ),
    );
  }
  if (internalTrafficPolicy !== undefined) {
    errors.push(...oneOf('spec.internalTrafficPolicy', internalTrafficPolicy, ['Cluster', 'Local']));
  }
  const distributions = ['PreferClose', 'PreferSameNode', 'PreferSameZone'];
  if (trafficDistribution !== undefined && !distributions.includes(trafficDistribution)) {
    errors.push(notSupported('spec.trafficDistribution', trafficDistribution, distributions));
  }
  return errors;
}

/** Everything that makes the API server refuse a service. */
export function validateService(service: Service): FieldError[] {
  const { spec } = service;
  const ports = spec.ports ?? [];
  const names = new Set<string>();
  return [
    ...metadata(service, dnsLabel),
    ...(ports.length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName'
      ? [required('spec.ports')]
      : []),
    ...byType(spec),
    ...ports.flatMap((entry, index) => port(entry, `spec.ports[${index}]`, ports.length > 1, names)),
    ...labels('spec.selector', spec.selector),
    ...affinity(spec),
    ...addresses(spec),
    ...externalIps(spec),
    ...oneOf('spec.type', spec.type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']),
    ...(spec.type === 'ClusterIP'
      ? ports.flatMap(({ nodePort }, index) =>
          nodePort
            ? [forbiddenField(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'")]
            : [],
        )
      : []),
    ...duplicates(spec),
    ...loadBalancer(spec),
    ...trafficPolicies(spec),
  ];
}

/** A cluster IP stays for the life of a service, unless it becomes or was an alias. */
export function validateServiceUpdate(next: Service, current: Service): FieldError[] {
  if (next.spec.type === 'ExternalName' || current.spec.type === 'ExternalName') return [];
  const before = clusterIps(current.spec);
  const after = clusterIps(next.spec);
  if (before[0] === undefined || before[0] === after[0]) return [];
  return [invalidValue('spec.clusterIPs[0]', after, 'may not change once set')];
}

export function serviceWarnings({ spec }: Service): string[] {
  const warnings: string[] = [];
  if ((spec.externalIPs?.length ?? 0) > 0) {
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  }
  if (isHeadless(spec) && spec.loadBalancerIP) {
    warnings.push('spec.loadBalancerIP is ignored when spec.clusterIP is "None"');
  }
  if (isHeadless(spec) && spec.sessionAffinity === 'ClientIP') {
    warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  if (spec.type !== 'ExternalName' && spec.externalName) {
    warnings.push(`spec.externalName is ignored when spec.type is not "ExternalName"`);
  }
  return warnings;
}
