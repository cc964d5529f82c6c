/** Collects bytes up to a limit. Characters cut by frames are whole again; one cut by the limit is left out. */
export class LimitedOutput {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #truncated = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get truncated(): boolean {
    return this.#truncated;
  }

  add(bytes: Buffer): void {
    const room = this.#limit - this.#size;
    if (bytes.length > room) this.#truncated = true;
    const taken = bytes.subarray(0, Math.max(0, room));
    if (taken.length > 0) this.#chunks.push(taken);
    this.#size += taken.length;
  }

  text(): string {
    const bytes = Buffer.concat(this.#chunks);
    // `stream` holds back an unfinished character instead of replacing it.
    return new TextDecoder().decode(bytes, { stream: this.#truncated });
  }
}
