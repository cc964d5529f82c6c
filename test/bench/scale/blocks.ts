/** The longest pause between two turns of the event loop. */
export class Blocks {
  #last = performance.now();
  #lastWork = workMs();
  #longest = 0;
  #longestWork = 0;
  readonly #timer = setInterval(() => this.#tick(), 1);

  #tick(): void {
    const now = performance.now();
    const work = workMs();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#longestWork = Math.max(this.#longestWork, work - this.#lastWork);
    this.#last = now;
    this.#lastWork = work;
  }

  /** Milliseconds: by the clock, and what this thread worked, which a busy machine does not stretch. */
  take(): { readonly longestBlockMs: number; readonly longestWorkMs: number } {
    this.#tick();
    const taken = { longestBlockMs: round(this.#longest), longestWorkMs: round(this.#longestWork) };
    this.#longest = 0;
    this.#longestWork = 0;
    return taken;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function workMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

export function round(ms: number): number {
  return Number(ms.toFixed(1));
}
