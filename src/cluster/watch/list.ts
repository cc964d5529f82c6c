import { t } from '../../base/l10n.ts';
import type { AnyObject, Kind } from '../../model/objects.ts';
import { isRecord, list, record, text, type Json } from '../../model/json.ts';
import { readers } from '../../model/readObject.ts';
import { ApiError } from '../transport/apiError.ts';
import type { ApiResponse, ClusterClient } from '../transport/client.ts';
import { malformed } from '../transport/malformed.ts';
import type { Encoding } from './encoding.ts';
import { openCollection, readPage, type Page, type PageEvents, type Query } from './readPage.ts';
import type { ReadingLimits } from './readingLimits.ts';
import { collectionPath } from './resources.ts';
import type { TimeSlices } from './timeSlices.ts';
import { versionOf, type Version } from './version.ts';

export interface Listing {
  readonly client: ClusterClient;
  readonly kind: Kind;
  /** '' for all namespaces and for cluster-scoped kinds. */
  readonly namespace: string;
  /** The version of its API group; default `v1`. */
  readonly apiVersion?: string;
  readonly encoding: Encoding;
  readonly slices: TimeSlices;
  readonly limits: ReadingLimits;
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
  const ask = (query: Query): Promise<ApiResponse> => openCollection(listing, query, signal, true);
  const pages = new PageReading(listing, receiver, ask, signal);
  receiver.restart();
  let { page, following } = await pages.read(await ask(firstQuery(listing.limits, notOlderThan)));
  while (following !== undefined) {
    let response: ApiResponse;
    try {
      response = await following;
    } catch (error) {
      if (!(error instanceof ApiError) || !error.isExpired) throw error;
      // The list took longer than the server keeps its versions: once more, and in one piece.
      receiver.restart();
      response = await ask([]);
    }
    ({ page, following } = await pages.read(response));
  }
  return versionOf(page.resourceVersion);
}

interface ReadPage {
  readonly page: Page;
  /** The answer with the page after it, which is asked for already; undefined: it was the last one. */
  readonly following: Promise<ApiResponse> | undefined;
}

/** Reads pages, and asks for each next one as soon as its token is known: the server prepares it meanwhile. */
class PageReading {
  readonly #listing: Listing;
  readonly #receiver: ListReceiver;
  readonly #ask: (query: Query) => Promise<ApiResponse>;
  readonly #signal: AbortSignal;

  constructor(
    listing: Listing,
    receiver: ListReceiver,
    ask: (query: Query) => Promise<ApiResponse>,
    signal: AbortSignal,
  ) {
    this.#listing = listing;
    this.#receiver = receiver;
    this.#ask = ask;
    this.#signal = signal;
  }

  async read(response: ApiResponse): Promise<ReadPage> {
    let following: Promise<ApiResponse> | undefined;
    const events: PageEvents = {
      item: (value) => {
        const { object, version } = readItem(this.#listing, value);
        this.#receiver.item(object, version);
      },
      next: (token) => {
        following = this.#askNext(token);
      },
    };
    try {
      const page = await readPage(this.#listing, response, events, this.#signal);
      if (page.next !== '') following ??= this.#askNext(page.next);
      return { page, following };
    } catch (error) {
      // Nobody will read it.
      following?.then(
        ({ body }) => body.destroy(),
        () => undefined,
      );
      throw error;
    }
  }

  #askNext(token: string): Promise<ApiResponse> {
    const answer = this.#ask([...limited(this.#listing.limits), ['continue', token]]);
    // It may fail before the page it follows is read; whoever awaits it hears of that.
    answer.catch(() => undefined);
    return answer;
  }
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

const limited = ({ pageSize }: ReadingLimits): Query => [['limit', String(pageSize)]];

function firstQuery(limits: ReadingLimits, notOlderThan: Version | undefined): Query {
  if (notOlderThan === undefined) return limited(limits);
  return [
    ...limited(limits),
    ['resourceVersion', String(notOlderThan)],
    ['resourceVersionMatch', 'NotOlderThan'],
  ];
}

/**
 * One object of the API and its version.
 * @throws ExplainedError `malformed-answer` for what has no name
 */
export function readItem(
  { kind, encoding }: Pick<Listing, 'kind' | 'encoding'>,
  value: unknown,
): { readonly object: AnyObject; readonly version: Version } {
  if (!isRecord(value)) throw malformed(t('a {0} is not an object', kind));
  const metadata: Json = record(value.metadata);
  if (text(metadata.name) === '') throw malformed(t('a {0} has no name', kind));
  const object = encoding.parts.share(readers[kind](value));
  return { object, version: versionOf(text(metadata.resourceVersion)) };
}
