import type { Kind } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/** What makes a namespace worth a row. */
export const shownKinds: readonly Kind[] = ['Pod', 'Service'];

/** Whether all was read and there is nothing to show. */
export function isEmpty(snapshot: Snapshot): boolean {
  return shownKinds.every(
    (kind) => snapshot.coverage(kind).is === 'complete' && snapshot.namespacesWith(kind).length === 0,
  );
}
