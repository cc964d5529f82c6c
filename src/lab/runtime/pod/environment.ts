import { inNamespace, type Container, type KeyReference, type Pod, type Service } from '../kube.ts';
import type { ClusterView, KubeObject } from '../types.ts';
import { podField, resourceField } from './fields.ts';

/** Why a container's configuration cannot be made; the kubelet tries again later. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** The environment that a container's main process starts with, without the image's own. */
export function containerEnvironment(
  view: ClusterView,
  pod: Pod,
  container: Container,
  hostname: string,
): Map<string, string> {
  const result = new Map<string, string>([['HOSTNAME', hostname]]);
  for (const [name, value] of serviceVariables(view, pod)) result.set(name, value);
  for (const source of container.envFrom ?? []) {
    const data =
      source.configMapRef === undefined
        ? keysOf(view, pod, 'secret', source.secretRef)
        : keysOf(view, pod, 'configmap', source.configMapRef);
    for (const [key, value] of Object.entries(data ?? {})) result.set(`${source.prefix ?? ''}${key}`, value);
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    if (valueFrom === undefined) {
      result.set(name, substitute(value ?? '', result));
      continue;
    }
    const { fieldRef, configMapKeyRef, secretKeyRef, resourceFieldRef } = valueFrom;
    const found =
      fieldRef !== undefined
        ? (podField(pod, fieldRef.fieldPath) ?? '')
        : resourceFieldRef !== undefined
          ? resourceField(container, resourceFieldRef.resource)
          : configMapKeyRef !== undefined
            ? keyOf(view, pod, 'configmap', configMapKeyRef)
            : keyOf(view, pod, 'secret', secretKeyRef ?? {});
    if (found !== undefined) result.set(name, found);
  }
  return result;
}

/** `$(NAME)` in `value`, `command` and `args`; `$$(NAME)` stays as `$(NAME)`. */
export function substitute(text: string, environment: ReadonlyMap<string, string>): string {
  return text.replace(/\$\$|\$\(([^)]+)\)/g, (all: string, name?: string) =>
    name === undefined ? '$' : (environment.get(name) ?? all),
  );
}

/** Data of a ConfigMap or Secret as text. @throws ConfigurationError when it is missing and not optional */
export function keysOf(
  view: ClusterView,
  pod: Pod,
  kind: 'configmap' | 'secret',
  reference: KeyReference | undefined,
): Record<string, string> | undefined {
  const name = reference?.name ?? '';
  const objects = kind === 'configmap' ? view.configMaps() : view.secrets();
  const object = [...objects].find((o) => o.metadata.name === name && inNamespace(o) === inNamespace(pod));
  if (object) return dataOf(object);
  if (reference?.optional === true) return undefined;
  throw new ConfigurationError(`${kind} "${name}" not found`);
}

/** The decoded `data`, `binaryData` and `stringData` of a ConfigMap or Secret. */
export function dataOf(object: KubeObject): Record<string, string> {
  const encoded = object.kind === 'Secret' ? object.data : object.binaryData;
  const plain = object.kind === 'Secret' ? object.stringData : object.data;
  const decoded = Object.entries((encoded ?? {}) as Record<string, string>).map(
    ([key, value]) => [key, Buffer.from(value, 'base64').toString()] as const,
  );
  return { ...Object.fromEntries(decoded), ...((plain ?? {}) as Record<string, string>) };
}

function keyOf(
  view: ClusterView,
  pod: Pod,
  kind: 'configmap' | 'secret',
  reference: KeyReference,
): string | undefined {
  const data = keysOf(view, pod, kind, reference);
  const key = reference.key ?? '';
  if (data !== undefined && Object.hasOwn(data, key)) return data[key];
  if (reference.optional === true) return undefined;
  const noun = kind === 'configmap' ? 'ConfigMap' : 'Secret';
  throw new ConfigurationError(
    `couldn't find key ${key} in ${noun} ${inNamespace(pod)}/${reference.name ?? ''}`,
  );
}

/** The variables that make up service links, as the kubelet of Docker's days began them. */
function* serviceVariables(view: ClusterView, pod: Pod): Generator<[string, string]> {
  for (const service of view.services() as Iterable<Service>) {
    const { name } = service.metadata;
    const master = inNamespace(service) === 'default' && name === 'kubernetes';
    const linked = inNamespace(service) === inNamespace(pod) && pod.spec?.enableServiceLinks !== false;
    if (!master && !linked) continue;
    const ip = service.spec?.clusterIP;
    const ports = service.spec?.ports ?? [];
    const [first] = ports;
    if (ip === undefined || ip === '' || ip === 'None' || first === undefined) continue;
    const prefix = name.toUpperCase().replaceAll('-', '_');
    const protocol = (port: { protocol?: string }): string => (port.protocol ?? 'TCP').toLowerCase();
    yield [`${prefix}_SERVICE_HOST`, ip];
    yield [`${prefix}_SERVICE_PORT`, String(first.port)];
    for (const port of ports) {
      if (port.name)
        yield [`${prefix}_SERVICE_PORT_${port.name.toUpperCase().replaceAll('-', '_')}`, String(port.port)];
    }
    yield [`${prefix}_PORT`, `${protocol(first)}://${ip}:${first.port}`];
    for (const port of ports) {
      const each = `${prefix}_PORT_${port.port}_${protocol(port).toUpperCase()}`;
      yield [each, `${protocol(port)}://${ip}:${port.port}`];
      yield [`${each}_PROTO`, protocol(port)];
      yield [`${each}_PORT`, String(port.port)];
      yield [`${each}_ADDR`, ip];
    }
  }
}
