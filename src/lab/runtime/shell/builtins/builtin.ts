import type { Shell } from '../shell.ts';

/** A command that runs inside the shell's own process. */
export interface Builtin {
  readonly run: (shell: Shell, args: readonly string[]) => Promise<number>;
  /** dash and busybox' ash do not have it. */
  readonly bashOnly: boolean;
}

type Run = Builtin['run'];

export function posix(run: Run): Builtin {
  return { run, bashOnly: false };
}

export function bashOnly(run: Run): Builtin {
  return { run, bashOnly: true };
}
