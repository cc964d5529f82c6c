import { CancelledError } from '../../base/cancellation.ts';
import { ExplainedError } from '../../base/errors.ts';
import type { Event } from '../../base/event.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import type { ContainerRef, Terminals, TerminalSession } from '../../model/terminal.ts';
import { Deferred } from '../deferred.ts';
import type { ClusterClient } from '../transport/client.ts';
import { openChannels, type Channels, type ChannelsEnd } from './channels.ts';
import { readExitStatus } from './exitStatus.ts';
import { HeldEmitter } from './heldEmitter.ts';

/** Only output or an end says that a program runs or does not; one that stays silent is taken to run. */
const silenceMs = 1_500;

type Ended = Awaited<TerminalSession['ended']>;

class SocketTerminals implements Terminals {
  readonly #client: ClusterClient;

  constructor(client: ClusterClient) {
    this.#client = client;
  }

  async open(
    target: ContainerRef,
    command: readonly string[],
    size: { readonly columns: number; readonly rows: number },
    signal: AbortSignal,
  ): Promise<TerminalSession> {
    const channels = await openChannels(this.#client, { target, command, stdin: true, tty: true }, signal);
    const session = new SocketSession(channels);
    session.resize(size.columns, size.rows);
    try {
      await session.running(target, command, signal);
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }
}

class SocketSession implements TerminalSession {
  readonly onDidReceive: Event<Uint8Array>;
  readonly ended: Promise<Ended>;
  readonly #channels: Channels;
  readonly #firstOutput: Promise<undefined>;

  constructor(channels: Channels) {
    this.#channels = channels;
    const received = new HeldEmitter<Uint8Array>();
    this.onDidReceive = received.event;
    const first = new Deferred<undefined>();
    this.#firstOutput = first.promise;
    channels.listen((_channel, bytes) => {
      first.resolve(undefined);
      received.fire(bytes);
    });
    this.ended = channels.ended.then(describeEnd);
  }

  /** Settles once the program is known, or taken, to run. @throws ExplainedError, CancelledError */
  async running(target: ContainerRef, command: readonly string[], signal: AbortSignal): Promise<void> {
    const cancelled = new Deferred<never>();
    const silent = new Deferred<undefined>();
    const onAbort = (): void => cancelled.reject(new CancelledError());
    const timer = setTimeout(() => silent.resolve(undefined), silenceMs);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    try {
      const end = await Promise.race([
        this.#firstOutput,
        this.#channels.ended,
        silent.promise,
        cancelled.promise,
      ]);
      if (end !== undefined) throwIfNotStarted(end, target, command);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  write(data: string): void {
    this.#channels.write(data);
  }

  resize(columns: number, rows: number): void {
    this.#channels.resize(columns, rows);
  }

  /** Ctrl-C and Ctrl-D: the runtime keeps a program that nobody looks at any more; most shells end by these. */
  close(): void {
    this.#channels.write('\u0003\u0004');
    this.#channels.close();
  }
}

function throwIfNotStarted(end: ChannelsEnd, target: ContainerRef, command: readonly string[]): void {
  const container = oneLine(target.container, 80);
  const pod = oneLine(`${target.namespace}/${target.pod}`, 200);
  const exit = end.is === 'status' ? readExitStatus(end.status, '') : undefined;
  if (exit?.is === 'exited') return;
  if (exit?.is === 'program-missing') {
    throw new ExplainedError(
      'program-missing',
      t(
        'There is no program "{0}" in container {1} of pod {2}: {3}',
        oneLine(command[0] ?? '', 120),
        container,
        pod,
        exit.message,
      ),
      { remedy: t('Choose a program the image has; images without a shell need an ephemeral container.') },
    );
  }
  throw new ExplainedError(
    'terminal-failed',
    t(
      'No terminal in container {0} of pod {1}: {2}',
      container,
      pod,
      exit?.message ?? describeEnd(end).message,
    ),
    { remedy: t('Check that the container runs, and try again.') },
  );
}

function describeEnd(end: ChannelsEnd): Ended {
  if (end.is !== 'status') {
    const reason = oneLine(end.reason);
    const message =
      end.is === 'broken'
        ? t('The connection broke: {0}.', reason)
        : t('The connection was closed: {0}.', reason);
    return { exitCode: undefined, message };
  }
  const exit = readExitStatus(end.status, '');
  return exit.is === 'exited'
    ? { exitCode: exit.exitCode, message: t('The process ended with exit code {0}.', exit.exitCode) }
    : { exitCode: undefined, message: exit.message };
}

/** Opens interactive processes in the containers behind a client. */
export function createTerminals({ client }: { readonly client: ClusterClient }): Terminals {
  return new SocketTerminals(client);
}
