/** Creating and changing objects: what the API server does between a request and its store. */
import { randomUUID } from 'node:crypto';
import { strategyOf } from '../admission/strategies.ts';
import { required } from '../admission/fieldErrors.ts';
import { validateEphemeralUpdate } from '../admission/rules/podUpdate.ts';
import { applyConfiguration } from '../fields/apply.ts';
import { managedFieldsAfterUpdate } from '../fields/managers.ts';
import type { Writer } from '../fields/managers.ts';
import { isObject, sameJson } from '../objects/json.ts';
import { timestamp } from '../objects/meta.ts';
import type { ApiObject, ManagedFieldsEntry } from '../objects/meta.ts';
import { generatedName } from '../objects/names.ts';
import type { Pod } from '../objects/pod.ts';
import { applyPatch } from '../patch/applyPatch.ts';
import type { Patch } from '../patch/applyPatch.ts';
import { namespaces } from '../resources/catalog.ts';
import { apiVersionOf, hasSubresource } from '../resources/resource.ts';
import type { ObjectRef, Resource } from '../resources/resource.ts';
import { decode } from '../schema/decode.ts';
import type { Store } from '../store/store.ts';
import { decodeBody } from './decodeBody.ts';
import type { FieldValidation } from './decodeBody.ts';
import { desiredStateChanged, fillStatus, keepServerFields, pruneToSent } from './keepFields.ts';
import type { WrittenSubresource } from './keepFields.ts';
import { alreadyExists, badRequest, forbidden, invalid, modified, notFound, StatusError } from './errors.ts';

export interface WriteOptions {
  /** `fieldManager=`, or the first part of the user agent. */
  manager: string;
  dryRun?: boolean;
  fieldValidation?: FieldValidation;
  /** Through which subresource the object is written. */
  subresource?: WrittenSubresource;
}

export interface Written<T extends ApiObject = ApiObject> {
  object: T;
  created: boolean;
  warnings: string[];
}

export class ObjectApi {
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** The object, or a 404 StatusError. */
  read<T extends ApiObject>(resource: Resource<T>, ref: ObjectRef): T {
    const object = this.store.get(resource, ref);
    if (!object) throw notFound(resource, ref.name);
    return object;
  }

  /** Creates an object from a request's body; StatusError 400, 403, 404, 409 or 422 when it cannot. */
  create<T extends ApiObject>(
    resource: Resource<T>,
    namespace: string | undefined,
    raw: unknown,
    options: WriteOptions,
  ): Written<T> {
    const { object, warnings } = decodeBody(resource, raw, options.fieldValidation ?? 'Warn');
    const { metadata } = object;
    if (namespace !== undefined) this.#checkNamespace(resource, namespace, metadata.namespace, metadata.name);
    if (!metadata.name && metadata.generateName) metadata.name = generatedName(metadata.generateName);
    if (!metadata.name) {
      throw invalid(resource, '', [required('metadata.name', 'name or generateName is required')]);
    }
    return this.#insert(resource, namespace, object, options, warnings);
  }

  /** Replaces an object, or one of its subresources. */
  update<T extends ApiObject>(
    resource: Resource<T>,
    ref: ObjectRef,
    raw: unknown,
    options: WriteOptions,
  ): Written<T> {
    const { object, warnings } = decodeBody(resource, raw, options.fieldValidation ?? 'Warn');
    const current = this.read(resource, ref);
    if (object.metadata.name && object.metadata.name !== ref.name) {
      throw badRequest(
        `the name of the object (${object.metadata.name}) does not match the name on the URL (${ref.name})`,
      );
    }
    return this.#replace(resource, current, object, options, warnings);
  }

  /** Patches an object: JSON patch, merge patch or strategic merge patch. */
  patch<T extends ApiObject>(
    resource: Resource<T>,
    ref: ObjectRef,
    patch: Patch,
    options: WriteOptions,
  ): Written<T> {
    const current = this.read(resource, ref);
    const patched = applyPatch(current, patch, resource.schema);
    const { object, warnings } = decodeBody(resource, patched, options.fieldValidation ?? 'Warn', false);
    return this.#replace(resource, current, object, options, warnings);
  }

  /** Server-side apply: creates the object or merges the configuration into it. */
  apply<T extends ApiObject>(
    resource: Resource<T>,
    ref: ObjectRef,
    raw: unknown,
    options: WriteOptions & { force: boolean },
  ): Written<T> {
    // First for its errors: a wrong kind, a value of a wrong type.
    decodeBody(resource, raw, 'Ignore');
    const { value, unknownFields } = decode(resource.schema, raw);
    const [unknownField] = unknownFields;
    if (unknownField !== undefined) {
      const gvk = `${apiVersionOf(resource)}, Kind=${resource.kind}`;
      throw new StatusError(
        500,
        '',
        `failed to create typed patch object (${ref.namespace ? `${ref.namespace}/` : ''}${ref.name}; ` +
          `${resource.group ? gvk : `/${gvk}`}): .${unknownField}: field not declared in schema`,
      );
    }
    // Only what was really sent is claimed: structs filled in by decoding are not.
    const sent = isObject(raw) ? pruneToSent(value, raw) : value;
    const current = this.store.get(resource, ref);
    if (isObject(sent.metadata) && sent.metadata.managedFields !== undefined) {
      throw badRequest('metadata.managedFields must be nil');
    }
    if (!current && ref.namespace !== undefined)
      this.#checkNamespace(resource, ref.namespace, undefined, ref.name);
    const writer = this.#writer(resource, options);
    const { object: merged, managedFields } = applyConfiguration(
      current,
      sent,
      resource.schema,
      writer,
      options.force,
    );
    const { object, warnings } = decodeBody(resource, merged, 'Ignore');
    object.metadata.name = ref.name;
    return current
      ? this.#replace(resource, current, object, options, warnings, managedFields)
      : this.#insert(resource, ref.namespace, object, options, warnings, managedFields);
  }

  /**
   * Changes what a controller owns, usually the status, without admission; returns what is stored. A change that
   * changes nothing is not written.
   */
  modify<T extends ApiObject>(
    resource: Resource<T>,
    ref: ObjectRef,
    options: WriteOptions,
    change: (draft: T) => void,
  ): T | undefined {
    const current = this.store.get(resource, ref);
    if (!current) return undefined;
    const next = structuredClone(current);
    change(next);
    return this.#commit(resource, current, next, options, undefined);
  }

  #writer(resource: Resource, options: WriteOptions): Writer {
    return {
      manager: options.manager,
      apiVersion: apiVersionOf(resource),
      subresource: options.subresource,
    };
  }

  #checkNamespace(
    resource: Resource,
    namespace: string,
    inObject: string | undefined,
    name: string | undefined,
  ): void {
    if (inObject && inObject !== namespace) {
      throw badRequest(
        'the namespace of the provided object does not match the namespace sent on the request',
      );
    }
    const found = this.store.get(namespaces, { name: namespace });
    if (!found) throw notFound(namespaces, namespace);
    if (found.metadata.deletionTimestamp) {
      throw forbidden(
        resource,
        name ?? '',
        `unable to create new content in namespace ${namespace} because it is being terminated`,
      );
    }
  }

  #insert<T extends ApiObject>(
    resource: Resource<T>,
    namespace: string | undefined,
    decoded: ApiObject,
    options: WriteOptions,
    warnings: readonly string[],
    applied?: ManagedFieldsEntry[],
  ): Written<T> {
    const { name } = decoded.metadata;
    if (this.store.get(resource, { namespace, name })) throw alreadyExists(resource, name);
    const strategy = strategyOf(resource);
    const object = decoded;
    object.metadata = {
      ...decoded.metadata,
      ...(namespace === undefined ? {} : { namespace }),
      uid: randomUUID(),
      creationTimestamp: timestamp(),
      ...(resource.hasGeneration ? { generation: 1 } : {}),
    };
    for (const field of [
      'resourceVersion',
      'deletionTimestamp',
      'deletionGracePeriodSeconds',
      'managedFields',
    ]) {
      Reflect.deleteProperty(object.metadata, field);
    }
    if (hasSubresource(resource, 'status')) Reflect.deleteProperty(object, 'status');
    if (!resource.namespaced) delete object.metadata.namespace;
    strategy.setDefaults?.(object);
    const managedFields =
      applied ??
      managedFieldsAfterUpdate(undefined, object, resource.schema, this.#writer(resource, options));
    fillStatus(resource, object);
    strategy.prepareForCreate?.(object, this.store);
    const errors = strategy.validate?.(object) ?? [];
    if (errors.length > 0) throw invalid(resource, name, errors);
    strategy.allocate?.(object, undefined, this.store, options.dryRun ?? false);
    object.metadata.managedFields = managedFields;
    const created = object as T;
    return {
      object: options.dryRun ? created : this.store.put(resource, created),
      created: true,
      warnings: [...warnings, ...(strategy.warnings?.(object) ?? [])],
    };
  }

  #replace<T extends ApiObject>(
    resource: Resource<T>,
    current: T,
    decoded: ApiObject,
    options: WriteOptions,
    warnings: readonly string[],
    applied?: ManagedFieldsEntry[],
  ): Written<T> {
    const { name } = current.metadata;
    const version = decoded.metadata.resourceVersion;
    if (version && version !== current.metadata.resourceVersion) throw modified(resource, name);
    if (decoded.metadata.uid && decoded.metadata.uid !== current.metadata.uid) {
      throw modified(resource, name);
    }
    const next = keepServerFields(resource, current, decoded, options.subresource);
    const strategy = strategyOf(resource);
    if (options.subresource === 'ephemeralcontainers') {
      strategy.setDefaults?.(next);
      const errors = validateEphemeralUpdate(next as unknown as Pod, current as unknown as Pod);
      if (errors.length > 0) throw invalid(resource, name, errors);
    } else if (options.subresource !== 'status') {
      strategy.setDefaults?.(next);
      strategy.prepareForUpdate?.(next, current);
      const errors = [
        ...(strategy.validate?.(next) ?? []),
        ...(strategy.validateUpdate?.(next, current) ?? []),
      ];
      if (errors.length > 0) throw invalid(resource, name, errors);
      strategy.allocate?.(next, current, this.store, options.dryRun ?? false);
    }
    return {
      object: this.#commit(resource, current, next as T, options, applied),
      created: false,
      warnings: [...warnings, ...(strategy.warnings?.(next) ?? [])],
    };
  }

  #commit<T extends ApiObject>(
    resource: Resource<T>,
    current: T,
    next: T,
    options: WriteOptions,
    applied: ManagedFieldsEntry[] | undefined,
  ): T {
    if (resource.hasGeneration && options.subresource !== 'binding' && desiredStateChanged(current, next)) {
      next.metadata.generation = (current.metadata.generation ?? 0) + 1;
    }
    next.metadata.managedFields = current.metadata.managedFields ?? [];
    if (
      !applied &&
      sameJson(next, {
        ...current,
        metadata: { ...current.metadata, managedFields: next.metadata.managedFields },
      })
    ) {
      return current;
    }
    next.metadata.managedFields =
      applied ?? managedFieldsAfterUpdate(current, next, resource.schema, this.#writer(resource, options));
    if (sameJson(next, current)) return current;
    if (options.dryRun) return next;
    const finished =
      next.metadata.deletionTimestamp !== undefined &&
      (next.metadata.finalizers?.length ?? 0) === 0 &&
      (current.metadata.finalizers?.length ?? 0) > 0 &&
      !next.metadata.deletionGracePeriodSeconds;
    const stored = this.store.put(resource, next);
    if (finished) this.store.remove(resource, next.metadata);
    return stored;
  }
}
