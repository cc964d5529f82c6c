import { Descriptor, DescriptorTable, type OpenFile } from '../system/descriptors.ts';
import { openDevice } from '../system/openFiles.ts';
import { bytesOf, Pipe } from '../system/pipe.ts';
import { Terminal } from '../system/terminal.ts';
import type { SignalName } from '../system/signals.ts';
import type { ExecSession } from '../types.ts';
import type { ContainerLog } from './logs.ts';

/** An attached client that has not read so much is let go: it must not hold the container up. */
const mostUnread = 1_048_576;

interface Client {
  readonly stdout: Pipe;
  readonly stderr: Pipe;
}

/** Input and output of a container's main process: what it writes goes to the log and to who is attached. */
export class MainStreams {
  private readonly log: ContainerLog;
  private readonly clients = new Set<Client>();
  private readonly input: Pipe | undefined;
  private readonly terminal: Terminal | undefined;
  private readonly once: boolean;

  constructor(
    log: ContainerLog,
    wanted: { stdin: boolean; stdinOnce: boolean; tty: boolean },
    signal: (group: number, name: SignalName) => void,
  ) {
    this.log = log;
    this.once = wanted.stdinOnce;
    if (wanted.tty) this.terminal = new Terminal(signal);
    if (wanted.stdin && !wanted.tty) this.input = new Pipe();
  }

  /** The descriptors of the main process. */
  descriptors(): DescriptorTable {
    const table = new DescriptorTable();
    if (this.terminal) {
      const descriptor = new Descriptor(this.terminal);
      table.set(0, descriptor);
      table.set(1, descriptor.share());
      table.set(2, descriptor.share());
      void this.pump(this.terminal);
      return table;
    }
    table.set(0, new Descriptor(this.input?.output ?? openDevice('null')));
    table.set(1, new Descriptor(this.both('stdout')));
    table.set(2, new Descriptor(this.both('stderr')));
    return table;
  }

  /** Connects a client until it lets go or the process has ended. */
  attach(exited: Promise<number>): ExecSession {
    const client: Client = { stdout: new Pipe(), stderr: new Pipe() };
    this.clients.add(client);
    const { input, terminal } = this;
    let letGo: (exitCode: number) => void = () => undefined;
    const leaving = new Promise<number>((resolve) => {
      letGo = resolve;
    });
    return {
      stdout: bytesOf(client.stdout),
      stderr: bytesOf(client.stderr),
      writeStdin: (bytes) => (terminal ? terminal.type(bytes) : input?.pushUnlessClosed(bytes)),
      endStdin: () => {
        if (this.once) input?.closeWriter();
      },
      resize: (columns, rows) => {
        if (terminal) Object.assign(terminal, { columns, rows });
      },
      kill: () => letGo(0),
      exited: Promise.race([exited, leaving]).then((exitCode) => {
        this.detach(client);
        return { exitCode };
      }),
    };
  }

  private detach(client: Client): void {
    this.clients.delete(client);
    client.stdout.closeWriter();
    client.stderr.closeWriter();
  }

  private both(name: 'stdout' | 'stderr'): OpenFile {
    const log = this.log.stream(name);
    return {
      ...log,
      write: async (bytes, signal) => {
        await log.write(bytes, signal);
        this.share(name, bytes);
      },
    };
  }

  private share(name: 'stdout' | 'stderr', bytes: Uint8Array): void {
    for (const client of this.clients) {
      client[name].pushUnlessClosed(bytes);
      if (client[name].waiting > mostUnread) this.detach(client);
    }
  }

  /** A terminal's output has one reader: this, for the log and for all clients. */
  private async pump(terminal: Terminal): Promise<void> {
    const log = this.log.stream('stdout');
    const never = new AbortController().signal;
    for await (const bytes of bytesOf(terminal.output)) {
      const plain = Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n');
      await log.write(Buffer.from(plain, 'latin1'), never);
      this.share('stdout', bytes);
    }
    log.close();
  }
}
