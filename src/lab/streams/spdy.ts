/** The server's side of SPDY/3.1 as far as Kubernetes uses it: streams that the client opens, data both ways. */
import { Duplex } from 'node:stream';
import { constants, createDeflate, createInflate } from 'node:zlib';
import { spdyDictionary } from './spdyDictionary.ts';

const types = { synStream: 1, synReply: 2, rstStream: 3, settings: 4, ping: 6, goAway: 7 } as const;
const flagFin = 0x01;
/** RST_STREAM: the stream is no longer wanted. */
const cancel = 5;
/** Frames are cut to this size; longer ones than the maximum end the connection. */
const frameBytes = 16 * 1024;
const maximumFrame = 1024 * 1024;

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4);
  return bytes;
}

function controlFrame(type: number, flags: number, body: Uint8Array): Buffer {
  return Buffer.concat([uint32(0x8003_0000 | type, (flags << 24) | body.length), body]);
}

function dataFrame(stream: number, flags: number, body: Uint8Array): Buffer {
  return Buffer.concat([uint32(stream, (flags << 24) | body.length), body]);
}

function parseHeaders(block: Buffer): Map<string, string> {
  const headers = new Map<string, string>();
  let at = 0;
  const text = (): string => {
    const length = block.readUInt32BE(at);
    const start = at + 4;
    if (start + length > block.length) throw new RangeError('a SPDY header is cut short');
    at = start + length;
    return block.toString('utf8', start, at);
  };
  const count = block.readUInt32BE(0);
  at = 4;
  for (let index = 0; index < count; index++) {
    const name = text();
    headers.set(name, text());
  }
  return headers;
}

/** One stream of the client, as a Node stream; `end` closes our side, `destroy` resets it. */
export class SpdyStream extends Duplex {
  readonly id: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly #connection: SpdyConnection;

  constructor(connection: SpdyConnection, id: number, headers: ReadonlyMap<string, string>) {
    super();
    this.#connection = connection;
    this.id = id;
    this.headers = headers;
    // A reset by the client is the normal end of a forwarded connection.
    this.on('error', () => this.destroy());
  }

  override _read(): void {
    // Data is pushed as it comes; SPDY's flow control is not used by Kubernetes' clients.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    for (let start = 0; start < chunk.length; start += frameBytes) {
      this.#connection.transmit(dataFrame(this.id, 0, chunk.subarray(start, start + frameBytes)));
    }
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#connection.transmit(dataFrame(this.id, flagFin, new Uint8Array()));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#connection.forget(this);
    done(error);
  }
}

export interface SpdyHandlers {
  onStream(stream: SpdyStream): void;
  /** The client broke the protocol; nothing more can be read. */
  onError(error: Error): void;
}

/** A connection over any transport of ordered bytes. */
export class SpdyConnection {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #handlers: SpdyHandlers;
  readonly #streams = new Map<number, SpdyStream>();
  readonly #inflate = createInflate({ dictionary: spdyDictionary });
  readonly #deflate = createDeflate({ dictionary: spdyDictionary });
  #buffered: Buffer = Buffer.alloc(0);
  /** Header blocks share one compression state, so frames are worked off strictly one after the other. */
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(send: (bytes: Uint8Array) => void, handlers: SpdyHandlers) {
    this.#send = send;
    this.#handlers = handlers;
    // Errors arrive through the frame that caused them.
    this.#inflate.on('error', () => undefined);
    this.#deflate.on('error', () => undefined);
  }

  /** Takes what the transport received. */
  receive(bytes: Uint8Array): void {
    this.#buffered = Buffer.concat([this.#buffered, bytes]);
    for (;;) {
      if (this.#buffered.length < 8) return;
      const length = this.#buffered.readUInt32BE(4) & 0xff_ffff;
      if (length > maximumFrame) {
        this.#fail(new Error('a SPDY frame is too long'));
        return;
      }
      if (this.#buffered.length < 8 + length) return;
      const frame = this.#buffered.subarray(0, 8 + length);
      this.#buffered = this.#buffered.subarray(8 + length);
      this.#work = this.#work
        .then(() => this.#frame(frame))
        .catch((error: unknown) => {
          this.#fail(error instanceof Error ? error : new Error(String(error)));
        });
    }
  }

  transmit(frame: Uint8Array): void {
    if (!this.#closed) this.#send(frame);
  }

  /** A stream was destroyed on our side: the client hears of it unless both sides had ended. */
  forget(stream: SpdyStream): void {
    if (!this.#streams.delete(stream.id)) return;
    if (!stream.readableEnded || !stream.writableFinished) {
      this.transmit(controlFrame(types.rstStream, 0, uint32(stream.id, cancel)));
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stream of [...this.#streams.values()]) stream.destroy();
    this.#streams.clear();
    this.#inflate.close();
    this.#deflate.close();
  }

  #fail(error: Error): void {
    if (this.#closed) return;
    this.close();
    this.#handlers.onError(error);
  }

  async #frame(frame: Buffer): Promise<void> {
    if (this.#closed) return;
    const first = frame.readUInt32BE(0);
    const flags = frame[4] ?? 0;
    const body = frame.subarray(8);
    if (first < 0x8000_0000) {
      this.#data(first, flags, body);
      return;
    }
    switch (first & 0xffff) {
      case types.synStream:
        await this.#open(flags, body);
        break;
      case types.rstStream:
        this.#reset(body.readUInt32BE(0) & 0x7fff_ffff);
        break;
      case types.ping:
        this.transmit(controlFrame(types.ping, 0, body));
        break;
      case types.goAway:
        this.close();
        break;
      default:
        // SETTINGS and WINDOW_UPDATE change nothing here.
        break;
    }
  }

  #data(id: number, flags: number, body: Buffer): void {
    const stream = this.#streams.get(id);
    if (!stream) return;
    if (body.length > 0) stream.push(body);
    if (flags & flagFin) stream.push(null);
  }

  #reset(id: number): void {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    stream?.destroy();
  }

  async #open(flags: number, body: Buffer): Promise<void> {
    const id = body.readUInt32BE(0) & 0x7fff_ffff;
    const headers = parseHeaders(await this.#inflateBlock(body.subarray(10)));
    const stream = new SpdyStream(this, id, headers);
    this.#streams.set(id, stream);
    const reply = await this.#deflateBlock(uint32(0));
    this.transmit(controlFrame(types.synReply, 0, Buffer.concat([uint32(id), reply])));
    if (flags & flagFin) stream.push(null);
    this.#handlers.onStream(stream);
  }

  #inflateBlock(block: Buffer): Promise<Buffer> {
    const { promise, collect } = collector(this.#inflate);
    // Every block ends with a flush of the client's, so that all of it is there when the write is done.
    this.#inflate.write(block, collect);
    return promise;
  }

  #deflateBlock(block: Buffer): Promise<Buffer> {
    const { promise, collect } = collector(this.#deflate);
    this.#deflate.write(block, (error) => {
      if (error) collect(error);
      else this.#deflate.flush(constants.Z_SYNC_FLUSH, () => collect());
    });
    return promise;
  }
}

/** Gathers what a zlib stream gives until `collect` is called. */
function collector(stream: ReturnType<typeof createInflate> | ReturnType<typeof createDeflate>): {
  promise: Promise<Buffer>;
  collect: (error?: Error | null) => void;
} {
  const chunks: Buffer[] = [];
  const onData = (chunk: Buffer): void => {
    chunks.push(chunk);
  };
  stream.on('data', onData);
  let collect: (error?: Error | null) => void = () => undefined;
  const promise = new Promise<Buffer>((resolve, reject) => {
    collect = (error) => {
      stream.off('data', onData);
      if (error) reject(error);
      else resolve(Buffer.concat(chunks));
    };
  });
  return { promise, collect };
}
