import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import {
  envelope,
  listMessage,
  protobufType,
  statusMessage,
  watchFrame,
} from '../../../../src/lab/protobuf/messages.ts';
import { writeStruct } from '../../../../src/lab/protobuf/writeObject.ts';
import type { Json } from '../../../../src/model/json.ts';

/*
 * A small API server on a real socket, with versions, pages, watches, bookmarks and compaction, whose faults a
 * test chooses. It knows nothing of the code under test.
 */

export interface Stored {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly resourceVersion: string };
}

interface Event {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly collection: string;
  readonly object: Stored;
  readonly version: number;
}

interface Watch {
  readonly path: string;
  readonly response: http.ServerResponse;
  readonly inProtobuf: boolean;
}

/** What a server that speaks protobuf has it for; all else is JSON. */
const structs: Readonly<Record<string, readonly [apiVersion: string, kind: string, struct: string]>> = {
  '/api/v1/namespaces': ['v1', 'Namespace', 'core.v1.Namespace'],
  '/api/v1/nodes': ['v1', 'Node', 'core.v1.Node'],
  '/api/v1/pods': ['v1', 'Pod', 'core.v1.Pod'],
  '/api/v1/services': ['v1', 'Service', 'core.v1.Service'],
};

/** Takes over a request; `true` when it did. */
export type Intercept = (request: http.IncomingMessage, response: http.ServerResponse, url: URL) => boolean;

export class ApiServer {
  readonly requests: {
    readonly method: string;
    readonly url: URL;
    readonly headers: http.IncomingHttpHeaders;
  }[] = [];
  /** How many TCP connections were ever made. */
  connections = 0;
  intercept: Intercept = () => false;
  /** How answers are cut into writes. */
  cut: (bytes: Buffer) => readonly Buffer[] = (bytes) => [bytes];
  gitVersion = 'v1.36.2';
  /** Whether it answers in protobuf where it is asked to. */
  speaksProtobuf = false;
  version: number;
  #objects = new Map<string, Stored>();
  #events: Event[] = [];
  #compacted: number;
  readonly #watches = new Set<Watch>();
  readonly #sockets = new Set<Socket>();
  #server: http.Server;
  #port = 0;

  constructor(version = 100) {
    this.version = version;
    this.#compacted = version;
    this.#server = this.#make();
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get watches(): number {
    return this.#watches.size;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.#server = this.#make();
  }

  /** @param collection its path over all namespaces, such as `/api/v1/pods` */
  put(collection: string, namespace: string, name: string, fields: Json = {}): void {
    const key = `${collection} ${namespace}/${name}`;
    const version = ++this.version;
    const metadata = {
      uid: `uid-${namespace}-${name}`,
      name,
      ...(namespace !== '' && { namespace }),
      resourceVersion: String(version),
      ...(fields.metadata as object | undefined),
    };
    const object: Stored = { ...fields, metadata };
    this.#record({ type: this.#objects.has(key) ? 'MODIFIED' : 'ADDED', collection, object, version });
    this.#objects.set(key, object);
  }

  remove(collection: string, namespace: string, name: string): void {
    const key = `${collection} ${namespace}/${name}`;
    const object = this.#objects.get(key);
    if (object === undefined) return;
    this.#objects.delete(key);
    const version = ++this.version;
    const metadata = { ...object.metadata, resourceVersion: String(version) };
    this.#record({ type: 'DELETED', collection, object: { ...object, metadata }, version });
  }

  /** Forgets all events so far: whoever watches or continues from before gets 410. */
  compact(): void {
    this.version += 1;
    this.#compacted = this.version;
    this.#events = [];
  }

  bookmark(): void {
    const object = { kind: 'Any', metadata: { resourceVersion: String(this.version) } };
    for (const watch of this.#watches) this.#send(watch, 'BOOKMARK', object);
  }

  /** Sends raw bytes on every watch. */
  say(text: string): void {
    for (const { response } of this.#watches) response.write(text);
  }

  /** Sends the beginning of an event on every watch, and no more of it. */
  breakOff(bytes: number): void {
    for (const watch of this.#watches) {
      const object = {
        metadata: { name: 'cut', namespace: 'default', resourceVersion: String(this.version) },
      };
      watch.response.write(this.#bytesOf(watch, 'MODIFIED', object).subarray(0, bytes));
    }
  }

  /** Sends the last events once more. */
  repeatEvents(): void {
    for (const event of this.#events.slice(-5)) {
      for (const watch of this.#watches) this.#tell(watch, event);
    }
  }

  /** As a server does after timeoutSeconds. */
  endWatches(): void {
    for (const { response } of this.#watches) response.end();
    this.#watches.clear();
  }

  /** As a broken network does. */
  cutWatches(): void {
    for (const { response } of this.#watches) response.socket?.destroy();
    this.#watches.clear();
  }

  /** Nothing is left, and versions begin anew. */
  forgetEverything(version: number): void {
    this.#objects = new Map();
    this.#events = [];
    this.version = version;
    this.#compacted = version;
  }

  items(path: string): readonly Stored[] {
    const { collection, namespace } = splitPath(path);
    return [...this.#objects]
      .filter(([key]) => key.startsWith(`${collection} ${namespace === '' ? '' : `${namespace}/`}`))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => object);
  }

  #make(): http.Server {
    const server = http.createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://server');
      this.requests.push({ method: request.method ?? '', url, headers: request.headers });
      if (this.intercept(request, response, url)) return;
      if (url.pathname === '/version') answer(response, 200, { gitVersion: this.gitVersion });
      else if (url.searchParams.get('watch') === 'true') this.#watch(request, response, url);
      else this.#list(request, response, url);
    });
    server.on('connection', (socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    return server;
  }

  /** Answers with a Status, in the encoding that was asked for. */
  refuse(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    body: Record<string, unknown> & { code: number },
    headers: http.OutgoingHttpHeaders = {},
  ): void {
    if (!this.#inProtobuf(request)) {
      answer(response, body.code, body, headers);
      return;
    }
    response.writeHead(body.code, { 'content-type': protobufType, ...headers });
    response.end(envelope('v1', 'Status', statusMessage(body)));
  }

  #inProtobuf(request: http.IncomingMessage): boolean {
    return this.speaksProtobuf && (request.headers.accept ?? '').includes(protobufType);
  }

  #list(request: http.IncomingMessage, response: http.ServerResponse, url: URL): void {
    const { searchParams: query, pathname } = url;
    const [version, after] = (query.get('continue') ?? `${this.version} `).split(' ');
    if (query.has('continue') && Number(version) < this.#compacted) {
      this.refuse(request, response, status(410, 'Expired', 'The provided continue parameter is too old'));
      return;
    }
    if (query.get('resourceVersionMatch') === 'NotOlderThan') {
      if (Number(query.get('resourceVersion')) > this.version) {
        const details = { causes: [{ reason: 'ResourceVersionTooLarge' }] };
        this.refuse(request, response, { ...status(504, 'Timeout', 'Too large resource version'), details });
        return;
      }
    }
    const all = this.items(pathname).filter(
      ({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}` > (after ?? ''),
    );
    const items = all.slice(0, Number(query.get('limit') ?? Infinity) || Infinity);
    const last = items.at(-1)?.metadata;
    const next =
      items.length < all.length && last ? `${version} ${last.namespace ?? ''}/${last.name}` : undefined;
    const body = {
      kind: 'List',
      apiVersion: 'v1',
      metadata: { resourceVersion: version, continue: next },
      items,
    };
    const form = structs[splitPath(pathname).collection];
    let bytes: Buffer = Buffer.from(JSON.stringify(body));
    if (form !== undefined && this.#inProtobuf(request)) {
      const [apiVersion, kind, struct] = form;
      const messages = items.map((item) => writeStruct(struct, { ...item }));
      const meta = { resourceVersion: version ?? '', ...(next !== undefined && { continue: next }) };
      bytes = envelope(apiVersion, `${kind}List`, listMessage(meta, messages));
      response.writeHead(200, { 'content-type': protobufType });
    } else response.writeHead(200, { 'content-type': 'application/json' });
    for (const part of this.cut(bytes)) response.write(part);
    response.end();
  }

  #watch(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    { pathname, searchParams }: URL,
  ): void {
    const from = Number(searchParams.get('resourceVersion'));
    const inProtobuf = structs[splitPath(pathname).collection] !== undefined && this.#inProtobuf(request);
    const contentType = inProtobuf ? `${protobufType};stream=watch` : 'application/json';
    response.writeHead(200, { 'content-type': contentType });
    response.flushHeaders();
    const watch: Watch = { path: pathname, response, inProtobuf };
    if (from < this.#compacted) {
      this.#send(watch, 'ERROR', status(410, 'Expired', `too old resource version: ${from}`));
      response.end();
      return;
    }
    for (const event of this.#events) if (event.version > from) this.#tell(watch, event);
    this.#watches.add(watch);
    response.on('close', () => this.#watches.delete(watch));
  }

  #record(event: Event): void {
    this.#events.push(event);
    for (const watch of this.#watches) this.#tell(watch, event);
  }

  #tell(watch: Watch, { type, collection, object }: Event): void {
    const watched = splitPath(watch.path);
    if (watched.collection !== collection) return;
    if (watched.namespace !== '' && watched.namespace !== object.metadata.namespace) return;
    this.#send(watch, type, { ...object });
  }

  #send(watch: Watch, type: string, object: Record<string, unknown>): void {
    for (const part of this.cut(this.#bytesOf(watch, type, object))) watch.response.write(part);
  }

  #bytesOf({ path, inProtobuf }: Watch, type: string, object: Record<string, unknown>): Buffer {
    const form = structs[splitPath(path).collection];
    if (!inProtobuf || form === undefined) return Buffer.from(`${JSON.stringify({ type, object })}\n`);
    if (type === 'ERROR') return watchFrame(type, envelope('v1', 'Status', statusMessage(object)));
    const [apiVersion, kind, struct] = form;
    return watchFrame(type, envelope(apiVersion, kind, writeStruct(struct, object)));
  }
}

export function answer(
  response: http.ServerResponse,
  code: number,
  body: unknown,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export function status(
  code: number,
  reason: string,
  message: string,
): Record<string, unknown> & { code: number } {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
}

function splitPath(path: string): { collection: string; namespace: string } {
  const match = /^(.*)\/namespaces\/([^/]+)(\/[^/]+)$/.exec(path);
  if (match === null) return { collection: path, namespace: '' };
  return { collection: `${match[1] ?? ''}${match[3] ?? ''}`, namespace: match[2] ?? '' };
}
