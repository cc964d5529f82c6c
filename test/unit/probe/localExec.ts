import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Exec, ExecOutcome, ExecRequest } from '../../../src/probe/exec.ts';

/** Runs programs on this machine as an Exec runs them in a container: same argv, only these programs on the PATH. */
export class LocalExec implements Exec {
  readonly #path: string;
  readonly commands: (readonly string[])[] = [];

  constructor(folder: string) {
    this.#path = folder;
  }

  async run(request: ExecRequest, signal: AbortSignal): Promise<ExecOutcome> {
    this.commands.push(request.command);
    const [program = '', ...args] = request.command;
    const child = spawn(program, args, {
      env: { PATH: this.#path },
      stdio: ['pipe', 'pipe', 'pipe'],
      signal,
    });
    // A program that ends without reading all of it is none of our business.
    child.stdin.on('error', () => undefined);
    child.stdin.end(request.stdin ?? '');
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    return new Promise((resolve, reject) => {
      child.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') {
          resolve({
            is: 'program-missing',
            message: `exec: "${program}": executable file not found in $PATH`,
          });
        } else reject(error);
      });
      child.on('close', (code, signalName) => {
        // As container runtimes count: 128 and the signal's number.
        const exitCode = code ?? 128 + (signalName === null ? 0 : constants.signals[signalName]);
        resolve({ is: 'exited', exitCode, stdout, stderr, truncated: false });
      });
    });
  }
}

/** Answers from a list, in order, and keeps what was asked: for what no program can be made to do. */
export class ScriptedExec implements Exec {
  readonly requests: ExecRequest[] = [];
  readonly #answers: ((request: ExecRequest) => ExecOutcome)[];

  constructor(...answers: (ExecOutcome | ((request: ExecRequest) => ExecOutcome))[]) {
    this.#answers = answers.map((answer) => (typeof answer === 'function' ? answer : () => answer));
  }

  run(request: ExecRequest, signal: AbortSignal): Promise<ExecOutcome> {
    signal.throwIfAborted();
    this.requests.push(request);
    const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
    if (answer === undefined) throw new Error('nothing was prepared');
    return Promise.resolve(answer(request));
  }
}

export function exited(exitCode: number, stdout: string, stderr = ''): ExecOutcome {
  return { is: 'exited', exitCode, stdout, stderr, truncated: false };
}

export function programMissing(program: string): ExecOutcome {
  return { is: 'program-missing', message: `exec: "${program}": executable file not found in $PATH` };
}
