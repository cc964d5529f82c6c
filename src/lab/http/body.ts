/** Reading of request bodies: bounded, JSON or YAML. */
import type { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { badRequest, StatusError } from '../api/errors.ts';
import { schemaOfKind } from '../resources/kinds.ts';
import { hasProtobuf, openEnvelope, ProtobufError, readProtobuf } from '../schema/protobuf.ts';

const protobufType = 'application/vnd.kubernetes.protobuf';
const readable = ['application/json', 'application/yaml', protobufType];

/** The API server's own limit. */
const maximumBytes = 3 * 1024 * 1024;

/** The raw body; StatusError 413 beyond the limit. */
async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBytes) {
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${maximumBytes}`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as text; StatusError 413 beyond the limit. */
export async function readBody(request: IncomingMessage): Promise<string> {
  return (await readBytes(request)).toString('utf8');
}

/** The media type of a request, without parameters. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

export function unsupportedMediaType(type: string, supported: readonly string[]): StatusError {
  return new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${supported.join(', ')}` +
      (type ? ` (got ${type})` : ''),
  );
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function parseJsonBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`the body is no JSON: ${errorText(error)}`);
  }
}

/** YAML as Kubernetes reads it: version 1.1, where `off` is a boolean. JSON is YAML too, but parses faster as JSON. */
export function parseYamlBody(text: string): unknown {
  if (text.trimStart().startsWith('{')) return parseJsonBody(text);
  try {
    return parseYaml(text, { version: '1.1', merge: true, maxAliasCount: 100 });
  } catch (error) {
    throw badRequest(`error decoding YAML: ${errorText(error)}`);
  }
}

/** Protobuf of a known kind; StatusError 400 or 415. */
function parseProtobufBody(bytes: Uint8Array): unknown {
  try {
    const envelope = openEnvelope(bytes);
    const schema = schemaOfKind(envelope.apiVersion, envelope.kind);
    if (schema !== undefined && hasProtobuf(schema)) return readProtobuf(envelope, schema);
    throw unsupportedMediaType(`protobuf of ${envelope.apiVersion} ${envelope.kind}`, readable.slice(0, 2));
  } catch (error) {
    if (error instanceof ProtobufError) throw badRequest(error.message);
    throw error;
  }
}

/** The body by its media type; undefined where there is none; StatusError 400, 413 or 415. */
export async function readObject(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return undefined;
  const type = mediaType(request);
  if (type === 'application/json' || type === '') return parseJsonBody(bytes.toString('utf8'));
  if (type === 'application/yaml') return parseYamlBody(bytes.toString('utf8'));
  if (type === protobufType) return parseProtobufBody(bytes);
  throw unsupportedMediaType(type, readable);
}
