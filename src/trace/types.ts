import type { CheckRecord } from '../probe/check.ts';
import type { CauseId } from './causeIds.ts';

/** The stations between two ends, in the order in which a connection passes them. */
export const hopNames = [
  'source',
  'dns',
  'service',
  'endpoints',
  'port',
  'policy',
  'node',
  'target',
  'application',
] as const;
export type HopName = (typeof hopNames)[number];

/**
 * `ok`: seen to be in order; `failed`: seen to stop the connection; `warning`: may stop it, or stops some;
 * `not-seen`: nothing could be said (no right, no shell, no probe); `not-used`: this connection does not pass here.
 */
export type HopStatus = 'ok' | 'failed' | 'warning' | 'not-seen' | 'not-used';

/** One statement and where it was read. */
export interface Evidence {
  readonly text: string;
  /** `pod/NS/NAME`, `svc/NS/NAME`, `node/NAME`, `networkpolicy/NS/NAME`, `endpointslice/NS/NAME`. */
  readonly object?: string;
  /** A field of the object, such as `spec.selector`. */
  readonly path?: string;
}

export interface Hop {
  readonly hop: HopName;
  readonly status: HopStatus;
  readonly evidence: readonly Evidence[];
  /** The check that was made at this station, if one was. */
  readonly probe?: CheckRecord;
}

/** A way out. `yaml` is a manifest to apply, which names its object, or a part of one to copy; `command` a line to run in a terminal. */
export interface Fix {
  readonly title: string;
  readonly yaml?: string;
  readonly command?: string;
}

/** A cause, with what speaks for it. */
export interface Finding {
  readonly id: CauseId;
  readonly hop: HopName;
  /** `certain`: this alone stops the connection; `possible`: it may, depending on what cannot be seen. */
  readonly certainty: 'certain' | 'possible';
  /** One sentence. */
  readonly summary: string;
  readonly objects: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly fixes: readonly Fix[];
}

/** The answer to "why can A not reach B". */
export interface Trace {
  readonly from: string;
  readonly to: string;
  /** `inconclusive`: what was seen is not enough to tell. */
  readonly verdict: 'reachable' | 'unreachable' | 'inconclusive';
  readonly hops: readonly Hop[];
  /** The decisive cause; null where nothing speaks for one. */
  readonly cause: Pick<Finding, 'id' | 'summary' | 'objects'> | null;
  /** All causes found, the decisive one first. */
  readonly causes: readonly Finding[];
  readonly fixes: readonly Fix[];
  /** What would have helped and could not be seen, and why. */
  readonly notSeen: readonly string[];
}
