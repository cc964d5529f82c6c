/** What the bench's processes say to each other. */

export type ServerRequest =
  { readonly is: 'count' } | { readonly is: 'churn'; readonly rate: number } | { readonly is: 'still' };

export type ServerAnswer =
  | { readonly is: 'started'; readonly kubeconfig: string }
  | { readonly is: 'counted'; readonly requests: number; readonly connections: number }
  | { readonly is: 'churning' }
  | { readonly is: 'still'; readonly changes: number };

/** What a client process is asked for, as its only argument. */
export interface ClientTask {
  readonly kubeconfig: string;
  /** `connection` is our own; `informer` is @kubernetes/client-node's. */
  readonly client: 'connection' | 'informer';
  readonly pods: number;
  /** Whether modules are loaded before the clock starts. */
  readonly warm: boolean;
  /** Whether changes follow the reading. */
  readonly churn: boolean;
  /** Whether to ask for JSON only. */
  readonly json?: boolean;
}

export type ClientRequest = { readonly is: 'watch' } | { readonly is: 'finish'; readonly changes: number };

/** Milliseconds, megabytes and bytes. */
export interface ReadFigures {
  readonly firstRowMs: number;
  readonly completeMs: number;
  /** The longest time between two turns of the event loop, and how much of it the thread itself worked. */
  readonly longestBlockMs: number;
  readonly longestWorkMs: number;
  readonly cpuMs: number;
  readonly startRssMb: number;
  readonly peakRssMb: number;
  readonly keptBytesPerPod: number;
}

export interface ChurnFigures {
  readonly seen: number;
  readonly dropped: number;
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
  /** Of one processor, in percent. */
  readonly cpuPercent: number;
  readonly longestBlockMs: number;
  readonly longestWorkMs: number;
}

export type ClientAnswer =
  | { readonly is: 'read'; readonly figures: ReadFigures }
  | { readonly is: 'watching' }
  | { readonly is: 'churned'; readonly figures: ChurnFigures }
  | { readonly is: 'failed'; readonly message: string };
