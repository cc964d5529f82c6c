import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.join(import.meta.dirname, '../..');
/** What a user runs: the bundle, as a program of its own. */
export const program = path.join(root, 'dist/cli.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts podnet. The environment holds nothing of this machine's clusters. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  if (!existsSync(program)) throw new Error('dist/cli.js is missing: run npm run build first');
  return spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, HOME: path.join(root, 'nowhere'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function ended(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** Runs podnet to its end. */
export function podnet(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
  return ended(start(args, env));
}

export interface RunningLab {
  readonly kubeconfig: string;
  readonly child: ChildProcess;
  /** Ends it as Ctrl-C does, and answers the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `podnet lab` and waits for its first line, the path of the kubeconfig. */
export async function startLab(args: readonly string[] = []): Promise<RunningLab> {
  const child = start(['lab', ...args]);
  const end = new Promise<number | null>((resolve) => child.on('close', resolve));
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  if (child.stdout === null) throw new Error('no stdout');
  const lines = createInterface({ input: child.stdout });
  const kubeconfig = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    void end.then((code) => reject(new Error(`podnet lab ended with ${code ?? 'a signal'}: ${errors}`)));
  });
  return {
    kubeconfig,
    child,
    stop: () => {
      child.kill('SIGINT');
      return end;
    },
  };
}
