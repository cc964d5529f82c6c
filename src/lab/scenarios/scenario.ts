/** What a lab holds when it starts, and what is wrong in it. */
import type { WorldFaults } from '../runtime/network/faults.ts';

export interface Scenario {
  /** For `--scenario`; of a fault to practise, the id of the cause that explains it (docs/causes). */
  id: string;
  /** One sentence. */
  title: string;
  /** The question to practise with: the words behind `podnet trace`. */
  ask?: { from: string; to: string; protocol?: 'UDP' };
  /** YAML documents, applied in order; objects without a namespace go to `default`. What exists already is changed. */
  manifests: string;
  faults?: WorldFaults;
}

/** The namespace where a scenario's question begins: what views and kubectl should show first. */
export function namespaceOf({ ask }: Scenario): string {
  return /^pod\/([^/]+)\//.exec(ask?.from ?? '')?.[1] ?? 'default';
}
