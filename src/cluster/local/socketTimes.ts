import type { Socket } from 'node:net';
import type { CheckRecord } from '../../probe/check.ts';

/** Follows a socket: when it knew the address, connected and was secure, in milliseconds since `begin`. */
export class SocketTimes {
  readonly #begin = performance.now();
  #dns: number | null = null;
  #connect: number | null = null;
  #tls: number | null = null;
  remoteIp: string | null = null;

  follow(socket: Socket): void {
    socket.once('lookup', () => (this.#dns = this.#since()));
    socket.once('connect', () => {
      this.#connect = this.#since();
      this.remoteIp = socket.remoteAddress ?? null;
    });
    socket.once('secureConnect', () => (this.#tls = this.#since()));
  }

  get resolved(): boolean {
    return this.#dns !== null;
  }

  get connected(): boolean {
    return this.#connect !== null;
  }

  end(): CheckRecord['timingsMs'] {
    return { dns: this.#dns, connect: this.#connect, tls: this.#tls, total: this.#since() };
  }

  #since(): number {
    return Math.round((performance.now() - this.#begin) * 1_000) / 1_000;
  }
}
