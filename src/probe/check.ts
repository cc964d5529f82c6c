import type { ContainerRef } from '../model/terminal.ts';
import type { Reason } from './reason.ts';

/** The outcome of one check. The words are stable: they stand in JSON, in reports and in the docs. */
export type Verdict =
  'reachable' | 'refused' | 'timeout' | 'dns-failed' | 'reset' | 'tls-failed' | 'no-answer' | 'inconclusive';

/**
 * What was used inside the source container; `none` where nothing there can open a connection. `nc` is asked only
 * where BusyBox wget cannot tell.
 */
export type Tool =
  | 'curl'
  | 'wget'
  | 'busybox-wget'
  | 'nc'
  | 'bash'
  | 'perl'
  | 'python3'
  /** Names: getent and nslookup, by one shell. */
  | 'resolver'
  /** Shared volumes: a shell that writes and reads. */
  | 'sh'
  /** This machine's own sockets. */
  | 'podnet'
  | 'none';

/** Where a check goes: a host and port as the source sees them, and the reference it came from. */
export interface CheckTarget {
  /** As the user named it (model/refs): `pod/default/testpod1:80`, `svc/…`, a URL, `localhost:80`. */
  readonly ref: string;
  /** An IP address or DNS name. */
  readonly host: string;
  /** 0 for a DNS question. */
  readonly port: number;
  /** `dns`: what the source's resolver makes of the host. */
  readonly scheme: 'http' | 'https' | 'tcp' | 'udp' | 'dns';
  /** With its leading slash. */
  readonly path: string;
  /** Where source and target are, if the target is a pod. */
  readonly way?: Way;
}

/** How far a pod is from the source: what has to work between the two. */
export interface Way {
  readonly is: 'same-pod' | 'same-node' | 'across-nodes';
  readonly fromNode: string;
  readonly toNode: string;
}

/** What a DNS question brought to light besides its verdict. */
export interface Lookup {
  readonly name: string;
  /** The full name that had an address, as far as the tool tells. */
  readonly resolvedAs: string | null;
  readonly addresses: readonly string[];
  /** The name servers of the source's /etc/resolv.conf. */
  readonly resolvers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
  /** The full names that the search list makes of the name, in the order in which they are asked. */
  readonly expansions: readonly string[];
}

/** One check and all its evidence: the record `podnet check -o json` prints. */
export interface CheckRecord {
  /** `pod/NS/NAME:CONTAINER`, or `outside` for this machine. */
  readonly from: string;
  readonly to: string;
  /** Where the probe went, such as `http://10.244.1.3:80/` or `tcp://10.244.1.3:5432`. */
  readonly url: string;
  readonly tool: Tool;
  readonly verdict: Verdict;
  /** Why this verdict: one of a stable list, see reason.ts. */
  readonly reason: Reason;
  /** The line that decided, of the tool's output or the API server's message; '' where there is none. */
  readonly detail: string;
  /** null where no HTTP answer came. 400 and more is reachable too. */
  readonly httpStatus: number | null;
  /** Milliseconds since the start of the request, as curl counts; null where the tool does not tell. */
  readonly timingsMs: {
    readonly dns: number | null;
    readonly connect: number | null;
    readonly tls: number | null;
    readonly total: number | null;
  };
  readonly remoteIp: string | null;
  /** The tool's exit code; null where no program ran to its end. */
  readonly exitCode: number | null;
  /** The very argv that ran in the container; where no tool was found, the one that was tried first. */
  readonly command: readonly string[];
  /** What it printed, stdout then stderr. */
  readonly output: string;
  /** One sentence that explains the verdict, naming its evidence. In English; see summary.ts for others. */
  readonly summary: string;
  /** RFC 3339, when the check began. */
  readonly startedAt: string;
  /** Only where the target is a pod. */
  readonly way?: Way;
  /** Only of a DNS question. */
  readonly lookup?: Lookup;
  /** What stood in for the source, and what that may change; only where the source had no tool itself. */
  readonly via?: string;
  /** The container where the command ran, as `from` names it; only where that was another one. */
  readonly ranIn?: string;
}

export interface CheckRequest {
  readonly from: ContainerRef;
  readonly target: CheckTarget;
  /** Whole seconds; default 3 to connect and 5 in all. */
  readonly connectTimeoutSeconds?: number;
  readonly timeoutSeconds?: number;
}

/** Makes checks. Implemented in probe/checker.ts over an Exec. */
export interface Checker {
  /**
   * Runs one check in the source container. Faults on the way there are `inconclusive` records, not errors.
   * @throws CancelledError once the signal aborts.
   */
  check(request: CheckRequest, signal: AbortSignal): Promise<CheckRecord>;
}

/** Makes checks from this machine, by sockets of its own: what users outside of the cluster would see. */
export interface LocalChecker {
  /** The record's `from` is `outside`, its command empty. @throws CancelledError once the signal aborts. */
  check(
    target: CheckTarget,
    limits: Pick<CheckRequest, 'connectTimeoutSeconds' | 'timeoutSeconds'>,
    signal: AbortSignal,
  ): Promise<CheckRecord>;
}
