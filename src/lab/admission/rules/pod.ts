/** Validation of pods and pod templates (ValidatePodSpec of pkg/apis/core/validation, 1.36). */
import { isObject } from '../../objects/json.ts';
import type { Container, ContainerPort, Pod, PodSpec, Volume } from '../../objects/pod.ts';
import { duplicate, invalidValue, required } from '../fieldErrors.ts';
import type { FieldError } from '../fieldErrors.ts';
import { checked, checkedPort, labels, metadata, oneOf, protocols } from './common.ts';
import { dnsLabel, dnsSubdomain, ipAddress, portName } from './names.ts';
import { validateProbes } from './probes.ts';
import { validateDevices, validateMounts, validateVolumes, volumeWarnings } from './volumes.ts';

const dnsPolicies = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];

function ports(list: readonly Partial<ContainerPort>[], field: string): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [index, { name, containerPort, hostPort, protocol }] of list.entries()) {
    const path = `${field}[${index}]`;
    if (name) {
      const wrong = checked(`${path}.name`, name, portName);
      errors.push(...wrong);
      if (wrong.length === 0 && names.has(name)) errors.push(duplicate(`${path}.name`, name));
      names.add(name);
    }
    if (!containerPort) errors.push(required(`${path}.containerPort`));
    else errors.push(...checkedPort(`${path}.containerPort`, containerPort));
    if (hostPort) errors.push(...checkedPort(`${path}.hostPort`, hostPort));
    errors.push(...oneOf(`${path}.protocol`, protocol, protocols));
  }
  return errors;
}

function environment(container: Container, field: string): FieldError[] {
  const list: unknown[] = Array.isArray(container.env) ? container.env : [];
  return list.flatMap((variable, index) => {
    if (!isObject(variable)) return [];
    const path = `${field}[${index}]`;
    if (typeof variable.name !== 'string' || variable.name === '') return [required(`${path}.name`)];
    const text =
      "a valid environment variable name must consist only of printable ASCII characters other than '='";
    const valid = /^[ -<>-~]+$/.test(variable.name);
    return [
      ...(valid ? [] : [invalidValue(`${path}.name`, variable.name, text)]),
      ...(variable.value && variable.valueFrom !== undefined
        ? [invalidValue(`${path}.valueFrom`, '', 'may not be specified when `value` is not empty')]
        : []),
    ];
  });
}

function containerErrors(
  container: Container,
  path: string,
  volumes: ReadonlyMap<string, Volume>,
): FieldError[] {
  const { name = '', image = '' } = container as { name?: string; image?: string };
  return [
    ...(name === '' ? [required(`${path}.name`)] : checked(`${path}.name`, name, dnsLabel)),
    ...(image === '' ? [required(`${path}.image`)] : []),
    ...(image.trim() === image
      ? []
      : [invalidValue(`${path}.image`, image, 'must not have leading or trailing whitespace')]),
    ...ports(container.ports ?? [], `${path}.ports`),
    ...environment(container, `${path}.env`),
    ...validateMounts(container, volumes, `${path}.volumeMounts`),
    ...validateDevices(container, volumes, `${path}.volumeDevices`),
    ...oneOf(`${path}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']),
  ];
}

/** No two containers may ask for one port of the node. */
function hostPortConflicts(containers: readonly Container[], field: string): FieldError[] {
  const errors: FieldError[] = [];
  const taken = new Set<string>();
  for (const [index, { ports: list }] of containers.entries()) {
    for (const [at, { hostPort, hostIP, protocol }] of (list ?? []).entries()) {
      if (!hostPort) continue;
      const key = `${protocol ?? ''}/${hostIP ?? ''}/${hostPort}`;
      if (taken.has(key)) errors.push(duplicate(`${field}[${index}].ports[${at}].hostPort`, key));
      taken.add(key);
    }
  }
  return errors;
}

function containers(
  list: readonly Container[],
  field: string,
  volumes: ReadonlyMap<string, Volume>,
  names: Set<string>,
  withProbes: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, container] of list.entries()) {
    const path = `${field}[${index}]`;
    errors.push(...containerErrors(container, path, volumes));
    if (container.name && names.has(container.name)) errors.push(duplicate(`${path}.name`, container.name));
    names.add(container.name);
    if (withProbes) errors.push(...validateProbes(container, path));
  }
  return errors;
}

function dnsConfig(spec: PodSpec, field: string): FieldError[] {
  const config = spec.dnsConfig;
  const nameservers: unknown[] =
    isObject(config) && Array.isArray(config.nameservers) ? config.nameservers : [];
  if (spec.dnsPolicy === 'None') {
    if (config === undefined) return [required(field, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if (nameservers.length === 0) {
      return [
        required(`${field}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None'),
      ];
    }
  }
  const searches: unknown[] = isObject(config) && Array.isArray(config.searches) ? config.searches : [];
  return [
    ...(nameservers.length > 3
      ? [invalidValue(`${field}.nameservers`, nameservers, 'must not have more than 3 nameservers')]
      : []),
    ...nameservers.flatMap((server, index) =>
      checked(`${field}.nameservers[${index}]`, String(server), ipAddress),
    ),
    ...(searches.length > 32
      ? [invalidValue(`${field}.searches`, searches, 'must not have more than 32 search paths')]
      : []),
  ];
}

/** Everything that makes the API server refuse a pod's spec; `field` is its path. */
export function validatePodSpec(spec: PodSpec, field: string): FieldError[] {
  const { errors, valid } = validateVolumes(spec.volumes ?? [], `${field}.volumes`);
  const names = new Set<string>();
  const ordinary = (spec as Partial<PodSpec>).containers ?? [];
  return [
    ...errors,
    ...(ordinary.length === 0 ? [required(`${field}.containers`)] : []),
    ...containers(ordinary, `${field}.containers`, valid, names, true),
    ...hostPortConflicts(ordinary, `${field}.containers`),
    ...containers(spec.initContainers ?? [], `${field}.initContainers`, valid, names, false),
    ...containers(spec.ephemeralContainers ?? [], `${field}.ephemeralContainers`, valid, names, false),
    ...oneOf(`${field}.restartPolicy`, spec.restartPolicy, ['Always', 'Never', 'OnFailure']),
    ...oneOf(`${field}.dnsPolicy`, spec.dnsPolicy as string | undefined, dnsPolicies),
    ...labels(`${field}.nodeSelector`, spec.nodeSelector),
    ...dnsConfig(spec, `${field}.dnsConfig`),
    ...(spec.serviceAccountName
      ? checked(`${field}.serviceAccountName`, spec.serviceAccountName, dnsSubdomain)
      : []),
    ...(spec.hostname ? checked(`${field}.hostname`, spec.hostname, dnsLabel) : []),
    ...(spec.subdomain ? checked(`${field}.subdomain`, spec.subdomain, dnsLabel) : []),
  ];
}

export function validatePod(pod: Pod): FieldError[] {
  return [...metadata(pod), ...validatePodSpec(pod.spec, 'spec')];
}

function portWarnings(spec: PodSpec, field: string): string[] {
  const warnings: string[] = [];
  const numbers = new Map<string, string>();
  const names = new Map<string, string>();
  for (const [index, { ports: list }] of spec.containers.entries()) {
    for (const [at, { name, containerPort, protocol, hostPort, hostIP }] of (list ?? []).entries()) {
      const path = `${field}.containers[${index}].ports[${at}]`;
      const key = `${protocol ?? ''}/${containerPort}/${hostPort ?? ''}/${hostIP ?? ''}`;
      const same = numbers.get(key);
      if (same) warnings.push(`${path}: duplicate port definition with ${same}`);
      else numbers.set(key, path);
      const sameName = name === undefined ? undefined : names.get(name);
      if (sameName && name !== undefined) {
        warnings.push(
          `${path}: duplicate port name ${JSON.stringify(name)} with ${sameName}, services and probes that select ports by name will use ${sameName}`,
        );
      } else if (name !== undefined) names.set(name, path);
    }
  }
  return warnings;
}

/** What the API server only warns about. */
export function podSpecWarnings(spec: PodSpec, field: string): string[] {
  return [...volumeWarnings(spec.volumes ?? [], `${field}.volumes`), ...portWarnings(spec, field)];
}

export function podWarnings(pod: Pod): string[] {
  const wrong = dnsLabel(pod.metadata.name);
  const text = "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; ";
  return [
    ...(wrong.length > 0 ? [`${text}a DNS label is recommended: [${wrong.join(' ')}]`] : []),
    ...podSpecWarnings(pod.spec, 'spec'),
  ];
}
