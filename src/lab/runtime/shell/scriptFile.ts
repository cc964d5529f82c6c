import { interpreterOf } from './flavourOf.ts';
import type { Shell } from './shell.ts';

/** Runs a text file without `#!` as the shell does: by a shell of its own kind. */
export async function runScriptFile(shell: Shell, path: string, words: readonly string[]): Promise<number> {
  const child = shell.process.spawn([interpreterOf(shell.flavour), path, ...words.slice(1)], {
    environment: shell.variables.exported(),
  });
  return shell.process.wait(child);
}
