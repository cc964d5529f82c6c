/** How control leaves the middle of a script; thrown by builtins, caught by the construct concerned. */

export class ExitFlow extends Error {
  readonly status: number;
  constructor(status: number) {
    super('exit');
    this.status = status;
  }
}

export class ReturnFlow extends Error {
  readonly status: number;
  constructor(status: number) {
    super('return');
    this.status = status;
  }
}

/** `break` and `continue`, with the number of loops they concern. */
export class LoopFlow extends Error {
  readonly kind: 'break' | 'continue';
  readonly levels: number;
  constructor(kind: 'break' | 'continue', levels: number) {
    super(kind);
    this.kind = kind;
    this.levels = levels;
  }
}

/** A message for the user about the command being run; the command fails with the status. */
export class ShellError extends Error {
  override readonly name = 'ShellError';
  readonly status: number;
  /** Whether a shell that is not interactive gives up, as with a bad substitution. */
  readonly fatal: boolean;
  constructor(message: string, options: { status?: number; fatal?: boolean } = {}) {
    super(message);
    this.status = options.status ?? 1;
    this.fatal = options.fatal ?? false;
  }
}

/** Ctrl-C at an interactive shell, while it runs something itself. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
