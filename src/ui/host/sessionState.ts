import type { ClusterContext, Contexts } from '../../model/connection.ts';
import type { Cluster } from './clusterAccess.ts';

/** Which cluster this window shows, or why none. */
export type SessionState =
  /** Nothing was asked for yet. */
  | { readonly is: 'closed' }
  | { readonly is: 'opening' }
  | { readonly is: 'untrusted' }
  | { readonly is: 'lab-failed'; readonly message: string; readonly remedy: string }
  | Exclude<Contexts, { is: 'read' }>
  /** The kubeconfig is fine but the wanted context is not in it ('' where none was named). */
  | { readonly is: 'no-context'; readonly wanted: string }
  | { readonly is: 'open'; readonly cluster: Cluster; readonly ownLab: boolean };

/** Lets go of what a state holds. */
export function closeOf(state: SessionState): void {
  if (state.is === 'open') state.cluster.dispose();
}

/** Whether two readings of a kubeconfig say the same of a context. */
export function sameContext(a: ClusterContext | undefined, b: ClusterContext): boolean {
  return (
    a?.cluster === b.cluster &&
    a.server === b.server &&
    a.user === b.user &&
    a.namespace === b.namespace &&
    a.file === b.file
  );
}
