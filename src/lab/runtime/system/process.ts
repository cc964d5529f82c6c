import { absolute, type Credentials, type FileSystem } from '../fs/fileSystem.ts';
import type { DescriptorTable } from './descriptors.ts';
import { type OpenFile } from './descriptors.ts';
import { messageOf, SystemError } from './errors.ts';
import { readExecutable, which } from './executable.ts';
import type { Kernel, Program } from './kernel.ts';
import { Killed, type SignalName } from './signals.ts';
import { Terminal } from './terminal.ts';
import { delay, unlessAborted } from './wait.ts';

export interface ProcessSpec {
  readonly argv: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly who: Credentials;
  /** The process owns the table and closes it at its end. */
  readonly descriptors: DescriptorTable;
  readonly parent?: Process;
  /** Starts a process group of its own, so that a signal can reach it and its children alone. */
  readonly newGroup?: boolean;
}

/** As a container's pids limit: more processes cannot be started. */
const mostProcesses = 512;

/** A running program of a container. */
export class Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** The process that `kubectl exec`, or the container's start, began with. */
  readonly session: number;
  readonly kernel: Kernel;
  readonly environment: Map<string, string>;
  readonly descriptors: DescriptorTable;
  readonly startedAt = new Date();
  readonly who: Credentials;
  readonly files: FileSystem;
  /** What the process does when a signal comes; without an entry it ends. */
  readonly handlers = new Map<SignalName, () => void>();
  argv: readonly string[];
  cwd: string;
  private readonly life = new AbortController();
  private readonly done: Promise<number>;
  private finished = false;

  constructor(kernel: Kernel, spec: ProcessSpec, body: Program) {
    if (kernel.processes.size >= mostProcesses) {
      spec.descriptors.closeAll();
      throw new SystemError('EAGAIN');
    }
    this.kernel = kernel;
    this.pid = kernel.nextPid();
    this.parent = spec.parent?.pid ?? 0;
    this.group = spec.newGroup === true ? this.pid : (spec.parent?.group ?? this.pid);
    this.session = spec.parent?.session ?? this.pid;
    this.argv = spec.argv;
    this.environment = new Map(spec.environment);
    this.cwd = spec.cwd;
    this.who = spec.who;
    this.files = kernel.files.as(spec.who);
    this.descriptors = spec.descriptors;
    kernel.processes.set(this.pid, this);
    this.done = this.run(body);
  }

  /** Aborts when the process is killed; everything it waits for takes this signal. */
  get signal(): AbortSignal {
    return this.life.signal;
  }

  get running(): boolean {
    return !this.finished;
  }

  /** The exit code, once the program has ended; never rejects. */
  get exited(): Promise<number> {
    return this.done;
  }

  /** Sends a signal: its handler runs, or the process ends. KILL cannot be handled. */
  deliver(signal: SignalName): void {
    if (this.finished || signal === 'CONT' || signal === 'STOP') return;
    const handler = signal === 'KILL' ? undefined : this.handlers.get(signal);
    if (handler) handler();
    else this.life.abort(new Killed(signal));
  }

  /** The terminal among the standard descriptors, if the process has one. */
  get terminal(): Terminal | undefined {
    for (const number of [0, 1, 2]) {
      if (!this.descriptors.has(number)) continue;
      const { file } = this.descriptors.get(number);
      if (file instanceof Terminal) return file;
    }
    return undefined;
  }

  async print(text: string): Promise<void> {
    await this.write(1, text);
  }

  async printError(text: string): Promise<void> {
    await this.write(2, text);
  }

  async write(number: number, bytes: string | Uint8Array): Promise<void> {
    await this.file(number).write(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, this.signal);
  }

  /** @throws SystemError EBADF */
  file(number: number): OpenFile {
    return this.descriptors.get(number).file;
  }

  /** Everything up to the end of the input, at most so many bytes. */
  async readAll(number = 0, most = 64 * 1024 * 1024): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    while (size < most && this.descriptors.has(number)) {
      const bytes = await this.file(number).read(65_536, this.signal);
      if (bytes.length === 0) break;
      chunks.push(bytes);
      size += bytes.length;
    }
    return Buffer.concat(chunks);
  }

  sleep(milliseconds: number): Promise<void> {
    return delay(milliseconds, this.signal);
  }

  absolute(path: string): string {
    return absolute(this.cwd, path);
  }

  /**
   * Starts another program as a child.
   * @throws SystemError when the file cannot be run
   */
  spawn(argv: readonly string[], options: SpawnOptions = {}): Process {
    const { full, body } = this.program(argv, options.path);
    return new Process(
      this.kernel,
      {
        argv: full,
        environment: options.environment ?? this.environment,
        cwd: options.cwd ?? this.cwd,
        who: options.who ?? this.who,
        descriptors: options.descriptors ?? this.descriptors.copy(),
        parent: this,
        newGroup: options.newGroup ?? false,
      },
      body,
    );
  }

  /**
   * Becomes another program, as `execve`: the process keeps its number and descriptors.
   * @throws SystemError when the file cannot be run
   */
  become(argv: readonly string[], environment: ReadonlyMap<string, string>, path?: string): Promise<number> {
    const { full, body } = this.program(argv, path);
    this.argv = full;
    this.environment.clear();
    for (const [name, value] of environment) this.environment.set(name, value);
    this.handlers.clear();
    return body(this);
  }

  /** A child that goes on with other code of the same program, as a subshell does. */
  fork(body: Program, descriptors = this.descriptors.copy(), newGroup = false): Process {
    const { argv, environment, cwd, who } = this;
    const spec = { argv, environment, cwd, who, descriptors, parent: this, newGroup };
    return new Process(this.kernel, spec, body);
  }

  /** Waits for a child; when this process is killed first, that is thrown. */
  wait(child: Process): Promise<number> {
    return unlessAborted(child.exited, this.signal);
  }

  private program(
    argv: readonly string[],
    known: string | undefined,
  ): { full: readonly string[]; body: Program } {
    const path = known ?? which(argv[0] ?? '', this.files, this.cwd, this.environment.get('PATH'));
    if (path === undefined) throw new SystemError('ENOENT', argv[0]);
    const { program, before } = readExecutable(path, this.files);
    const body = this.kernel.programs.get(program);
    if (body === undefined) throw new SystemError('ENOEXEC', path);
    return { full: before.length > 0 ? [...before, ...argv.slice(1)] : argv, body };
  }

  private async run(body: Program): Promise<number> {
    try {
      // The creator gets hold of the process before its first step.
      await Promise.resolve();
      const status = await body(this);
      // A process that signals itself ends by that, even when it had nothing more to do.
      const { reason } = this.life.signal as { reason: unknown };
      return reason instanceof Killed ? reason.exitCode : status;
    } catch (error) {
      if (error instanceof Killed) return error.exitCode;
      if (error instanceof SystemError && error.code === 'EPIPE') return new Killed('PIPE').exitCode;
      return await this.crash(error);
    } finally {
      this.finished = true;
      this.descriptors.closeAll();
      this.kernel.processes.delete(this.pid);
      this.life.abort(new Killed('KILL'));
    }
  }

  /** A fault of the lab's own program: said on the process' standard error, never swallowed. */
  private async crash(error: unknown): Promise<number> {
    try {
      await this.printError(`${this.argv[0] ?? ''}: ${messageOf(error)}\n`);
    } catch (unwritable) {
      if (!(unwritable instanceof Killed || unwritable instanceof SystemError)) throw unwritable;
    }
    return 1;
  }
}

export interface SpawnOptions {
  /** The executable's path, when it has been looked up before. */
  path?: string;
  environment?: ReadonlyMap<string, string>;
  cwd?: string;
  who?: Credentials;
  descriptors?: DescriptorTable;
  newGroup?: boolean;
}

/** Sends a signal to all processes of a group. */
export function signalGroup(kernel: Kernel, group: number, signal: SignalName): void {
  for (const process of [...kernel.processes.values()]) if (process.group === group) process.deliver(signal);
}

/** Ends all processes that one exec, or the container's start, brought forth. */
export function killSession(kernel: Kernel, session: number): void {
  for (const process of [...kernel.processes.values()])
    if (process.session === session) process.deliver('KILL');
}
