/** One verb of `podnet`, such as `podnet lint`. */
export interface Verb {
  /** The word behind `podnet`. */
  name: string;
  /** One line for `podnet --help`. */
  summary: string;
  /** What `podnet VERB --help` prints. */
  usage: string;
  /**
   * Runs the verb and answers the exit code: 0 = fine, 1 = findings or unreachable, 2 = it could not be
   * found out. `args` are the words behind the verb.
   */
  run(
    args: readonly string[],
    io: {
      stdout: NodeJS.WritableStream;
      stderr: NodeJS.WritableStream;
      stdin: NodeJS.ReadableStream;
      cwd: string;
      env: NodeJS.ProcessEnv;
      signal: AbortSignal;
    },
  ): Promise<0 | 1 | 2>;
}
