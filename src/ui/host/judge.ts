import type { Pod, Service } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/** How a thing is, and the words for it; '' where there is nothing to say. */
export interface Judgement {
  readonly state: 'ok' | 'warning' | 'failed' | 'none';
  readonly word: string;
}

/** What the tree says of objects, for other views to say the same. */
export interface Judge {
  pod(pod: Pod): Judgement;
  service(snapshot: Snapshot, service: Service): Judgement;
  /** What could not be read, is being read, or is behind: a sentence for each kind. */
  coverage(snapshot: Snapshot): readonly string[];
}
