import type { Disposable } from '../../base/event.ts';
import { text } from '../../model/json.ts';
import type { ClusterClient } from '../transport/client.ts';

/** Stands in the practice lab's gitVersion, and in no other server's. */
const labMark = 'podnet.lab';

/** What the server says of itself at `/version`, asked once it answers. */
export class ServerVersion implements Disposable {
  readonly #client: ClusterClient;
  readonly #onKnown: () => void;
  readonly #disposed = new AbortController();
  #gitVersion: string | undefined;
  #asking = false;

  constructor(client: ClusterClient, onKnown: () => void) {
    this.#client = client;
    this.#onKnown = onKnown;
  }

  get gitVersion(): string | undefined {
    return this.#gitVersion;
  }

  get isPracticeLab(): boolean | undefined {
    return this.#gitVersion?.includes(labMark);
  }

  /** Asks unless it is known or being asked. */
  ask(): void {
    if (!this.#asking && this.#gitVersion === undefined) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      const answer = await this.#client.json({ path: '/version', signal: this.#disposed.signal });
      this.#gitVersion = text(answer.gitVersion) || undefined;
    } catch {
      // It stays unknown and is asked again: what is wrong, the lists say better.
      return;
    } finally {
      this.#asking = false;
    }
    if (this.#gitVersion !== undefined) this.#onKnown();
  }

  dispose(): void {
    this.#disposed.abort();
  }
}
