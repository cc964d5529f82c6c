/** Starts the real lab as a process and runs the stock kubectl against it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Output {
  code: number;
  stdout: string;
  stderr: string;
}

export interface KubectlOptions {
  input?: string;
  /** Ends the command (with SIGINT) as soon as its output matches: for watches and followed logs. */
  until?: RegExp;
  context?: string;
}

/** No command of these tests may take longer. */
const limitMs = 45_000;
const source = fileURLToPath(new URL('../../src/lab/main.ts', import.meta.url));

/** The program under test: the source, or the bundle that `PODNET_LAB_JS` names. */
function labProgram(): string {
  return process.env.PODNET_LAB_JS ?? source;
}

async function ended(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? -1;
}

export class LabProcess {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly kubeconfig: string;
  #stderr = '';

  private constructor(child: ChildProcess, folder: string, kubeconfig: string) {
    this.#child = child;
    this.#folder = folder;
    this.kubeconfig = kubeconfig;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
  }

  static async start(...options: string[]): Promise<LabProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'podnet-kubectl-'));
    const child = spawn(process.execPath, [labProgram(), '--with-parent', '--with-viewer', ...options], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const lines = createInterface({ input: child.stdout });
    const first = await Promise.race([
      once(lines, 'line') as Promise<[string]>,
      ended(child).then(async (code) => {
        await rm(folder, { recursive: true, force: true });
        throw new Error(`the lab ended with ${code} as it started`);
      }),
    ]);
    return new LabProcess(child, folder, first[0]);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What the lab had to complain about. */
  get complaints(): string {
    return this.#stderr;
  }

  /** Runs kubectl; an answer is an answer, whatever its exit code. */
  async kubectl(args: readonly string[], options: KubectlOptions = {}): Promise<Output> {
    const program = process.env.KUBECTL ?? 'kubectl';
    const all = ['--kubeconfig', this.kubeconfig, '--cache-dir', join(this.#folder, 'cache')];
    if (options.context) all.push('--context', options.context);
    const child = spawn(program, [...all, ...args], { timeout: limitMs });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (options.until?.test(stdout)) child.kill('SIGINT');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    const code = await ended(child);
    return { code, stdout, stderr };
  }

  /** Runs kubectl in the background until `use` is done; `use` gets what matched in its output. */
  async during<T>(
    args: readonly string[],
    ready: RegExp,
    use: (match: RegExpExecArray) => Promise<T>,
  ): Promise<T> {
    const child = spawn(process.env.KUBECTL ?? 'kubectl', ['--kubeconfig', this.kubeconfig, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMs,
    });
    let output = '';
    try {
      const match = await new Promise<RegExpExecArray>((resolve, reject) => {
        const look = (text: string): void => {
          output += text;
          const found = ready.exec(output);
          if (found) resolve(found);
        };
        child.stdout.setEncoding('utf8').on('data', look);
        child.stderr.setEncoding('utf8').on('data', look);
        child.once('close', () => {
          reject(new Error(`kubectl ${args.join(' ')} ended: ${output}`));
        });
      });
      return await use(match);
    } finally {
      child.kill('SIGINT');
      await ended(child);
    }
  }

  /** Runs kubectl and gives its output; throws where it fails. */
  async run(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.kubectl(args);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout;
  }

  /** An object or list as JSON. */
  async get<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.run('get', ...args, '-o', 'json')) as T;
  }

  /** Ends the lab as its parent would, and says how it ended. */
  async stop(): Promise<number> {
    this.#child.kill('SIGTERM');
    const code = await ended(this.#child);
    await rm(this.#folder, { recursive: true, force: true });
    return code;
  }

  /** Closes the lab's standard input, as when its parent dies. */
  async leaveAlone(): Promise<number> {
    this.#child.stdin?.end();
    const code = await ended(this.#child);
    await rm(this.#folder, { recursive: true, force: true });
    return code;
  }
}

/** The cells of a printed table: one record a row, by the column's title. */
export function table(text: string): Record<string, string>[] {
  const [header = '', ...rows] = text.trimEnd().split('\n');
  const starts = [...header.matchAll(/\S+(?: \S+)*/g)].map((match) => ({ name: match[0], at: match.index }));
  return rows.map((row) =>
    Object.fromEntries(
      starts.map(({ name, at }, index) => [name, row.slice(at, starts[index + 1]?.at ?? undefined).trim()]),
    ),
  );
}
