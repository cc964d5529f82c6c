/** Validation of claims, ConfigMaps and Secrets. */
import { at, isObject, omit, sameJson } from '../../objects/json.ts';
import type { ApiObject } from '../../objects/meta.ts';
import { forbiddenField, invalidValue, notSupported, required } from '../fieldErrors.ts';
import type { FieldError } from '../fieldErrors.ts';
import { checked, metadata } from './common.ts';
import { configKey } from './names.ts';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

export function validateClaim(claim: ApiObject): FieldError[] {
  const given = at(claim, 'spec', 'accessModes');
  const modes: unknown[] = Array.isArray(given) ? given : [];
  const storage = at(claim, 'spec', 'resources', 'requests', 'storage');
  const volumeMode = at(claim, 'spec', 'volumeMode');
  const positive = typeof storage === 'string' && Number.parseFloat(storage) > 0;
  return [
    ...metadata(claim),
    ...(modes.length === 0 ? [required('spec.accessModes', 'at least 1 access mode is required')] : []),
    ...modes.flatMap((mode) =>
      accessModes.includes(String(mode)) ? [] : [notSupported('spec.accessModes', mode, accessModes)],
    ),
    ...(modes.length > 1 && modes.includes('ReadWriteOncePod')
      ? [forbiddenField('spec.accessModes', 'may not use ReadWriteOncePod with other access modes')]
      : []),
    ...(storage === undefined ? [required('spec.resources[storage]')] : []),
    ...(storage !== undefined && !positive
      ? [invalidValue('spec.resources[storage]', storage, 'must be greater than zero')]
      : []),
    ...(volumeMode === 'Block' || volumeMode === 'Filesystem'
      ? []
      : [notSupported('spec.volumeMode', volumeMode, ['Block', 'Filesystem'])]),
  ];
}

/** Only the request may grow; the volume's name is set by the binder. */
export function validateClaimUpdate(next: ApiObject, current: ApiObject): FieldError[] {
  const fixed = (claim: ApiObject): unknown =>
    isObject(claim.spec) ? omit(claim.spec, 'resources', 'volumeName', 'volumeAttributesClassName') : {};
  if (sameJson(fixed(next), fixed(current))) return [];
  return [
    forbiddenField(
      'spec',
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    ),
  ];
}

/** Keys of a ConfigMap's or Secret's data. */
export function validateData(object: ApiObject): FieldError[] {
  const errors = metadata(object);
  for (const field of ['data', 'binaryData']) {
    const map = object[field];
    if (!isObject(map)) continue;
    for (const key of Object.keys(map)) errors.push(...checked(`${field}[${key}]`, key, configKey));
  }
  return errors;
}

export function validateDataUpdate(next: ApiObject, current: ApiObject): FieldError[] {
  if (current.immutable !== true) return [];
  return ['data', 'binaryData']
    .filter((field) => !sameJson(next[field], current[field]))
    .map((field) => forbiddenField(field, 'field is immutable when `immutable` is set'));
}
