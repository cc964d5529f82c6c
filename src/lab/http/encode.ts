/** Objects and lists as bytes: JSON or protobuf. */
import type { ServerResponse } from 'node:http';
import type { ListPage } from '../api/listing.ts';
import type { ApiObject } from '../objects/meta.ts';
import {
  envelope,
  envelopeParts,
  listParts,
  metadataMessage,
  objectMessage,
  protobufType,
} from '../protobuf/messages.ts';
import { apiVersionOf } from '../resources/resource.ts';
import type { Resource } from '../resources/resource.ts';
import type { Form } from './negotiate.ts';
import { listMetadata, renderList, renderObject, served, withoutKind } from './render.ts';
import type { RenderOptions } from './render.ts';
import { send, sendPieces } from './respond.ts';
import type { Answer } from './respond.ts';

/** Lists beyond so many items are sent piece by piece. */
const longList = 100;
const metaVersion = 'meta.k8s.io/v1';

/** The object's own message; those that stand in the store as they are served are written once. */
function messageOf(resource: Resource, object: ApiObject): Uint8Array {
  const shown = served(resource, object);
  return objectMessage(resource.schema, shown, shown === object ? object : undefined);
}

/** An object in protobuf; there are no tables in protobuf. */
export function objectEnvelope(resource: Resource, object: ApiObject, form: Form): Buffer {
  if (form === 'metadata') {
    return envelope(metaVersion, 'PartialObjectMetadata', metadataMessage(served(resource, object)));
  }
  return envelope(apiVersionOf(resource), resource.kind, messageOf(resource, object));
}

export function encodedObject(
  resource: Resource,
  object: ApiObject,
  options: RenderOptions,
): Pick<Answer, 'body' | 'contentType'> {
  if (options.encoding === 'json') return { body: renderObject(resource, object, options) };
  return { body: objectEnvelope(resource, object, options.form), contentType: protobufType };
}

function listEnvelope(resource: Resource, page: ListPage, form: Form): readonly Uint8Array[] {
  const metadata = listMetadata(page);
  if (form === 'metadata') {
    const items = page.items.map((item) => metadataMessage(served(resource, item)));
    return envelopeParts(metaVersion, 'PartialObjectMetadataList', [...listParts(metadata, items)]);
  }
  const items = page.items.map((item) => messageOf(resource, item));
  return envelopeParts(apiVersionOf(resource), `${resource.kind}List`, [...listParts(metadata, items)]);
}

/** A list's JSON without ever holding it as a whole: of a big cluster it is longer than a string can be. */
function* jsonPieces(resource: Resource, page: ListPage): Generator<string> {
  const head = {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: listMetadata(page),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
  for (const [index, item] of page.items.entries()) {
    yield `${index === 0 ? '' : ','}${JSON.stringify(withoutKind(served(resource, item)))}`;
  }
  yield ']}\n';
}

/** Answers with a page of a list in the form and encoding asked for. */
export async function sendList(
  response: ServerResponse,
  resource: Resource,
  page: ListPage,
  options: RenderOptions,
): Promise<void> {
  if (options.encoding === 'protobuf') {
    await sendPieces(response, protobufType, listEnvelope(resource, page, options.form));
  } else if (options.form === 'object' && page.items.length > longList) {
    await sendPieces(response, 'application/json', jsonPieces(resource, page));
  } else send(response, { code: 200, body: renderList(resource, page, options) });
}
