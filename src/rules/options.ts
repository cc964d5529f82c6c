import type { ObjectFacts } from '../manifest/facts.ts';
import type { KnownObjects } from './knownObjects.ts';
import type { Schema } from '../manifest/schema/schema.ts';
import type { Severity } from './finding.ts';

/** What else is known besides the file itself: other files of the workspace, or a cluster. */
export interface Knowledge {
  /** Of other files. KnownObjects are grouped once for as long as they are the same. */
  readonly objects: readonly ObjectFacts[] | KnownObjects;
  /**
   * Whether `objects` and the file are everything there is. Only then may a rule say that something does
   * not exist; on incomplete knowledge it says nothing.
   */
  readonly complete: boolean;
  /** What a cluster has at present. */
  readonly live?: KnownObjects;
  /** Kinds of which files and cluster together are everything there is. */
  readonly completeKinds?: ReadonlySet<string>;
}

/** What the caller may know of the cluster that the manifests are meant for. */
export interface ClusterTraits {
  /** The server's minor version, as in 1.36 → 36. Rules that depend on it assume 36. */
  readonly minorVersion?: number;
  /** The server's node port range. Unless it is given, a port outside of the default range is a warning. */
  readonly nodePorts?: { readonly first: number; readonly last: number };
}

export interface LintOptions {
  /** How findings call the file; default `manifest.yaml`. */
  readonly file?: string;
  /** Default: nothing else is known, and that is not everything. */
  readonly knowledge?: Knowledge;
  readonly cluster?: ClusterTraits;
  /** Field names and types of custom resources or of the connected cluster, looked at before the built-in ones. */
  readonly schema?: Schema;
  /** Codes switched off, or given another severity. Opinions (rules that are off by default) are switched on so. */
  readonly rules?: Readonly<Record<string, 'off' | Severity>>;
}
