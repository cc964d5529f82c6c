import { setImmediate } from 'node:timers/promises';
import { CancelledError } from '../../base/cancellation.ts';

/** After so long others get their turn: a frame of the screen is 16 ms. */
const longestMs = 8;

/**
 * Shares the event loop: whoever reads much asks for a turn before each bite, and waits until others have had theirs
 * once the readers of this cluster have worked for long without a pause.
 */
export class TimeSlices {
  /** What to read at one turn: decoded in about a millisecond. */
  readonly bytes = 64 << 10;
  #since = -Infinity;
  #pause: Promise<void> | undefined;

  /** @throws CancelledError */
  async turn(signal: AbortSignal): Promise<void> {
    if (this.#pause === undefined && performance.now() - this.#since > longestMs) {
      this.#pause = setImmediate().then(() => {
        this.#pause = undefined;
        this.#since = performance.now();
      });
    }
    await this.#pause;
    if (signal.aborted) throw new CancelledError();
  }
}
