import { Duplex } from 'node:stream';
import type { OpenFile } from '../system/descriptors.ts';
import { SystemError } from '../system/errors.ts';
import { reasonOf } from '../system/wait.ts';

export interface SocketAddress {
  readonly address: string;
  readonly port: number;
}

/** One side of a TCP connection; what is written here is read at `peer`. */
export class Connection extends Duplex {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  private peer: Connection | undefined;
  private waitingWrite: (() => void) | undefined;
  private largest = Number.POSITIVE_INFINITY;

  private constructor(local: SocketAddress, remote: SocketAddress) {
    super({ allowHalfOpen: true });
    this.local = local;
    this.remote = remote;
    // Nobody may be listening when the other side resets; the error also comes to whoever reads or writes.
    this.on('error', () => undefined);
  }

  /** Both ends of a new connection, the client's first. `seenAs` is what the server takes the client for. */
  static pair(client: SocketAddress, server: SocketAddress, seenAs = client): [Connection, Connection] {
    const here = new Connection(client, server);
    const there = new Connection(server, seenAs);
    here.peer = there;
    there.peer = here;
    return [here, there];
  }

  get remoteAddress(): string {
    return this.remote.address;
  }

  get remotePort(): number {
    return this.remote.port;
  }

  /** From now on larger packets, in either direction, are lost for good: what is sent then never arrives. */
  limitPackets(bytes: number): void {
    this.largest = bytes;
    if (this.peer) this.peer.largest = bytes;
  }

  /** Ends the connection at once; the other side reads "Connection reset by peer". */
  reset(): void {
    this.peer?.destroy(new SystemError('ECONNRESET'));
    this.destroy();
  }

  override _read(): void {
    const written = this.peer?.waitingWrite;
    if (this.peer) this.peer.waitingWrite = undefined;
    written?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    const peer = this.peer;
    if (peer === undefined || peer.destroyed) {
      done(new SystemError('EPIPE'));
      return;
    }
    // TCP sends a lost packet again and again, and nothing behind it is handed over before it.
    if (chunk.length > this.largest) return;
    // A packet takes a moment: the other side never runs inside the writer's call.
    setImmediate(() => {
      if (peer.destroyed || peer.readableEnded) done();
      else if (peer.push(chunk)) done();
      else this.waitingWrite = done;
    });
  }

  /** What waits is sent as one: the head of an answer travels with its body. */
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'utf8', done);
  }

  override _final(done: () => void): void {
    this.endPeer();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.endPeer();
    this.waitingWrite?.();
    done(error);
  }

  private endPeer(): void {
    const peer = this.peer;
    setImmediate(() => {
      if (peer && !peer.destroyed && !peer.readableEnded && !peer.inputEnded) {
        peer.inputEnded = true;
        peer.push(null);
      }
    });
  }

  private inputEnded = false;
}

/** A connection as a process' open file. */
export function openConnection(connection: Connection): OpenFile {
  let returned: Uint8Array = Buffer.alloc(0);
  const take = (bytes: Uint8Array, most: number): Uint8Array => {
    returned = bytes.subarray(most);
    return bytes.subarray(0, most);
  };
  return {
    kind: 'socket',
    async read(most, signal) {
      for (;;) {
        if (returned.length > 0) return take(returned, most);
        const chunk = connection.read() as Buffer | null;
        if (chunk !== null) return take(chunk, most);
        if (connection.errored) throw connection.errored;
        if (connection.readableEnded || connection.destroyed) return new Uint8Array(0);
        await readable(connection, signal);
      }
    },
    unread(bytes) {
      returned = Buffer.concat([bytes, returned]);
    },
    write: (bytes, signal) => send(connection, bytes, signal),
    close: () => connection.end(() => connection.destroy()),
  };
}

/** Writes and waits until the other side has taken the bytes. @throws SystemError EPIPE, ECONNRESET */
export function send(connection: Connection, bytes: Uint8Array | string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const abort = (): void => reject(reasonOf(signal));
    signal.addEventListener('abort', abort, { once: true });
    connection.write(bytes, (error) => {
      signal.removeEventListener('abort', abort);
      if (error) reject(error instanceof SystemError ? error : new SystemError('EPIPE'));
      else resolve();
    });
  });
}

function readable(connection: Connection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const events = ['readable', 'end', 'error', 'close'] as const;
    const stop = (): void => {
      for (const event of events) connection.off(event, wake);
      signal.removeEventListener('abort', abort);
    };
    const wake = (): void => {
      stop();
      resolve();
    };
    const abort = (): void => {
      stop();
      reject(reasonOf(signal));
    };
    for (const event of events) connection.on(event, wake);
    signal.addEventListener('abort', abort, { once: true });
  });
}
