import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Environment } from '../environment.ts';

/** Start-up files may be slow, or wait for something; then there is no answer. */
const timeoutMs = 5_000;
/** Start-up files may print something too. */
const mark = '_PODNET_PATH_';
/** Constant: nothing from outside becomes part of it. */
const script = `printf '%s' '${mark}' "$PATH" '${mark}'`;

/**
 * The PATH that a login shell of the user has. A program started from a desktop, such as an editor, often has a shorter
 * one. undefined: there is no such shell, or it gave no answer.
 */
export async function loginPath(
  { env }: Pick<Environment, 'env'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const shell = env.SHELL ?? '';
  if (!path.isAbsolute(shell)) return undefined;
  const output = await new Promise<string>((resolve) => {
    let said = '';
    const child = spawn(shell, ['-i', '-l', '-c', script], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      // A group of its own: what an interactive shell does to its terminal is not ours to suffer.
      detached: true,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      killSignal: 'SIGKILL',
    });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (said.length < 1 << 20) said += chunk;
    });
    child.on('error', () => resolve(''));
    child.on('close', () => resolve(said));
  });
  const [, found = ''] = output.split(mark);
  return found === '' ? undefined : found;
}
