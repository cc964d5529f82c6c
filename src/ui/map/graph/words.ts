import type { Passage } from '../../../reach/matrix.ts';
import type { MapKind } from '../../panels/protocol/map.ts';
import type { Judge } from '../../host/judge.ts';

/** The words the map is drawn with, and the judgement of pods and services that the tree shows too. */
export interface MapWords extends Pick<Judge, 'pod' | 'service'> {
  kind(kind: MapKind): string;
  /** What lies in no namespace. */
  readonly cluster: string;
  readonly fact: Readonly<
    Record<
      | 'namespace'
      | 'addresses'
      | 'node'
      | 'ports'
      | 'type'
      | 'pods'
      | 'services'
      | 'images'
      | 'size'
      | 'class',
      string
    >
  >;
  /** Of endpoints, nodes, claims. */
  readonly ready: string;
  readonly notReady: string;
  readonly terminating: string;
  readonly unschedulable: string;
  readonly claimPending: string;
  readonly claimLost: string;
  readonly noAddress: string;
  readonly hostNetwork: string;
  readonly headless: string;
  readonly onePerPod: string;
  /** `3 of 4 ready`. */
  readyOf(ready: number, all: number): string;
  podCount(count: number): string;
  serviceCount(count: number): string;
  problemCount(count: number): string;
  nodeCount(count: number): string;
  /** Edges, as sentences without their ends. */
  sendsTo(ready: boolean, ports: string): string;
  runsOn(count: number): string;
  mountedAt(paths: string): string;
  readonly boundTo: string;
  mayReach(passage: Passage): string;
  /** Several checks under one edge. */
  checks(failed: number, all: number): string;
  /** One check: its outcome, '' where that stands beside it, and when it was made (RFC 3339). */
  check(outcome: string, startedAt: string): string;
  readonly mayNotReach: string;
  readonly allowed: string;
  readonly denied: string;
}
