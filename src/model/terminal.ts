import type { Event } from '../base/event.ts';

/** Where a command runs. */
export interface ContainerRef {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** An interactive process in a container, with a terminal of its own. */
export interface TerminalSession {
  /** Bytes as the terminal should show them. */
  readonly onDidReceive: Event<Uint8Array>;
  /** Settles once: the exit code, or undefined where the connection ended without one. Never rejects. */
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly message: string }>;
  write(data: string): void;
  resize(columns: number, rows: number): void;
  close(): void;
}

/** Opens interactive processes. */
export interface Terminals {
  /** @throws ExplainedError where the server refuses or the program is missing; CancelledError. */
  open(
    target: ContainerRef,
    command: readonly string[],
    size: { readonly columns: number; readonly rows: number },
    signal: AbortSignal,
  ): Promise<TerminalSession>;
}
