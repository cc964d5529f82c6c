import type { WebSocket as Socket } from 'ws';
import type { Disposable } from '../../base/event.ts';

const pingMs = 5_000;
/** kubectl gives up after 61 s of silence. */
const silentPings = 12;

/** How long a WebSocket may be silent, in milliseconds. */
export const longestSilenceMs = pingMs * silentPings;

/** Pings a WebSocket while it is open, and calls back where nothing at all was heard for a minute. */
export class Heartbeat implements Disposable {
  readonly #socket: Socket;
  readonly #onSilent: () => void;
  readonly #timer: NodeJS.Timeout;
  #unanswered = 0;

  constructor(socket: Socket, onSilent: () => void) {
    this.#socket = socket;
    this.#onSilent = onSilent;
    socket.on('pong', this.#heard);
    socket.on('ping', this.#heard);
    socket.on('message', this.#heard);
    socket.once('close', () => this.dispose());
    this.#timer = setInterval(() => this.#beat(), pingMs);
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  readonly #heard = (): void => {
    this.#unanswered = 0;
  };

  #beat(): void {
    // What is held back on purpose is not silent: the answer waits behind it.
    if (this.#socket.isPaused) return;
    if (this.#unanswered >= silentPings) {
      this.dispose();
      this.#onSilent();
      return;
    }
    this.#unanswered += 1;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
  }
}
