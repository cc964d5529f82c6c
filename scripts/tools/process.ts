// Child processes that never outlive the program that started them.
import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { binFolder, root } from './paths.ts';

export interface RunOptions {
  cwd?: string;
  /** Added to (or, with undefined, taken from) this process's environment. */
  env?: Record<string, string | undefined>;
  /** Folders to put before PATH; the checkout's node_modules/.bin always follows them. */
  path?: string[];
  /** The process is killed, and counts as failed, after this many milliseconds. */
  timeoutMs?: number;
  /** Gives the program a standard input that closes when this process is gone, even by SIGKILL. */
  leash?: boolean;
}

export interface RunResult {
  /** Exit code; 128 and more when a signal or the time limit ended it. */
  code: number;
  stdout: string;
  stderr: string;
  /** Both streams in the order they arrived. */
  output: string;
  timedOut: boolean;
}

/** The environment for a child: the pinned Node and the project's tools come first on PATH. */
export function childEnv(options: Pick<RunOptions, 'env' | 'path'> = {}): NodeJS.ProcessEnv {
  const env = { ...process.env, ...options.env };
  env.PATH = [...(options.path ?? []), binFolder, process.env.PATH ?? ''].join(path.delimiter);
  return env;
}

/** What ends with this program, however it ends: process groups started here, and temporary folders. */
class Belongings {
  readonly #running = new Set<ChildProcess>();
  readonly #folders = new Set<string>();

  constructor() {
    process.on('exit', () => {
      this.#signalAll('SIGKILL');
      for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        this.#signalAll('SIGTERM');
        void this.#allGone(3000).then(() => process.exit(130));
      });
    }
  }

  addProcess(child: ChildProcess): void {
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
  }

  addFolder(folder: string): void {
    this.#folders.add(folder);
  }

  async removeFolder(folder: string): Promise<void> {
    this.#folders.delete(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #allGone(limitMs: number): Promise<void> {
    const deadline = Date.now() + limitMs;
    while (this.#running.size > 0 && Date.now() < deadline) await sleep(50);
  }

  #signalAll(signal: NodeJS.Signals): void {
    for (const child of this.#running) signalGroup(child, signal);
  }
}

const belongings = new Belongings();

/** A folder for this run, removed at its end at the latest. */
export async function temporaryFolder(purpose: string): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), `podnet-${purpose}-`));
  belongings.addFolder(folder);
  return { path: folder, remove: () => belongings.removeFolder(folder) };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Starts a program in a process group of its own, which ends with this program. */
export function start(command: string, args: readonly string[], options: RunOptions = {}): ChildProcess {
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: childEnv(options),
    stdio: [options.leash === true ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  belongings.addProcess(child);
  return child;
}

/** Ends a program and everything it started: SIGTERM, and SIGKILL two seconds later. */
export async function stop(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
  signalGroup(child, 'SIGTERM');
  await Promise.race([gone, sleep(2000, undefined, { ref: false })]);
  // Also when the leader is gone: members of its group may have stayed.
  signalGroup(child, 'SIGKILL');
  await gone;
}

/** Runs a program to its end and keeps what it said; does not reject for an exit code. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const child = start(command, args, options);
  const result: RunResult = { code: 0, stdout: '', stderr: '', output: '', timedOut: false };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    result.stdout += text;
    result.output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    result.stderr += text;
    result.output += text;
  });
  const limit = options.timeoutMs;
  const timer =
    limit === undefined
      ? undefined
      : setTimeout(() => {
          result.timedOut = true;
          result.output += `\n(ended: ${command} ran longer than ${limit / 1000} s)\n`;
          signalGroup(child, 'SIGKILL');
        }, limit);
  try {
    result.code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 137));
    });
  } finally {
    clearTimeout(timer);
    signalGroup(child, 'SIGKILL');
  }
  return result;
}

/** Like {@link run}, and rejects with the program's output when it fails. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} ended with ${result.code}:\n${result.output.slice(-6000).trim()}`,
    );
  }
  return result;
}
