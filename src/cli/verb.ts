/** Where a verb reads and writes. Aborting the signal ends it. */
export interface Io {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly stdin: NodeJS.ReadableStream;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** 0 = fine, 1 = findings or unreachable, 2 = it could not be found out. */
export type ExitCode = 0 | 1 | 2;

/** One verb of `podnet`, such as `podnet lint`. */
export interface Verb {
  /** The word behind `podnet`. */
  readonly name: string;
  /** One line for `podnet --help`. */
  readonly summary: string;
  /** What `podnet VERB --help` prints. */
  readonly usage: string;
  /** Runs the verb and answers the exit code. `args` are the words behind the verb. */
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}
