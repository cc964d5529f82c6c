/** The channel protocols of exec over WebSocket (v4 and v5.channel.k8s.io): one byte of channel, then data. */
import { once } from 'node:events';
import type { RawData, WebSocket } from 'ws';
import { isObject } from '../objects/json.ts';

export const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;

/** Output waits for the client where more than this is unsent. */
const highWater = 1024 * 1024;

export interface ChannelHandlers {
  onStdin(bytes: Uint8Array): void;
  onStdinEnd(): void;
  onResize(columns: number, rows: number): void;
}

/** A message's bytes, however `ws` hands them over. */
export function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function readSize(bytes: Buffer): { columns: number; rows: number } | undefined {
  try {
    const size: unknown = JSON.parse(bytes.toString('utf8'));
    if (isObject(size) && typeof size.Width === 'number' && typeof size.Height === 'number') {
      return { columns: size.Width, rows: size.Height };
    }
  } catch (error) {
    // A size that cannot be read changes nothing; anything else is a fault of ours.
    if (!(error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

export class ChannelSocket {
  readonly #socket: WebSocket;
  readonly isV5: boolean;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.isV5 = socket.protocol === 'v5.channel.k8s.io';
  }

  listen(handlers: ChannelHandlers): void {
    this.#socket.on('message', (data: RawData) => {
      const bytes = bytesOf(data);
      const content = bytes.subarray(1);
      switch (bytes[0]) {
        case channels.stdin:
          if (content.length > 0) handlers.onStdin(content);
          break;
        case channels.resize: {
          const size = readSize(content);
          if (size) handlers.onResize(size.columns, size.rows);
          break;
        }
        case channels.close:
          if (this.isV5 && content[0] === channels.stdin) handlers.onStdinEnd();
          break;
        case undefined:
        default:
          break;
      }
    });
  }

  /** Sends one frame; resolves when the client has room for more. */
  async send(channel: number, content: Uint8Array): Promise<void> {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const frame = Buffer.concat([Buffer.from([channel]), content]);
    if (this.#socket.bufferedAmount < highWater) {
      this.#socket.send(frame);
      return;
    }
    await new Promise<void>((resolve) => {
      // An error closes the socket, which ends the process; there is nobody to tell.
      this.#socket.send(frame, () => {
        resolve();
      });
    });
  }

  async sendStatus(status: unknown): Promise<void> {
    await this.send(channels.status, Buffer.from(JSON.stringify(status)));
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === this.#socket.CLOSED) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close(1000, '');
    await closed;
  }

  onClose(listener: () => void): void {
    this.#socket.on('close', listener);
  }
}
