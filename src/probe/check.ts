import type { ContainerRef } from '../model/terminal.ts';
import type { Reason } from './reason.ts';

/** The outcome of one check. The words are stable: they stand in JSON, in reports and in the docs. */
export type Verdict =
  'reachable' | 'refused' | 'timeout' | 'dns-failed' | 'reset' | 'tls-failed' | 'no-answer' | 'inconclusive';

/**
 * What was used inside the source container; `none` where nothing there can open a connection. `nc` is asked only
 * where BusyBox wget cannot tell.
 */
export type Tool = 'curl' | 'wget' | 'busybox-wget' | 'nc' | 'bash' | 'perl' | 'python3' | 'none';

/** Where a check goes: a host and port as the source sees them, and the reference it came from. */
export interface CheckTarget {
  /** As the user named it (model/refs): `pod/default/testpod1:80`, `svc/…`, a URL, `localhost:80`. */
  readonly ref: string;
  /** An IP address or DNS name. */
  readonly host: string;
  readonly port: number;
  readonly scheme: 'http' | 'https' | 'tcp';
  /** With its leading slash. */
  readonly path: string;
}

/** One check and all its evidence: the record `podnet check -o json` prints. */
export interface CheckRecord {
  /** `pod/NS/NAME:CONTAINER`. */
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
