import type { Subject } from '../host/subject.ts';
import type { MapNode } from '../panels/protocol/map.ts';

/** What commands take for a thing on the map. @param plain as any object, whatever its kind */
export function subjectOfNode({ kind, namespace, name }: MapNode, plain = false): Subject {
  if (!plain && kind === 'Pod') return { is: 'pod', namespace, name };
  if (!plain && kind === 'Service') return { is: 'service', namespace, name };
  return { is: 'object', apiVersion: 'v1', kind, namespace, name };
}
