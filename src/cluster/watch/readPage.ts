import { t } from '../../base/l10n.ts';
import { record, text } from '../../model/json.ts';
import { hasMagic, isProtobuf } from '../protobuf/envelope.ts';
import { ProtobufListReader } from '../protobuf/listReader.ts';
import { readMessage } from '../protobuf/readMessage.ts';
import { ApiError } from '../transport/apiError.ts';
import { notKubernetes, type ApiResponse } from '../transport/client.ts';
import { malformed } from '../transport/malformed.ts';
import { chunksOf } from '../transport/readBody.ts';
import type { Listing } from './list.ts';
import { ListSplitter, parse } from './listSplitter.ts';
import { collectionPath } from './resources.ts';

export type Query = readonly (readonly [string, string])[];

/** What a page says of the whole list. */
export interface Page {
  readonly resourceVersion: string;
  /** The token of the next page; '' for the last one. */
  readonly next: string;
}

/** Takes a List apart as it arrives. Both throw ExplainedError `malformed-answer`. */
interface PageReader {
  push(chunk: Buffer): void;
  end(): Page;
}

export interface PageEvents {
  /** Each item, in the form of JSON, as soon as it has arrived. */
  item(value: unknown): void;
  /** The next page's token, where it is known before the page has ended. */
  next(token: string): void;
}

/**
 * Reads one page of a collection that was asked for by {@link openCollection}.
 * @throws ExplainedError, CancelledError
 */
export async function readPage(
  listing: Listing,
  { headers, body }: ApiResponse,
  events: PageEvents,
  signal: AbortSignal,
): Promise<Page> {
  const { client, kind, namespace, apiVersion, slices } = listing;
  const path = collectionPath(kind, namespace, apiVersion);
  const inProtobuf = isProtobuf(headers['content-type']);
  const reader = inProtobuf ? protobufPage(listing, events) : jsonPage(events);
  const answersKubernetes = (start: Buffer): boolean =>
    inProtobuf ? hasMagic(start) : /^\s*(\{|$)/.test(start.toString('utf8'));
  let start: Buffer | undefined;
  for await (const chunk of chunksOf(body, client.context.server)) {
    if (start === undefined || start.length < 4) {
      start = Buffer.concat([start ?? Buffer.alloc(0), chunk.subarray(0, 200)]);
      if (start.length >= 4 && !answersKubernetes(start)) {
        throw notKubernetes(client.context.server, path, start.toString('utf8'));
      }
    }
    for (let at = 0; at < chunk.length; at += slices.bytes) {
      await slices.turn(signal);
      reader.push(chunk.subarray(at, at + slices.bytes));
    }
  }
  const page = reader.end();
  if (page.resourceVersion === '') {
    throw notKubernetes(client.context.server, path, start?.toString('utf8') ?? '');
  }
  return page;
}

/**
 * Asks for a collection in the best encoding there is, and in JSON where the server refuses the others.
 * @throws ApiError, ExplainedError, CancelledError
 */
export async function openCollection(
  { client, kind, namespace, apiVersion, encoding }: Listing,
  query: Query,
  signal: AbortSignal,
  compress: boolean,
): Promise<ApiResponse> {
  const path = collectionPath(kind, namespace, apiVersion);
  const ask = (): Promise<ApiResponse> =>
    client.open({ path, query, accept: encoding.accept(kind), compress, signal });
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ApiError) || error.httpStatus !== 406 || !encoding.refused(kind)) throw error;
    return ask();
  }
}

function protobufPage({ kind, encoding }: Listing, events: PageEvents): PageReader {
  const shape = encoding.shapeOf(kind);
  if (shape === undefined) throw malformed(t('{0} objects came in protobuf, which nobody asked for', kind));
  return new ProtobufListReader(
    (bytes) => events.item(readMessage(bytes, shape, encoding.strings)),
    (token) => events.next(token),
  );
}

function jsonPage(events: PageEvents): PageReader {
  const splitter = new ListSplitter((json) => events.item(parse(json)));
  return {
    push: (chunk) => splitter.push(chunk),
    end: () => {
      const { metadata } = record(splitter.end());
      return {
        resourceVersion: text(record(metadata).resourceVersion),
        next: text(record(metadata).continue),
      };
    },
  };
}
