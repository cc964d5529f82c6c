import { ExplainedError, isCancellation } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import { oneLine } from '../../base/hostileText.ts';
import { createClient, createConnection, Kubeconfigs, type ClusterClient } from '../../cluster/index.ts';
import type { ClusterConnection, ClusterContext, Contexts, NamespaceScope } from '../../model/connection.ts';
import type { Kind } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ClusterOptions } from '../globalOptions.ts';
import { tell } from '../tell.ts';
import type { Io } from '../verb.ts';

/** One cluster, for as long as a verb runs. */
export interface Session extends Disposable {
  readonly connection: ClusterConnection;
  /** The way into the cluster, for what runs in its containers. */
  readonly client: ClusterClient;
  /**
   * The Snapshot of the scope, read completely or with its gaps known.
   * @throws ExplainedError where the cluster did not answer in time, cannot be reached or refuses; CancelledError.
   */
  read(): Promise<Snapshot>;
}

/**
 * Opens the way to the cluster that the options and the kubeconfig name. Contacts nothing before `read`.
 * @param scopeOf which namespaces to read, given the context's own.
 * @param kinds what to read; default: every kind of a Snapshot.
 * @throws ExplainedError where there is no kubeconfig or no such context.
 */
export async function openSession(
  options: ClusterOptions,
  scopeOf: (context: ClusterContext) => NamespaceScope,
  io: Io,
  kinds?: readonly Kind[],
): Promise<Session> {
  const store = new DisposableStore();
  try {
    const kubeconfigs = store.add(new Kubeconfigs({ file: options.kubeconfig }));
    const context = chooseContext(await kubeconfigs.read(), options.context);
    for (const problem of await kubeconfigs.problems()) {
      const line = problem.line === undefined ? '' : `:${problem.line}`;
      const message = /[.!?…]$/.test(problem.message) ? problem.message : `${problem.message}.`;
      tell(`${problem.file}${line}: ${message} ${problem.remedy}`, io.stderr);
    }
    const client = store.add(createClient(kubeconfigs, context));
    const connection = store.add(
      createConnection({ client, scope: scopeOf(context), ...(kinds !== undefined && { kinds }) }),
    );
    return {
      connection,
      client,
      read: () => readAll(connection, options.timeoutMs, io),
      dispose: () => store.dispose(),
    };
  } catch (error) {
    store.dispose();
    throw error;
  }
}

async function readAll(connection: ClusterConnection, timeoutMs: number, io: Io): Promise<Snapshot> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const snapshot = await connection.whenRead(AbortSignal.any([io.signal, deadline]));
    if (connection.isPracticeLab) tell('this is the practice lab, a simulated cluster', io.stderr);
    return snapshot;
  } catch (error) {
    if (!deadline.aborted || io.signal.aborted || !isCancellation(error)) throw error;
    const { name, server } = connection.context;
    throw new ExplainedError(
      'timeout',
      `Context ${oneLine(name)} (${oneLine(server)}) was not read within ${timeoutMs / 1_000} s`,
      { remedy: 'Give it more time with --timeout SECONDS, or check the way to the server.' },
    );
  }
}

function chooseContext(contexts: Contexts, wanted: string | undefined): ClusterContext {
  switch (contexts.is) {
    case 'none':
      throw new ExplainedError(
        'no-kubeconfig',
        `There is no kubeconfig (looked for ${contexts.searched.join(', ')})`,
        {
          remedy: 'Name one with --kubeconfig FILE, or start the practice lab with podnet lab.',
        },
      );
    case 'broken':
      throw new ExplainedError('broken-kubeconfig', `${contexts.file}: ${contexts.message}`, {
        remedy: contexts.remedy,
      });
    case 'read':
      break;
  }
  const name = wanted ?? contexts.current;
  const names = contexts.contexts.map((context) => oneLine(context.name)).join(', ');
  if (name === '') {
    throw new ExplainedError('no-context', 'The kubeconfig names no current context', {
      remedy: `Choose one with --context: ${names}.`,
    });
  }
  const found = contexts.contexts.find((context) => context.name === name);
  if (found !== undefined) return found;
  throw new ExplainedError('unknown-context', `The kubeconfig has no context "${oneLine(name)}"`, {
    remedy: names === '' ? 'It has no contexts at all.' : `It has: ${names}.`,
  });
}
