import type { ContainerRef } from '../model/terminal.ts';

/** One program to run in a container. */
export interface ExecRequest {
  readonly target: ContainerRef;
  /** argv; never a line for a shell to take apart. */
  readonly command: readonly string[];
  /** Written to the program's standard input, which is then closed. */
  readonly stdin?: string;
  /** The whole exec is given up after this many milliseconds. */
  readonly timeoutMs: number;
  /** Each of stdout and stderr is cut after this many bytes; default 256 KiB. */
  readonly outputLimit?: number;
}

interface Output {
  readonly stdout: string;
  readonly stderr: string;
  /** Whether some output was cut at the limit. */
  readonly truncated: boolean;
}

/**
 * How an exec ended. Only `exited` says anything about what the program found: all else is a fault on the way
 * to it and never a verdict about the network.
 */
export type ExecOutcome =
  | ({ readonly is: 'exited'; readonly exitCode: number } & Output)
  /** The container has no such program (containerd: InternalError Status; CRI-O: stderr and 126, 127, 255). */
  | { readonly is: 'program-missing'; readonly message: string }
  /** The API server refused before anything ran: 400, 403, 404, … with its Status message. */
  | { readonly is: 'refused'; readonly httpStatus: number; readonly message: string }
  /** The way to the container failed, at any time. */
  | ({ readonly is: 'transport-failed'; readonly message: string } & Output)
  /** The connection closed and no exit status had come. */
  | ({ readonly is: 'no-status'; readonly message: string } & Output)
  | ({ readonly is: 'timed-out' } & Output);

/** Runs programs in containers. Implemented by src/cluster. */
export interface Exec {
  /** @throws CancelledError once the signal aborts; all other ends are outcomes. */
  run(request: ExecRequest, signal: AbortSignal): Promise<ExecOutcome>;
}
