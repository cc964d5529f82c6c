import { ExplainedError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { AnyObject } from '../../model/objects.ts';
import { record, text } from '../../model/json.ts';
import { isProtobuf } from '../protobuf/envelope.ts';
import { framesOf } from '../protobuf/frames.ts';
import { readWatchEvent } from '../protobuf/watchEvent.ts';
import { apiErrorOfStatus } from '../transport/apiError.ts';
import type { ApiResponse } from '../transport/client.ts';
import { malformed } from '../transport/malformed.ts';
import { chunksOf } from '../transport/readBody.ts';
import { linesOf } from './lines.ts';
import { readItem, type Listing } from './list.ts';
import { parse } from './listSplitter.ts';
import { openCollection } from './readPage.ts';
import { versionOf, type Version } from './version.ts';

export type WatchEvent =
  | { readonly is: 'put'; readonly object: AnyObject; readonly version: Version }
  | { readonly is: 'gone'; readonly object: AnyObject; readonly version: Version }
  | { readonly is: 'bookmark'; readonly version: Version };

const shortMs = 1_000;

/**
 * Watches a collection from a version on, until the server ends it, as it does after the time asked for. A watch that
 * is silent for too long is stuck; where the server never sent a bookmark it may just have nothing to say, and is left
 * for a new one without an error.
 * @param onOpen the server accepted the watch
 * @param onEvent hears every event in the order it came
 * @returns whether the server ended the watch, or said nothing for too long
 * @throws ApiError (410 where the version is too old), ExplainedError, CancelledError
 */
export async function watchFrom(
  listing: Listing,
  from: Version,
  onOpen: () => void,
  onEvent: (event: WatchEvent) => void,
  signal: AbortSignal,
): Promise<'ended' | 'silent'> {
  const { kind, limits } = listing;
  const { now, random } = listing.client.environment;
  const seconds = limits.watchSeconds + Math.floor(random() * limits.watchSeconds);
  const openedAt = now();
  const query = [
    ['watch', 'true'],
    ['allowWatchBookmarks', 'true'],
    ['resourceVersion', String(from)],
    ['timeoutSeconds', String(seconds)],
  ] as const;
  const response = await openCollection(listing, query, signal, false);
  onOpen();
  let events = 0;
  let bookmarks = 0;
  try {
    for await (const value of eventsOf(listing, response)) {
      await listing.slices.turn(signal);
      const event = readEvent(listing, value);
      events += 1;
      if (event.is === 'bookmark') bookmarks += 1;
      onEvent(event);
    }
  } catch (error) {
    const isSilent = error instanceof ExplainedError && error.code === 'connection-timeout';
    if (!isSilent || bookmarks > 0) throw error;
    return 'silent';
  }
  if (events === 0 && now() - openedAt < shortMs) {
    throw new ExplainedError('watch-too-short', t('The cluster ends watches of {0} objects at once.', kind), {
      remedy: t('It is tried again; if it lasts, look for a proxy on the way that cuts long answers.'),
    });
  }
  return 'ended';
}

/** The events of a watch in the form of JSON, in whichever encoding they come. */
async function* eventsOf(
  { client, kind, encoding, limits }: Listing,
  { headers, body }: ApiResponse,
): AsyncGenerator<unknown, void, undefined> {
  const chunks = chunksOf(body, client.context.server, () => limits.silenceMs);
  if (!isProtobuf(headers['content-type'])) {
    for await (const line of linesOf(chunks)) yield parse(line);
    return;
  }
  const shape = encoding.shapeOf(kind);
  if (shape === undefined) throw malformed(t('{0} objects came in protobuf, which nobody asked for', kind));
  for await (const frame of framesOf(chunks)) yield readWatchEvent(frame, shape, encoding.strings);
}

function readEvent(listing: Listing, value: unknown): WatchEvent {
  const { type, object } = record(value);
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
      return { is: 'put', ...readItem(listing, object) };
    case 'DELETED':
      return { is: 'gone', ...readItem(listing, object) };
    case 'BOOKMARK':
      return {
        is: 'bookmark',
        version: versionOf(text(record(record(object).metadata).resourceVersion)),
      };
    case 'ERROR':
      throw apiErrorOfStatus(object, t('Watching {0} objects failed', listing.kind));
    default:
      throw malformed(t('the watch sent an event of an unknown type'));
  }
}
