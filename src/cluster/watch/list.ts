import type { AnyObject, Kind } from '../../model/objects.ts';
import { isRecord, list, record, text, type Json } from '../../model/json.ts';
import { readers } from '../../model/readObject.ts';
import { ApiError } from '../transport/apiError.ts';
import type { ClusterClient } from '../transport/client.ts';
import { malformed } from '../transport/malformed.ts';
import type { Encoding } from './encoding.ts';
import { readPage, type Page, type Query } from './readPage.ts';
import { collectionPath } from './resources.ts';
import type { TimeSlices } from './timeSlices.ts';
import { versionOf, type Version } from './version.ts';

const pageSize = 500;

export interface Listing {
  readonly client: ClusterClient;
  readonly kind: Kind;
  /** '' for all namespaces and for cluster-scoped kinds. */
  readonly namespace: string;
  /** The version of its API group; default `v1`. */
  readonly apiVersion?: string;
  readonly encoding: Encoding;
  readonly slices: TimeSlices;
}

export interface ListReceiver {
  /** What was received before no longer counts: the list begins (again). */
  restart(): void;
  item(object: AnyObject, version: Version): void;
}

/**
 * Lists a collection in pages, each object handed on as soon as it has arrived.
 * @param notOlderThan a version the answer must have reached; undefined: the newest there is
 * @returns the version to watch from
 * @throws ApiError, ExplainedError, CancelledError
 */
export async function listAll(
  listing: Listing,
  notOlderThan: Version | undefined,
  receiver: ListReceiver,
  signal: AbortSignal,
): Promise<Version> {
  const read = (query: Query): Promise<Page> => {
    const onItem = (value: unknown): void => {
      const { object, version } = readItem(listing, value);
      receiver.item(object, version);
    };
    return readPage(listing, query, onItem, signal);
  };
  receiver.restart();
  let page = await read(firstQuery(notOlderThan));
  while (page.next !== '') {
    try {
      page = await read([...limited, ['continue', page.next]]);
    } catch (error) {
      if (!(error instanceof ApiError) || !error.isExpired) throw error;
      // The list took longer than the server keeps its versions: once more, and in one piece.
      receiver.restart();
      page = await read([]);
    }
  }
  return versionOf(page.resourceVersion);
}

/** The newest version of a collection, and the object its list begins with. */
export async function firstOf(
  listing: Listing,
  signal: AbortSignal,
): Promise<{ readonly version: Version; readonly first: ReturnType<typeof readItem> | undefined }> {
  const { client, kind, namespace, apiVersion } = listing;
  const path = collectionPath(kind, namespace, apiVersion);
  const answer = await client.json({ path, query: [['limit', '1']], signal });
  const [item] = list(answer.items);
  return {
    version: versionOf(text(record(answer.metadata).resourceVersion)),
    first: item === undefined ? undefined : readItem(listing, item),
  };
}

const limited: Query = [['limit', String(pageSize)]];

function firstQuery(notOlderThan: Version | undefined): Query {
  if (notOlderThan === undefined) return limited;
  return [...limited, ['resourceVersion', String(notOlderThan)], ['resourceVersionMatch', 'NotOlderThan']];
}

/**
 * One object of the API and its version.
 * @throws ExplainedError `malformed-answer` for what has no name
 */
export function readItem(
  { kind, encoding }: Pick<Listing, 'kind' | 'encoding'>,
  value: unknown,
): { readonly object: AnyObject; readonly version: Version } {
  if (!isRecord(value)) throw malformed(`a ${kind} is not an object`);
  const metadata: Json = record(value.metadata);
  if (text(metadata.name) === '') throw malformed(`a ${kind} has no name`);
  const object = encoding.parts.share(readers[kind](value));
  return { object, version: versionOf(text(metadata.resourceVersion)) };
}
