import { subjectOf } from '../host/subject.ts';
import type { MapView } from '../panels/protocol/map.ts';
import { nodeId } from './graph/graph.ts';
import { wholeMap } from './wholeMap.ts';

/** What "Show Map" was asked to show. */
export interface MapTarget {
  readonly view: MapView;
  /** The thing to go to. */
  readonly focus?: string;
}

/** Reads a tree item; without one the map is opened as it was left. */
export function mapTarget(argument: unknown, before: MapView | undefined): MapTarget {
  const subject = subjectOf(argument);
  const view = before ?? wholeMap;
  const inside = (kind: string, namespace: string, name: string): MapTarget => ({
    view: { ...wholeMap, policies: view.policies, namespaces: [namespace] },
    focus: nodeId(kind, namespace, name),
  });
  switch (subject?.is) {
    case 'pod':
      return inside('Pod', subject.namespace, subject.name);
    case 'container':
      return inside('Pod', subject.namespace, subject.pod);
    case 'service':
      return inside('Service', subject.namespace, subject.name);
    case 'object': {
      const { kind, namespace, name } = subject;
      if (kind === 'Namespace') return { view: { ...wholeMap, namespaces: [name] } };
      if (kind === 'Node') return { view: wholeMap, focus: nodeId('Node', '', name) };
      if (kind === 'PersistentVolumeClaim') return inside(kind, namespace, name);
      return { view };
    }
    case 'address':
    case 'check':
    case undefined:
      return { view };
  }
}
