/** How collections are read. Tests pass smaller numbers, to see in seconds what else takes minutes. */
export interface ReadingLimits {
  /** Objects a page. */
  readonly pageSize: number;
  /** How long a watch stays open at least, in seconds; at most twice as long (client-go's reflector: 5 to 10 minutes). */
  readonly watchSeconds: number;
  /** Servers send a bookmark about every minute: so much silence means the watch is stuck. Milliseconds. */
  readonly silenceMs: number;
}

export const readingLimits: ReadingLimits = { pageSize: 500, watchSeconds: 300, silenceMs: 150_000 };
