/** Watches: a stream of changes, one JSON line or protobuf frame each. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expired, invalid } from '../api/errors.ts';
import type { Status } from '../api/errors.ts';
import { forbiddenField } from '../admission/fieldErrors.ts';
import { listObjects, parseRevision, selection } from '../api/listing.ts';
import type { ListQuery } from '../api/listing.ts';
import type { ApiObject } from '../objects/meta.ts';
import { envelope, protobufType, statusMessage, watchFrame } from '../protobuf/messages.ts';
import type { Resource } from '../resources/resource.ts';
import { UnknownRevisionError } from '../store/collection.ts';
import type { Change } from '../store/collection.ts';
import type { Store } from '../store/store.ts';
import type { Predicate } from '../store/selectors.ts';
import { objectEnvelope } from './encode.ts';
import { bookmarkObject, partialMetadata, renderObject } from './render.ts';
import type { RenderOptions } from './render.ts';
import { statusOf } from './respond.ts';

export interface WatchQuery extends ListQuery {
  allowWatchBookmarks: boolean;
  sendInitialEvents: boolean | undefined;
  timeoutSeconds: number | undefined;
}

/** Real servers send about one bookmark a minute; the lab is quicker, so that clients can be tested. */
const bookmarkInterval = 15_000;
/** A client that does not read is cut off, and has to list again. */
const maximumUnsent = 32 * 1024 * 1024;

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: unknown;
}

/** What a change means to a watcher that sees only some objects. */
export function changeForWatcher(
  change: Change,
  matches: Predicate,
): { type: Change['type']; object: ApiObject } | undefined {
  const was = change.previous !== undefined && matches(change.previous);
  const is = change.type !== 'DELETED' && matches(change.object);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object: change.object };
  if (!was) return undefined;
  if (change.type === 'DELETED') return { type: 'DELETED', object: change.object };
  // It no longer matches: to this watcher it is gone, with the version that made it so.
  const { resourceVersion } = change.object.metadata;
  const previous = change.previous ?? change.object;
  return {
    type: 'DELETED',
    object: { ...previous, metadata: { ...previous.metadata, resourceVersion } },
  };
}

function checkInitialEvents(query: WatchQuery): void {
  if (query.sendInitialEvents === undefined) {
    if (query.resourceVersionMatch !== '') {
      throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
        forbiddenField(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      ]);
    }
    return;
  }
  if (query.resourceVersionMatch !== 'NotOlderThan') {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
      forbiddenField(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    ]);
  }
  if (query.sendInitialEvents && !query.allowWatchBookmarks) {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
      forbiddenField(
        'sendInitialEvents',
        'sendInitialEvents is forbidden for watch unless allowWatchBookmarks is true',
      ),
    ]);
  }
}

/** One client's watch: from the first event to the end of the response. */
class WatchStream {
  readonly #resource: Resource;
  readonly #response: ServerResponse;
  readonly #options: RenderOptions;
  #tableHeaderSent = false;

  constructor(resource: Resource, response: ServerResponse, options: RenderOptions) {
    this.#resource = resource;
    this.#response = response;
    this.#options = options;
  }

  sendObject(type: Change['type'], object: ApiObject): void {
    if (this.#options.encoding === 'protobuf') {
      this.#write(watchFrame(type, objectEnvelope(this.#resource, object, this.#options.form)));
      return;
    }
    const rendered = renderObject(this.#resource, object, this.#options);
    this.#sendJson({ type, object: this.#options.form === 'table' ? this.#shortTable(rendered) : rendered });
  }

  sendBookmark(revision: number, initialEventsEnd = false): void {
    const object = bookmarkObject(this.#resource, revision, initialEventsEnd);
    if (this.#options.form === 'table') return;
    if (this.#options.encoding === 'protobuf') {
      const bookmark = object as unknown as ApiObject;
      this.#write(watchFrame('BOOKMARK', objectEnvelope(this.#resource, bookmark, this.#options.form)));
      return;
    }
    // Whoever asked for metadata alone gets bookmarks of that kind too.
    const shown =
      this.#options.form === 'metadata' ? partialMetadata(object as unknown as ApiObject) : object;
    this.#sendJson({ type: 'BOOKMARK', object: shown });
  }

  sendError(status: Status): void {
    if (this.#options.encoding === 'protobuf') {
      const message = statusMessage({ ...status });
      this.#write(watchFrame('ERROR', envelope('v1', 'Status', message)));
    } else this.#sendJson({ type: 'ERROR', object: status });
  }

  #sendJson(event: WatchEvent): void {
    this.#write(`${JSON.stringify(event)}\n`);
  }

  #write(bytes: string | Uint8Array): void {
    if (this.#response.writableEnded) return;
    this.#response.write(bytes);
    if (this.#response.writableLength > maximumUnsent) this.#response.destroy();
  }

  /** Only the first table of a watch carries the column definitions. */
  #shortTable(table: unknown): unknown {
    if (!this.#tableHeaderSent) {
      this.#tableHeaderSent = true;
      return table;
    }
    return { ...(table as object), columnDefinitions: null };
  }
}

/**
 * Serves a watch until the client leaves, `timeoutSeconds` are over, or the signal aborts. A version that is too old
 * is answered by an ERROR event with a 410 Status, as the API server does.
 */
export function serveWatch(
  store: Store,
  resource: Resource,
  query: WatchQuery,
  options: RenderOptions,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): void {
  checkInitialEvents(query);
  const matches = selection(resource, query);
  const from = parseRevision(query.resourceVersion);
  const initial = query.sendInitialEvents ?? from === 0;
  // Everything that can fail comes before the first byte.
  const first = initial
    ? listObjects(store, resource, { ...query, resourceVersion: '', resourceVersionMatch: '', limit: 0 })
        .items
    : [];

  // As the API server: only encodings other than JSON say that they stream.
  const contentType = options.encoding === 'protobuf' ? `${protobufType};stream=watch` : 'application/json';
  response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-cache, private' });
  response.flushHeaders();
  request.socket.setNoDelay(true);
  const stream = new WatchStream(resource, response, options);
  let seen = initial ? store.revision : from;
  for (const object of first) stream.sendObject('ADDED', object);
  if (query.sendInitialEvents) stream.sendBookmark(store.revision, true);
  try {
    for (const change of initial ? [] : store.collection(resource.storage).since(from)) {
      const shown = changeForWatcher(change, matches);
      if (shown) stream.sendObject(shown.type, shown.object);
    }
  } catch (error) {
    if (!(error instanceof UnknownRevisionError)) throw error;
    stream.sendError(statusOf(expired(error.message)));
    response.end();
    return;
  }

  const stopListening = store.onChange((change, storage) => {
    if (storage !== resource.storage || change.revision <= seen) return;
    const shown = changeForWatcher(change, matches);
    if (shown) stream.sendObject(shown.type, shown.object);
  });
  seen = Math.max(seen, store.revision);
  const bookmarks = query.allowWatchBookmarks
    ? setInterval(() => {
        stream.sendBookmark(store.revision);
      }, bookmarkInterval)
    : undefined;
  // Clients that set no time get one as from kube-apiserver: 30 to 60 minutes.
  const seconds = query.timeoutSeconds ?? 1800 + Math.random() * 1800;
  const end = (): void => {
    if (query.allowWatchBookmarks) stream.sendBookmark(store.revision);
    response.end();
  };
  const timer = setTimeout(end, Math.min(seconds * 1000, 2 ** 31 - 1));
  signal.addEventListener('abort', end, { once: true });
  response.on('close', () => {
    stopListening();
    clearInterval(bookmarks);
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  });
}
