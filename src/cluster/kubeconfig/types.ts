import type { Cluster, Context, User } from '@kubernetes/client-node/dist/config_types.js';
import type { ClusterContext } from '../../model/connection.ts';

/** Something in a kubeconfig that cannot be used. */
export interface KubeconfigProblem {
  readonly file: string;
  /** From 1; undefined where the whole file is meant. */
  readonly line: number | undefined;
  readonly message: string;
  readonly remedy: string;
}

/** A kubeconfig's cluster, and what the library does not read of it. */
export interface ClusterEntry {
  readonly cluster: Cluster;
  readonly disableCompression: boolean;
  /** The extension `client.authentication.k8s.io/exec`, handed to exec plugins that ask for the cluster. */
  readonly execConfig: unknown;
}

/** How a kubeconfig's user asks a program for credentials. */
export interface ExecPlugin {
  /** Absolute, or a bare name to be found on the PATH. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly apiVersion: string;
  /** What the kubeconfig's author says about getting the program; hostile text. */
  readonly installHint: string;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: 'Never' | 'IfAvailable' | 'Always';
}

/** On whose behalf a user acts. */
export interface Impersonation {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

/** A kubeconfig's user, and what the library does not read of it. */
export interface UserEntry {
  readonly user: User;
  /** Absolute path of `tokenFile`. */
  readonly tokenFile: string | undefined;
  readonly exec: ExecPlugin | undefined;
  readonly impersonate: Impersonation | undefined;
}

/** What one file says. */
export interface KubeconfigFile {
  readonly file: string;
  readonly exists: boolean;
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, Context>;
  readonly current: string;
  readonly problems: readonly KubeconfigProblem[];
}

/** A context with all that it names: enough to connect. */
export interface ResolvedContext {
  readonly context: ClusterContext;
  readonly cluster: ClusterEntry;
  /** undefined: the context names no user, and requests are anonymous. */
  readonly user: UserEntry | undefined;
}
