import type { Disposable, Event } from '../../base/event.ts';
import type { ClusterConnection, ClusterContext, Contexts, NamespaceScope } from '../../model/connection.ts';
import type {
  AccessReviews,
  ApiDocuments,
  ObjectRequests,
  PodLogs,
  PortForwards,
} from '../../model/requests.ts';
import type { Terminals } from '../../model/terminal.ts';
import type { LocalChecker } from '../../probe/check.ts';
import type { Exec } from '../../probe/exec.ts';
import type { ForgetfulChecker } from '../../probe/standIn/standInChecker.ts';

/** All that the interface uses of one cluster. Disposing of it ends the connection and what runs over it. */
export interface Cluster extends Disposable {
  readonly context: ClusterContext;
  readonly connection: ClusterConnection;
  readonly checker: ForgetfulChecker;
  /** From this machine, through no exec. */
  readonly local: LocalChecker;
  readonly exec: Exec;
  readonly terminals: Terminals;
  readonly objects: ObjectRequests;
  readonly logs: PodLogs;
  readonly portForwards: PortForwards;
  readonly access: AccessReviews;
  readonly openApi: ApiDocuments;
}

/** What of a kubeconfig cannot be used, though the rest can. */
export interface KubeconfigProblem {
  readonly file: string;
  /** From 1; undefined where the whole file is meant. */
  readonly line: number | undefined;
  readonly message: string;
  readonly remedy: string;
}

/** A kubeconfig and the way into its clusters. Composed in extension.ts; loaded when first needed. */
export interface ClusterAccess extends Disposable {
  readContexts(): Promise<Contexts>;
  readProblems(): Promise<readonly KubeconfigProblem[]>;
  /** Fires when the kubeconfig's files change. */
  readonly onDidChangeContexts: Event<void>;
  /** Contacts nothing yet. */
  open(context: ClusterContext, scope: NamespaceScope): Cluster;
}

/** @param kubeconfig a file; undefined: $KUBECONFIG, then ~/.kube/config. */
export type OpenKubeconfig = (kubeconfig: string | undefined) => Promise<ClusterAccess>;
