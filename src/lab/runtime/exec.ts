import { Descriptor, DescriptorTable } from './system/descriptors.ts';
import { SystemError } from './system/errors.ts';
import { openDevice } from './system/openFiles.ts';
import { bytesOf, Pipe } from './system/pipe.ts';
import { killSession, signalGroup, type Process } from './system/process.ts';
import { Terminal } from './system/terminal.ts';
import { execProblem, type RunningContainer } from './pod/container.ts';
import type { ExecOptions, ExecSession } from './types.ts';
import { randomBytes } from 'node:crypto';

/** So much input may wait for a program that does not read it. */
const mostInput = 128 * 1_048_576;

/** A session in which no process could be started. */
export function notStarted(message: string): ExecSession {
  return {
    stdout: nothing(),
    stderr: nothing(),
    writeStdin: () => undefined,
    endStdin: () => undefined,
    resize: () => undefined,
    kill: () => undefined,
    exited: Promise.resolve({ notStarted: message }),
  };
}

/** Starts a process in a container and connects it to the client. */
export function startExec(container: RunningContainer, options: ExecOptions): ExecSession {
  return options.tty ? withTerminal(container, options) : withPipes(container, options);
}

function withPipes(container: RunningContainer, options: ExecOptions): ExecSession {
  const [input, output, errors] = [new Pipe(), new Pipe(), new Pipe()];
  const descriptors = new DescriptorTable();
  descriptors.set(0, new Descriptor(options.stdin ? input.output : openDevice('null')));
  descriptors.set(1, new Descriptor(output.input));
  descriptors.set(2, new Descriptor(errors.input));
  const process = start(container, options, descriptors, {});
  if (!('pid' in process)) return process;
  return {
    stdout: bytesOf(output),
    stderr: bytesOf(errors),
    writeStdin: (bytes) => {
      input.pushUnlessClosed(bytes);
      // The client cannot be held back: one that sends without end to a program that does not read is cut off.
      if (input.waiting > mostInput) killSession(process.kernel, process.session);
    },
    endStdin: () => input.closeWriter(),
    resize: () => undefined,
    kill: () => killSession(process.kernel, process.session),
    exited: process.exited.then((exitCode) => {
      // What the process left running keeps the pipes open in a real container too, but not the session.
      output.closeWriter();
      errors.closeWriter();
      return { exitCode };
    }),
  };
}

function withTerminal(container: RunningContainer, options: ExecOptions): ExecSession {
  const terminal = new Terminal((group, signal) => signalGroup(container.kernel, group, signal));
  const descriptor = new Descriptor(terminal);
  const descriptors = new DescriptorTable();
  descriptors.set(0, descriptor);
  descriptors.set(1, descriptor.share());
  descriptors.set(2, descriptor.share());
  const process = start(container, options, descriptors, { TERM: 'xterm' });
  if (!('pid' in process)) return process;
  terminal.foreground ??= process.group;
  return {
    stdout: bytesOf(terminal.output),
    stderr: nothing(),
    writeStdin: (bytes) => terminal.type(bytes),
    endStdin: () => terminal.hangUp(),
    resize: (columns, rows) => {
      terminal.columns = columns;
      terminal.rows = rows;
    },
    kill: () => killSession(process.kernel, process.session),
    exited: process.exited.then((exitCode) => {
      terminal.hangUp();
      killSession(process.kernel, process.session);
      terminal.output.closeWriter();
      return { exitCode };
    }),
  };
}

function start(
  container: RunningContainer,
  options: ExecOptions,
  descriptors: DescriptorTable,
  extra: Readonly<Record<string, string>>,
): Process | ExecSession {
  const [name = ''] = options.command;
  try {
    return container.exec(options.command, descriptors, extra);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    descriptors.closeAll();
    const id = randomBytes(32).toString('hex');
    return notStarted(
      `error executing command in container: failed to exec in container: failed to start exec "${id}": ` +
        `OCI runtime exec failed: exec failed: unable to start container process: ${execProblem(name, error)}`,
    );
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An empty stream.
}
