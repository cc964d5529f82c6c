import type { Disposable, Event } from '../base/event.ts';
import type { Json } from './json.ts';

/*
 * What views, commands and language model tools ask of a cluster beyond the live Snapshot. src/cluster implements
 * it; nobody else needs to know how. Everything takes a signal that reaches the socket.
 */

/** Names one object of any kind, custom resources included. */
export interface ObjectName {
  /** As a manifest says it: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** '' for cluster-scoped kinds. */
  readonly namespace: string;
  readonly name: string;
}

/** What an API server says about a kind that it serves. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** All that an API server serves. */
export interface ServedKinds {
  readonly kinds: readonly ServedKind[];
  /** Group versions whose server did not answer, such as `metrics.k8s.io/v1beta1`: their kinds are not known. */
  readonly unanswered: readonly string[];
}

/** An entry of `kubectl describe`'s last section. */
export interface ClusterEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly source: string;
  readonly count: number;
  /** RFC 3339, '' where the server says none. */
  readonly firstSeen: string;
  readonly lastSeen: string;
}

export interface ApplyOptions {
  /** The server validates and answers as if, and keeps nothing. */
  readonly dryRun: boolean;
  /** Takes fields over from other managers, instead of the refusal with the conflicts. */
  readonly force: boolean;
}

/** A field of an apply that another manager holds. */
export interface FieldConflict {
  readonly manager: string;
  readonly field: string;
}

export type ApplyOutcome =
  | {
      readonly is: 'applied';
      readonly object: Json;
      readonly created: boolean;
      readonly warnings: readonly string[];
    }
  | { readonly is: 'conflict'; readonly conflicts: readonly FieldConflict[]; readonly message: string }
  /** The server refused the object itself: 400, 422, an admission webhook. */
  | {
      readonly is: 'invalid';
      readonly message: string;
      readonly causes: readonly { field: string; message: string }[];
    };

/** Policies of kinds that are not evaluated here: other vendors', and those of meshes. */
export interface OtherPolicies {
  /** As `KIND/NAMESPACE/NAME`, or `KIND/NAME`. */
  readonly found: readonly string[];
  /** Kinds that are served and could not be listed, as `PLURAL.GROUP`. */
  readonly unreadable: readonly string[];
}

/** Single objects, as the API server has them. All throw ExplainedError where it refuses; CancelledError. */
export interface ObjectRequests {
  /** The kinds that the server serves, remembered for some minutes. */
  servedKinds(signal: AbortSignal): Promise<ServedKinds>;
  /**
   * undefined: there is none of that name. A Secret's values never leave these functions: they are replaced by a
   * text that no API server takes for a value, and an object that holds it is not sent.
   */
  get(name: ObjectName, signal: AbortSignal): Promise<Json | undefined>;
  /** Looks in all namespaces. */
  otherPolicies(signal: AbortSignal): Promise<OtherPolicies>;
  /** The events about an object, oldest first. */
  events(of: ObjectName & { readonly uid?: string }, signal: AbortSignal): Promise<readonly ClusterEvent[]>;
  /**
   * Server-side apply with the field manager `pod-network-explorer`. Where the object names no namespace, the
   * context's is meant, as in kubectl.
   */
  apply(object: Json, options: ApplyOptions, signal: AbortSignal): Promise<ApplyOutcome>;
  /** @param uid deletes only this very object. `false`: it was gone already. */
  delete(name: ObjectName, options: { uid?: string; dryRun: boolean }, signal: AbortSignal): Promise<boolean>;
  create(object: Json, options: { dryRun: boolean }, signal: AbortSignal): Promise<Json>;
  /** A patch of a subresource, such as a pod's `ephemeralcontainers`, as a strategic merge. */
  patchSubresource(name: ObjectName, subresource: string, patch: Json, signal: AbortSignal): Promise<Json>;
}

/** One container's log. */
export interface LogRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The container's run before the present one. */
  readonly previous: boolean;
  readonly follow: boolean;
  /** Lines from the end. */
  readonly tailLines: number;
  readonly timestamps: boolean;
}

export interface PodLogs {
  /**
   * Calls back with whole lines, several at a time; a line of more than 64 Ki characters is cut and says so. Returns
   * at the log's end. Throws ExplainedError; CancelledError.
   */
  read(request: LogRequest, onLines: (lines: readonly string[]) => void, signal: AbortSignal): Promise<void>;
}

export interface PortForwardTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

export type PortForwardState =
  | { readonly is: 'open'; readonly connections: number }
  /** The way to the pod failed; the next connection tries again. */
  | { readonly is: 'failing'; readonly message: string }
  | { readonly is: 'closed'; readonly message: string };

/** A port of this machine, bound to the loopback address only, that leads to a pod's. */
export interface PortForward extends Disposable {
  readonly localPort: number;
  /** Where it leads at present: another pod of the same Service after the first went. */
  readonly target: PortForwardTarget;
  readonly state: PortForwardState;
  readonly onDidChangeState: Event<PortForwardState>;
}

export interface PortForwards {
  /**
   * @param localPort 0: any free one.
   * @param target asked again for each connection, so that a forward to a Service outlives its pods; undefined: none
   * is ready.
   * @throws ExplainedError where the local port is taken or the server refuses.
   */
  open(
    localPort: number,
    target: () => PortForwardTarget | undefined,
    signal: AbortSignal,
  ): Promise<PortForward>;
}

/** One thing somebody may want to do, in the API's terms. */
export interface Action {
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Absent: in all namespaces. */
  readonly namespace?: string;
  readonly name?: string;
}

export interface Permission {
  readonly allowed: boolean;
  /** Why, where the server says so; '' else. */
  readonly reason: string;
}

/** What the user may do, as the server says, remembered for a minute. */
export interface AccessReviews {
  /** @throws ExplainedError where it cannot be found out; CancelledError. */
  may(action: Action, signal: AbortSignal): Promise<Permission>;
  canExec(namespace: string, signal: AbortSignal): Promise<Permission>;
  canForwardPorts(namespace: string, signal: AbortSignal): Promise<Permission>;
}

/** What the server itself says of its API: one OpenAPI v3 document a group version, custom resources included. */
export interface ApiDocuments {
  /** Where each group version's document is, as `api/v1` or `apis/apps/v1`; the place changes with the content. */
  list(signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** @param place from {@link list}. @throws ExplainedError where it cannot be had; CancelledError. */
  read(place: string, signal: AbortSignal): Promise<Json>;
}
