import type { Disposable, Event } from '../base/event.ts';
import type { Snapshot, Touched } from './snapshot.ts';

/*
 * What the views and the command line ask of a cluster connection. src/cluster implements it; nobody else needs
 * to know how.
 */

/** Where a connection stands. Times are milliseconds since the epoch. */
export type ConnectionState =
  /** Nothing was asked of the cluster yet. */
  | { readonly is: 'idle' }
  | { readonly is: 'connecting' }
  /** All that may be read is current. */
  | { readonly is: 'live' }
  /** Reading again after a gap; what is shown may be behind. */
  | { readonly is: 'catching-up'; readonly since: number }
  | { readonly is: 'stale'; readonly since: number; readonly message: string; readonly retryAt: number }
  | {
      readonly is: 'unreachable';
      readonly message: string;
      readonly remedy: string;
      readonly retryAt: number;
    }
  | { readonly is: 'unauthorised'; readonly message: string; readonly remedy: string }
  /** No kind at all may be read in the scope. */
  | { readonly is: 'forbidden'; readonly message: string };

/** What a kubeconfig's context says. */
export interface ClusterContext {
  readonly name: string;
  readonly cluster: string;
  readonly server: string;
  readonly user: string;
  /** The context's namespace, 'default' where it names none. */
  readonly namespace: string;
  /** The kubeconfig file the context stands in. */
  readonly file: string;
}

/** The contexts of a kubeconfig, or why there are none. */
export type Contexts =
  | { readonly is: 'none'; readonly searched: readonly string[] }
  | { readonly is: 'broken'; readonly file: string; readonly message: string; readonly remedy: string }
  | { readonly is: 'read'; readonly contexts: readonly ClusterContext[]; readonly current: string };

/**
 * Which namespaces are read. Whoever may not read a kind in all of them reads it in the ones of `otherwise`; by
 * default in the context's own.
 */
export type NamespaceScope =
  | { readonly is: 'all'; readonly otherwise?: readonly string[] }
  | { readonly is: 'only'; readonly namespaces: readonly string[] };

export interface SnapshotChange {
  readonly snapshot: Snapshot;
  readonly touched: Touched;
}

/** A live view of one cluster. It contacts nothing until somebody watches it. */
export interface ClusterConnection extends Disposable {
  readonly context: ClusterContext;
  readonly scope: NamespaceScope;
  readonly state: ConnectionState;
  readonly onDidChangeState: Event<ConnectionState>;
  readonly snapshot: Snapshot;
  /** Fires at most every 100 ms, however many changes come; at once when the first objects of a kind do. */
  readonly onDidChange: Event<SnapshotChange>;
  /** Keeps lists and watches open until disposed of; while nobody watches, the connection lets go. */
  watch(): Disposable;
  /**
   * The Snapshot once every kind is read or known to be unreadable. Watches meanwhile.
   * @throws ExplainedError where the cluster cannot be reached or refuses; CancelledError.
   */
  whenRead(signal: AbortSignal): Promise<Snapshot>;
  setScope(scope: NamespaceScope): void;
  /** Ends a wait before the next try. */
  retryNow(): void;
  /** The server's own version, such as `v1.36.2`; undefined until it is known. */
  readonly serverVersion: string | undefined;
  /** Whether the server says of itself that it is the practice lab; undefined until it is known. */
  readonly isPracticeLab: boolean | undefined;
}
