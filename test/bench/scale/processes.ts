import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ClientAnswer, ClientRequest, ClientTask, ServerAnswer, ServerRequest } from './messages.ts';

type Answer = ServerAnswer | ClientAnswer;

/** A process of this bench and its answers, one at a time. */
export class Peer<Request extends object, Reply extends Answer> {
  readonly #child: ChildProcess;
  readonly #waiting: Reply[] = [];
  #wake: (() => void) | undefined;

  constructor(program: string, argument: string) {
    this.#child = fork(path.join(import.meta.dirname, program), [argument], {
      execArgv: ['--expose-gc', '--max-old-space-size=8192'],
      serialization: 'json',
    });
    this.#child.on('message', (answer: Reply) => {
      this.#waiting.push(answer);
      this.#wake?.();
    });
    this.#child.on('exit', () => this.#wake?.());
  }

  tell(request: Request): void {
    this.#child.send(request);
  }

  /** The next answer. @throws where the process ended or failed */
  async next<Is extends Reply['is']>(is: Is): Promise<Extract<Reply, { is: Is }>> {
    while (this.#waiting.length === 0) {
      if (this.#child.exitCode !== null) throw new Error(`the process ended with ${this.#child.exitCode}`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const answer = this.#waiting.shift();
    if (answer?.is === 'failed') throw new Error(answer.message);
    if (answer?.is !== is) throw new Error(`the process said ${answer?.is ?? 'nothing'} where ${is} was due`);
    return answer as Extract<Reply, { is: Is }>;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exit = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    await exit;
  }
}

export const startServer = (pods: number): Peer<ServerRequest, ServerAnswer> =>
  new Peer('server.ts', String(pods));
export const startClient = (task: ClientTask): Peer<ClientRequest, ClientAnswer> =>
  new Peer('client.ts', JSON.stringify(task));

/** What a program took. @throws where it fails */
export async function runProgram(
  command: string,
  args: readonly string[],
): Promise<{ ms: number; cpuMs: number; peakRssMb: number; bytes: number }> {
  const startedAt = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let bytes = 0;
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => (bytes += chunk.length));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  let peakKb = 0;
  let cpuMs = 0;
  // The kernel keeps both itself; they are gone with the process, so it is asked often.
  const timer = setInterval(() => {
    peakKb = Math.max(peakKb, peakRssKb(child.pid ?? 0));
    cpuMs = Math.max(cpuMs, workedMs(child.pid ?? 0));
  }, 10);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(timer);
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${complaint.slice(0, 500)}`);
  return {
    ms: Math.round(performance.now() - startedAt),
    cpuMs,
    peakRssMb: Math.round(peakKb / 1024),
    bytes,
  };
}

function peakRssKb(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(ofProcess(pid, 'status'))?.[1] ?? 0);
}

/** Processor time of all its threads; Linux counts it in hundredths of a second. */
function workedMs(pid: number): number {
  // Behind the name, which may hold anything but ends with the last bracket, come the fields from the third on.
  const fields = ofProcess(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
}

function ofProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // The process has ended between two looks.
    return '';
  }
}
