import { CancelledError } from '../../base/cancellation.ts';
import { record, text, type Json } from '../../model/json.ts';
import type {
  ApplyOptions,
  ApplyOutcome,
  ClusterEvent,
  ObjectName,
  ObjectRequests,
  OtherPolicies,
  ServedKind,
  ServedKinds,
} from '../../model/requests.ts';
import { ApiError } from '../transport/apiError.ts';
import type { ApiExchange, ClusterClient } from '../transport/client.ts';
import { refusedApply, warningsOf } from './applyOutcome.ts';
import { Discovery } from './discovery.ts';
import { readEvents } from './events.ts';
import { collectionPath, objectPath, segment } from './objectPath.ts';
import { findOtherPolicies } from './otherPolicies.ts';
import { refuseHiddenValues, withoutSecretValues } from './secrets.ts';

const fieldManager = 'pod-network-explorer';
/** Admission webhooks may take 30 s by themselves. */
const writeTimeoutMs = 60_000;

class ApiObjects implements ObjectRequests {
  readonly #client: ClusterClient;
  readonly #discovery: Discovery;

  constructor(client: ClusterClient) {
    this.#client = client;
    this.#discovery = new Discovery(client);
  }

  servedKinds(signal: AbortSignal): Promise<ServedKinds> {
    return this.#discovery.all(signal);
  }

  async get(name: ObjectName, signal: AbortSignal): Promise<Json | undefined> {
    const path = objectPath(await this.#kindOf(name, signal), name);
    const found = await unlessGone(this.#client.json({ path, signal }));
    return found === undefined ? undefined : withoutSecretValues(withType(found, name));
  }

  otherPolicies(signal: AbortSignal): Promise<OtherPolicies> {
    return findOtherPolicies(this.#client, this.#discovery, signal);
  }

  events(of: ObjectName & { readonly uid?: string }, signal: AbortSignal): Promise<readonly ClusterEvent[]> {
    return readEvents(this.#client, of, signal);
  }

  async apply(object: Json, { dryRun, force }: ApplyOptions, signal: AbortSignal): Promise<ApplyOutcome> {
    refuseHiddenValues(object);
    const name = this.#nameOf(object);
    const path = objectPath(await this.#kindOf(name, signal), name);
    let answer: ApiExchange;
    try {
      answer = await this.#client.exchange({
        method: 'PATCH',
        path,
        query: [...writeQuery(dryRun), ['force', String(force)]],
        // JSON is YAML.
        contentType: 'application/apply-patch+yaml',
        body: withoutManagedFields(object),
        timeoutMs: writeTimeoutMs,
        signal,
      });
    } catch (error) {
      return refusedApply(error);
    }
    return {
      is: 'applied',
      object: withoutSecretValues(answer.value),
      created: answer.status === 201,
      warnings: warningsOf(answer.headers),
    };
  }

  async delete(
    name: ObjectName,
    { uid, dryRun }: { readonly uid?: string; readonly dryRun: boolean },
    signal: AbortSignal,
  ): Promise<boolean> {
    const path = objectPath(await this.#kindOf(name, signal), name);
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      // As kubectl does: what the object owns is deleted after it.
      propagationPolicy: 'Background',
      ...(uid !== undefined && { preconditions: { uid } }),
      ...(dryRun && { dryRun: ['All'] }),
    };
    const sent = this.#client.json({ method: 'DELETE', path, body, timeoutMs: writeTimeoutMs, signal });
    try {
      return (await unlessGone(sent)) !== undefined;
    } catch (error) {
      // Another object has taken the name: the one that was meant is gone.
      if (uid !== undefined && error instanceof ApiError && error.httpStatus === 409) return false;
      throw error;
    }
  }

  async create(object: Json, { dryRun }: { readonly dryRun: boolean }, signal: AbortSignal): Promise<Json> {
    refuseHiddenValues(object);
    const name = this.#nameOf(object);
    const path = collectionPath(await this.#kindOf(name, signal), name.namespace);
    const created = await this.#client.json({
      method: 'POST',
      path,
      query: writeQuery(dryRun),
      body: object,
      timeoutMs: writeTimeoutMs,
      signal,
    });
    return withoutSecretValues(created);
  }

  async patchSubresource(
    name: ObjectName,
    subresource: string,
    patch: Json,
    signal: AbortSignal,
  ): Promise<Json> {
    const path = `${objectPath(await this.#kindOf(name, signal), name)}/${segment(subresource)}`;
    const patched = await this.#client.json({
      method: 'PATCH',
      path,
      query: writeQuery(false),
      contentType: 'application/strategic-merge-patch+json',
      body: patch,
      timeoutMs: writeTimeoutMs,
      signal,
    });
    return withoutSecretValues(patched);
  }

  #kindOf({ apiVersion, kind }: ObjectName, signal: AbortSignal): Promise<ServedKind> {
    if (signal.aborted) throw new CancelledError();
    return this.#discovery.find(apiVersion, kind, signal);
  }

  #nameOf(object: Json): ObjectName {
    const metadata = record(object.metadata);
    return {
      apiVersion: text(object.apiVersion),
      kind: text(object.kind),
      namespace: text(metadata.namespace) || this.#client.context.namespace,
      name: text(metadata.name),
    };
  }
}

function writeQuery(dryRun: boolean): [string, string][] {
  return [
    ['fieldManager', fieldManager],
    // A field that the server does not know is refused and not dropped, as kubectl has it.
    ['fieldValidation', 'Strict'],
    ...(dryRun ? [['dryRun', 'All'] satisfies [string, string]] : []),
  ];
}

/** undefined where there is no such object. The kind is served, or we would not have asked. */
async function unlessGone(answer: Promise<Json>): Promise<Json | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.httpStatus === 404) return undefined;
    throw error;
  }
}

/** Servers behind an aggregator may leave the type out. */
function withType(object: Json, { apiVersion, kind }: ObjectName): Json {
  return text(object.kind) === '' ? { apiVersion, kind, ...object } : object;
}

/** The server refuses an apply that holds them, and what is read from it does. */
function withoutManagedFields(object: Json): Json {
  const metadata: Record<string, unknown> = { ...record(object.metadata) };
  delete metadata.managedFields;
  return { ...object, metadata };
}

/** Single objects of the cluster behind a client. */
export function createObjects({ client }: { readonly client: ClusterClient }): ObjectRequests {
  return new ApiObjects(client);
}
