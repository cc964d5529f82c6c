import type { Disposable } from '../../base/event.ts';
import { describeOtherPolicies } from '../../model/otherPolicies.ts';
import type { World } from '../../reach/world.ts';
import type { Cluster } from './clusterAccess.ts';
import type { Session } from './session.ts';

/** What was read of a cluster for one question, with the way into it. Disposing of it lets go of the connection. */
export interface WideReading extends Disposable {
  readonly cluster: Cluster;
  readonly world: World;
}

/**
 * Reads all namespaces, whatever the views show, since what stops a connection may stand in any of them. Where the user
 * may not read them all: those that the question names, and those the views show.
 * @param cluster the session's own.
 * @throws ExplainedError where the cluster cannot be reached or refuses; CancelledError.
 */
export async function readWidely(
  session: Session,
  cluster: Cluster,
  namespaces: readonly string[],
  signal: AbortSignal,
): Promise<WideReading> {
  const shown = cluster.connection.scope;
  if (shown.is === 'all') return read(cluster, () => undefined, signal);
  const all = session.openBeside({ is: 'all' });
  try {
    const reading = await read(all, () => all.dispose(), signal);
    if (reading.world.snapshot.coverage('Pod').is !== 'forbidden') return reading;
    reading.dispose();
  } catch (error) {
    // Only a refusal makes way for less; whatever else went wrong would go wrong again.
    const refused = all.connection.state.is === 'forbidden';
    all.dispose();
    if (!refused) throw error;
  }
  const wanted = new Set([...namespaces, ...shown.namespaces]);
  if (wanted.size === shown.namespaces.length) return read(cluster, () => undefined, signal);
  const some = session.openBeside({ is: 'only', namespaces: [...wanted] });
  try {
    return await read(some, () => some.dispose(), signal);
  } catch (error) {
    some.dispose();
    throw error;
  }
}

async function read(cluster: Cluster, letGo: () => void, signal: AbortSignal): Promise<WideReading> {
  const watch = cluster.connection.watch();
  try {
    const snapshot = await cluster.connection.whenRead(signal);
    const dispose = (): void => {
      watch.dispose();
      letGo();
    };
    const notEvaluated = await describeOtherPolicies(cluster.objects, signal);
    return { cluster, world: { snapshot, running: true, notEvaluated }, dispose };
  } catch (error) {
    watch.dispose();
    throw error;
  }
}
