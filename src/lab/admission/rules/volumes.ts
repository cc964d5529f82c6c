/** Validation of volumes, mounts and devices of a pod. */
import { isObject } from '../../objects/json.ts';
import type { Container, Volume } from '../../objects/pod.ts';
import {
  duplicate,
  forbiddenField,
  invalidValue,
  notFoundValue,
  notSupported,
  required,
} from '../fieldErrors.ts';
import type { FieldError } from '../fieldErrors.ts';
import { checked } from './common.ts';
import { dnsLabel } from './names.ts';

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** In the order in which the API server looks for them; what is not here comes behind. */
const sourceOrder = [
  'emptyDir',
  'hostPath',
  'gitRepo',
  'secret',
  'nfs',
  'persistentVolumeClaim',
  'downwardAPI',
  'configMap',
  'azureDisk',
  'projected',
  'csi',
  'ephemeral',
  'image',
];

function relativePath(field: string, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (path.startsWith('/')) errors.push(invalidValue(field, path, 'must be a relative path'));
  if (path.split('/').includes('..')) errors.push(invalidValue(field, path, "must not contain '..'"));
  return errors;
}

function mode(field: string, value: unknown): FieldError[] {
  if (typeof value !== 'number' || (value >= 0 && value <= 0o777)) return [];
  return [invalidValue(field, value, 'must be a number between 0 and 0777 (octal), both inclusive')];
}

function items(field: string, list: unknown): FieldError[] {
  return (Array.isArray(list) ? list : []).flatMap((item: unknown, index) => {
    if (!isObject(item)) return [];
    const path = `${field}[${index}]`;
    return [
      ...(item.key ? [] : [required(`${path}.key`)]),
      ...(typeof item.path === 'string' && item.path
        ? relativePath(`${path}.path`, item.path)
        : [required(`${path}.path`)]),
      ...mode(`${path}.mode`, item.mode),
    ];
  });
}

function keyed(field: string, source: Record<string, unknown>, nameField: string): FieldError[] {
  return [
    ...(source[nameField] ? [] : [required(`${field}.${nameField}`)]),
    ...mode(`${field}.defaultMode`, source.defaultMode),
    ...items(`${field}.items`, source.items),
  ];
}

function projected(field: string, source: Record<string, unknown>): FieldError[] {
  const errors = mode(`${field}.defaultMode`, source.defaultMode);
  const paths = new Set<string>();
  for (const [index, entry] of (Array.isArray(source.sources) ? source.sources : []).entries()) {
    if (!isObject(entry)) continue;
    const path = `${field}.sources[${index}]`;
    for (const kind of ['secret', 'configMap', 'downwardAPI'] as const) {
      const part = entry[kind];
      if (!isObject(part)) continue;
      if (kind !== 'downwardAPI' && !part.name) errors.push(required(`${path}.${kind}.name`));
      for (const item of Array.isArray(part.items) ? part.items : []) {
        if (!isObject(item) || typeof item.path !== 'string') continue;
        const name = typeof part.name === 'string' ? part.name : item.path;
        if (paths.has(item.path)) errors.push(invalidValue(field, name, 'conflicting duplicate paths'));
        paths.add(item.path);
      }
    }
    const token = entry.serviceAccountToken;
    if (isObject(token)) {
      const seconds = token.expirationSeconds;
      if (!token.path) errors.push(required(`${path}.serviceAccountToken.path`));
      if (typeof seconds === 'number' && seconds < 600) {
        const field = `${path}.serviceAccountToken.expirationSeconds`;
        errors.push(invalidValue(field, seconds, 'may not specify a duration less than 10 minutes'));
      }
    }
  }
  return errors;
}

function hostPath(field: string, source: Record<string, unknown>): FieldError[] {
  const { path, type } = source;
  const errors: FieldError[] = [];
  if (typeof path !== 'string' || path === '') errors.push(required(`${field}.path`));
  else if (path.split('/').includes('..')) {
    errors.push(invalidValue(`${field}.path`, path, "must not contain '..'"));
  }
  if (typeof type === 'string' && !hostPathTypes.includes(type)) {
    errors.push(notSupported(`${field}.type`, type, hostPathTypes));
  }
  return errors;
}

function azureDisk(field: string, source: Record<string, unknown>): FieldError[] {
  const uri = source.diskURI;
  const form = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';
  const managed = source.kind === 'Managed' || source.kind === undefined;
  if (!uri) return [required(`${field}.diskURI`)];
  const valid =
    typeof uri === 'string' && (uri.startsWith('https://') || (managed && uri.startsWith('/subscriptions')));
  return valid ? [] : [notSupported(`${field}.diskURI`, uri, [form])];
}

function checkSource(kind: string, field: string, source: Record<string, unknown>): FieldError[] {
  switch (kind) {
    case 'emptyDir':
      return typeof source.sizeLimit === 'string' && source.sizeLimit.startsWith('-')
        ? [forbiddenField(`${field}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
        : [];
    case 'hostPath':
      return hostPath(field, source);
    case 'secret':
      return keyed(field, source, 'secretName');
    case 'configMap':
      return keyed(field, source, 'name');
    case 'persistentVolumeClaim':
      return source.claimName ? [] : [required(`${field}.claimName`)];
    case 'projected':
      return projected(field, source);
    case 'azureDisk':
      return azureDisk(field, source);
    case 'nfs':
      return [
        ...(source.server ? [] : [required(`${field}.server`)]),
        ...(source.path ? [] : [required(`${field}.path`)]),
      ];
    case 'csi':
      return source.driver ? [] : [required(`${field}.driver`)];
    case 'gitRepo':
      return source.repository ? [] : [required(`${field}.repository`)];
    default:
      return [];
  }
}

function rank(source: string): number {
  const index = sourceOrder.indexOf(source);
  return index < 0 ? sourceOrder.length : index;
}

function sourceErrors(volume: Volume, path: string): FieldError[] {
  const sources = Object.keys(volume)
    .filter((name) => name !== 'name')
    .sort((a, b) => rank(a) - rank(b));
  return sources.flatMap((kind, index) => {
    const field = `${path}.${kind}`;
    if (index > 0) return [forbiddenField(field, 'may not specify more than 1 volume type')];
    const source = volume[kind];
    return isObject(source) ? checkSource(kind, field, source) : [];
  });
}

export interface CheckedVolumes {
  errors: FieldError[];
  /** The volumes that are right: mounts of others are "not found". */
  valid: ReadonlyMap<string, Volume>;
}

export function validateVolumes(volumes: readonly Volume[], field: string): CheckedVolumes {
  const errors: FieldError[] = [];
  const valid = new Map<string, Volume>();
  for (const [index, volume] of volumes.entries()) {
    const path = `${field}[${index}]`;
    const own = sourceErrors(volume, path);
    // The compact schema promises a name, the manifest may not keep the promise.
    const name = (volume as { name?: string }).name ?? '';
    if (name === '') own.push(required(`${path}.name`));
    else own.push(...checked(`${path}.name`, name, dnsLabel));
    if (valid.has(name)) own.push(duplicate(`${path}.name`, name));
    if (own.length === 0) valid.set(name, volume);
    errors.push(...own);
  }
  return { errors, valid };
}

interface Device {
  name?: string;
  devicePath?: string;
}

function devicesOf(container: Container): Device[] {
  return Array.isArray(container.volumeDevices) ? (container.volumeDevices as Device[]) : [];
}

function mountOptions(container: Container, mount: Record<string, unknown>, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const { subPath, subPathExpr, mountPropagation, recursiveReadOnly } = mount;
  if (typeof subPath === 'string' && subPath) errors.push(...relativePath(`${field}.subPath`, subPath));
  if (typeof subPathExpr === 'string' && subPathExpr) {
    if (subPath) {
      errors.push(
        invalidValue(`${field}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive'),
      );
    }
    errors.push(...relativePath(`${field}.subPathExpr`, subPathExpr));
  }
  const { securityContext } = container;
  const privileged = isObject(securityContext) && securityContext.privileged === true;
  if (mountPropagation === 'Bidirectional' && !privileged) {
    errors.push(
      forbiddenField(
        `${field}.mountPropagation`,
        'Bidirectional mount propagation is available only to privileged containers',
      ),
    );
  }
  if (recursiveReadOnly === 'Enabled' || recursiveReadOnly === 'IfPossible') {
    if (mount.readOnly !== true) {
      errors.push(
        forbiddenField(`${field}.recursiveReadOnly`, 'may only be specified when readOnly is true'),
      );
    }
    if (mountPropagation !== undefined && mountPropagation !== 'None') {
      errors.push(
        forbiddenField(
          `${field}.recursiveReadOnly`,
          'may only be specified when mountPropagation is None or not specified',
        ),
      );
    }
  }
  return errors;
}

/** Mounts of one container; `field` is the path of the list. */
export function validateMounts(
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
  field: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const paths = new Set<string>();
  const devices = devicesOf(container);
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const path = `${field}[${index}]`;
    const { name = '', mountPath = '' } = mount as { name?: string; mountPath?: string };
    if (name === '') errors.push(required(`${path}.name`));
    if (!volumes.has(name)) errors.push(notFoundValue(`${path}.name`, name));
    if (mountPath === '') errors.push(required(`${path}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalidValue(`${path}.mountPath`, mountPath, 'must be unique'));
    paths.add(mountPath);
    if (devices.some((device) => device.name === name)) {
      errors.push(invalidValue(`${path}.name`, name, 'must not already exist in volumeDevices'));
    }
    if (devices.some((device) => device.devicePath === mountPath)) {
      errors.push(
        invalidValue(`${path}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'),
      );
    }
    // These paths really lack the index.
    errors.push(...mountOptions(container, mount, field));
  }
  return errors;
}

/** Block devices of one container. */
export function validateDevices(
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
  field: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const paths = new Set<string>();
  for (const [index, { name = '', devicePath = '' }] of devicesOf(container).entries()) {
    const path = `${field}[${index}]`;
    const volume = volumes.get(name);
    if (name === '') errors.push(required(`${path}.name`));
    if (!volume) errors.push(notFoundValue(`${path}.name`, name));
    else if (volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined) {
      const text = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
      errors.push(invalidValue(`${path}.name`, name, text));
    }
    if (devicePath === '') errors.push(required(`${path}.devicePath`));
    if (paths.has(devicePath)) errors.push(invalidValue(`${path}.devicePath`, devicePath, 'must be unique'));
    paths.add(devicePath);
  }
  return errors;
}

export function volumeWarnings(volumes: readonly Volume[], field: string): string[] {
  return volumes.flatMap((volume, index) =>
    volume.gitRepo === undefined
      ? []
      : [`${field}[${index}].gitRepo: deprecated in v1.11, and disabled by default in v1.33+`],
  );
}
