import { CancelledError } from '../../base/cancellation.ts';
import { messageOf } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import type { Exec, ExecOutcome, ExecRequest } from '../../probe/exec.ts';
import { Deferred } from '../deferred.ts';
import { FairLimit } from '../fairLimit.ts';
import { LinkedAbort } from '../linkedAbort.ts';
import { ApiError } from '../transport/apiError.ts';
import type { ClusterClient } from '../transport/client.ts';
import { channel, openChannels, type Channels, type ChannelsEnd } from './channels.ts';
import { endProcessCommand } from './endProcess.ts';
import { readExitStatus } from './exitStatus.ts';
import { LimitedOutput } from './limitedOutput.ts';

export interface ExecOptions {
  readonly client: ClusterClient;
  /** The node a container runs on, where it is known: at most two execs run on one node at once. */
  readonly nodeOf?: (target: ContainerRef) => string | undefined;
}

/** The API server does not limit exec (it is exempt from Priority and Fairness), so we do. */
const atOnce = 8;
const perNode = 2;
const defaultOutputLimit = 256 * 1024;
const endRemoteMs = 5_000;

type Output = Pick<Extract<ExecOutcome, { is: 'timed-out' }>, 'stdout' | 'stderr' | 'truncated'>;

class SocketExec implements Exec {
  readonly #client: ClusterClient;
  readonly #nodeOf: (target: ContainerRef) => string | undefined;
  readonly #limit = new FairLimit(atOnce, perNode);

  constructor({ client, nodeOf = () => undefined }: ExecOptions) {
    this.#client = client;
    this.#nodeOf = nodeOf;
  }

  run(request: ExecRequest, signal: AbortSignal): Promise<ExecOutcome> {
    return this.#limit.run(this.#nodeOf(request.target), () => this.#run(request, signal), signal);
  }

  async #run(request: ExecRequest, signal: AbortSignal): Promise<ExecOutcome> {
    const limit = request.outputLimit ?? defaultOutputLimit;
    const stdout = new LimitedOutput(limit);
    const stderr = new LimitedOutput(limit);
    const output = (): Output => ({
      stdout: stdout.text(),
      stderr: stderr.text(),
      truncated: stdout.truncated || stderr.truncated,
    });
    // The wait for a turn does not count: it says nothing about this exec.
    const deadline = new LinkedAbort(signal, request.timeoutMs);
    let end: ChannelsEnd;
    let started = false;
    try {
      const channels = await openChannels(
        this.#client,
        { target: request.target, command: request.command, stdin: request.stdin !== undefined, tty: false },
        deadline.signal,
      );
      started = true;
      channels.listen((from, bytes) => (from === channel.stdout ? stdout : stderr).add(bytes));
      if (request.stdin !== undefined) {
        channels.write(request.stdin);
        channels.endStdin();
      }
      end = await endOf(channels, deadline.signal);
    } catch (error) {
      if (started && (signal.aborted || deadline.timedOut)) void this.#endRemote(request);
      if (signal.aborted) throw new CancelledError();
      if (deadline.timedOut) return { is: 'timed-out', ...output() };
      if (error instanceof ApiError) {
        return { is: 'refused', httpStatus: error.httpStatus, message: error.message };
      }
      return { is: 'transport-failed', message: messageOf(error), ...output() };
    } finally {
      deadline.dispose();
    }
    return interpret(end, output());
  }
  /** Ends what is left in the container of a process that is given up; when it cannot, nobody waits for it. */
  async #endRemote({ target, command }: ExecRequest): Promise<void> {
    const deadline = AbortSignal.timeout(endRemoteMs);
    const end = async (): Promise<void> => {
      const channels = await openChannels(
        this.#client,
        { target, command: endProcessCommand(command), stdin: false, tty: false },
        deadline,
      );
      channels.listen(() => undefined);
      await endOf(channels, deadline);
    };
    try {
      await this.#limit.run(this.#nodeOf(target), end, deadline);
    } catch {
      // The pod or the way to it may be gone, which is why it was given up: its own time-out ends the program.
      return;
    }
  }
}

/** @throws CancelledError once the signal aborts; the connection is then closed. */
async function endOf(channels: Channels, signal: AbortSignal): Promise<ChannelsEnd> {
  const cancelled = new Deferred<never>();
  const onAbort = (): void => {
    channels.close();
    cancelled.reject(new CancelledError());
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([channels.ended, cancelled.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function interpret(end: ChannelsEnd, output: Output): ExecOutcome {
  if (end.is === 'closed') {
    const message = t('The connection closed without an exit status ({0}).', oneLine(end.reason));
    return { is: 'no-status', message, ...output };
  }
  if (end.is === 'broken') {
    return {
      is: 'transport-failed',
      message: t('The connection broke: {0}.', oneLine(end.reason)),
      ...output,
    };
  }
  const exit = readExitStatus(end.status, output.stderr);
  switch (exit.is) {
    case 'exited':
      return { ...exit, ...output };
    case 'program-missing':
      return exit;
    case 'failed':
      return { is: 'transport-failed', message: exit.message, ...output };
  }
}

/**
 * Runs programs in the containers behind a client, over WebSocket; at most eight at once, two on a node. On servers
 * before 1.30 (v4) standard input cannot be closed: a program that reads it must know its end, as the probes' `END`
 * line tells it. A cancelled or timed-out program is ended in its container where that has
 * a shell; bound it there too.
 */
export function createExec(options: ExecOptions): Exec {
  return new SocketExec(options);
}
