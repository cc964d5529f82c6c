/** How long it counts that an image lacks a program: a person may have installed it meanwhile. */
const rememberedMs = 60_000;

/**
 * Which programs are known to be missing, by image, and in whose words. A check then starts with the first tool
 * that may be there, and one exec is enough.
 */
export class MissingPrograms {
  readonly #now: () => number;
  readonly #byImage = new Map<string, { readonly since: number; readonly said: Map<string, string> }>();

  /** @param now milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether none of the programs is known to be missing. */
  mayHave(image: string, programs: readonly string[]): boolean {
    const entry = this.#entry(image);
    return entry === undefined || !programs.some((program) => entry.has(program));
  }

  /** @param message what the container's runtime, or the program that was to start it, said. */
  add(image: string, program: string, message: string): void {
    const entry = this.#entry(image);
    if (entry) entry.set(program, message);
    else this.#byImage.set(image, { since: this.#now(), said: new Map([[program, message]]) });
  }

  /** All that was said about the image, a line a program. */
  messages(image: string): readonly string[] {
    return [...(this.#entry(image)?.values() ?? [])];
  }

  clear(): void {
    this.#byImage.clear();
  }

  #entry(image: string): Map<string, string> | undefined {
    const entry = this.#byImage.get(image);
    if (entry === undefined) return undefined;
    if (this.#now() - entry.since < rememberedMs) return entry.said;
    this.#byImage.delete(image);
    return undefined;
  }
}
