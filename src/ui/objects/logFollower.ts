import { isCancellation } from '../../base/errors.ts';
import type { ClusterConnection } from '../../model/connection.ts';
import type { Container, Pod } from '../../model/objects.ts';
import type { PodLogs } from '../../model/requests.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/** One run of a container: a restart begins another log. */
export interface LoggedRun {
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  readonly container: string;
  /** How often the container was restarted before it. */
  readonly run: number;
}

export type LogEvent =
  | { readonly is: 'lines'; readonly of: Omit<LoggedRun, 'uid' | 'run'>; readonly lines: readonly string[] }
  | { readonly is: 'failed'; readonly of: Omit<LoggedRun, 'uid' | 'run'>; readonly error: unknown }
  /** A pod appeared, or a container of one began to run, after the following had begun. */
  | { readonly is: 'joined' | 'restarted'; readonly of: LoggedRun }
  /** `gone`: the pod was deleted; `left`: it is there, but not among those to follow any more. */
  | { readonly is: 'gone' | 'left'; readonly pod: string }
  /** There is nothing to follow yet. */
  | { readonly is: 'waiting'; readonly pods: readonly Pod[] }
  /** Runs that wait until another one's log has ended. */
  | { readonly is: 'held-back'; readonly followed: number; readonly all: number };

/** Which pods to follow at a time. */
export interface Followed {
  readonly pods: readonly Pod[];
  /** Whether nothing can come any more once the open logs have ended. */
  readonly isOver: boolean;
}

export interface FollowerParts {
  readonly logs: PodLogs;
  readonly connection: Pick<ClusterConnection, 'snapshot' | 'onDidChange' | 'watch' | 'whenRead' | 'scope'>;
  readonly namespace: string;
  readonly choose: (snapshot: Snapshot) => Followed;
  /** Only this container of each pod. */
  readonly container?: string;
  /** Lines from the end of a log that is there at the beginning; of later ones all are shown. */
  readonly tailLines: number;
  readonly timestamps: boolean;
  /** Streams opened at once: each holds a connection to the API server. */
  readonly mostStreams: number;
  readonly tell: (event: LogEvent) => void;
}

const allLines = 1_000_000;

/** Follows the logs of pods while they come and go. */
export class LogFollower {
  readonly #parts: FollowerParts;
  readonly #signal: AbortSignal;
  /** Each run whose log is open or was read, by key. */
  readonly #known = new Map<string, { readonly of: LoggedRun; readonly stop: AbortController }>();
  readonly #pods = new Map<string, string>();
  /** Runs that were there at the beginning. */
  readonly #old = new Set<string>();
  #open = 0;
  #isFirst = true;
  #heldBack = 0;
  #end: () => void = () => undefined;

  private constructor(parts: FollowerParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  /**
   * Returns once nothing can come any more. That one log cannot be read is an event.
   * @throws ExplainedError where the cluster cannot be read; CancelledError.
   */
  static async follow(parts: FollowerParts, signal: AbortSignal): Promise<void> {
    const { connection } = parts;
    const hold = connection.watch();
    try {
      await connection.whenRead(signal);
      const follower = new LogFollower(parts, signal);
      const over = new Promise<void>((resolve) => {
        follower.#end = resolve;
      });
      const following = connection.onDidChange(() => follower.#look());
      const stop = (): void => follower.#end();
      signal.addEventListener('abort', stop, { once: true });
      try {
        follower.#look();
        await over;
      } finally {
        following.dispose();
        signal.removeEventListener('abort', stop);
      }
    } finally {
      hold.dispose();
    }
  }

  #look(): void {
    const { connection, namespace, choose, tell, mostStreams } = this.#parts;
    const { snapshot, scope } = connection;
    // Whoever looks at other namespaces meanwhile sees nothing of these pods: they are not gone.
    if (this.#signal.aborted || (scope.is === 'only' && !scope.namespaces.includes(namespace))) return;
    const { pods, isOver } = choose(snapshot);
    this.#sayWhoLeft(snapshot, pods);
    const fresh = pods.flatMap((pod) => this.#runsOf(pod)).filter((of) => !this.#known.has(keyOf(of)));
    if (this.#isFirst) for (const of of fresh) this.#old.add(keyOf(of));
    const begun = fresh.slice(0, Math.max(0, mostStreams - this.#open));
    for (const of of begun) this.#begin(of);
    const heldBack = fresh.length - begun.length;
    if (heldBack > this.#heldBack)
      tell({ is: 'held-back', followed: this.#open, all: this.#open + heldBack });
    this.#heldBack = heldBack;
    if (this.#isFirst && fresh.length === 0) tell({ is: 'waiting', pods });
    this.#isFirst = false;
    if (isOver && this.#open === 0 && heldBack === 0) this.#end();
  }

  #sayWhoLeft(snapshot: Snapshot, pods: readonly Pod[]): void {
    for (const [uid, name] of this.#pods) {
      if (pods.some((pod) => pod.uid === uid)) continue;
      this.#pods.delete(uid);
      const isThere = snapshot.get('Pod', this.#parts.namespace, name)?.uid === uid;
      this.#parts.tell({ is: isThere ? 'left' : 'gone', pod: name });
      // The log of a pod that is gone ends by itself, after its last words.
      if (!isThere) continue;
      for (const [key, { of, stop }] of this.#known) {
        if (of.uid !== uid) continue;
        stop.abort();
        this.#known.delete(key);
      }
    }
  }

  #runsOf({ namespace, name: pod, uid, containers }: Pod): readonly LoggedRun[] {
    const { container: only } = this.#parts;
    return containers
      .filter((container) => (only === undefined || container.name === only) && hasLog(container))
      .map(({ name: container, restarts }) => ({ namespace, pod, uid, container, run: restarts }));
  }

  #begin(of: LoggedRun): void {
    const { logs, tailLines, timestamps, tell } = this.#parts;
    const stop = new AbortController();
    this.#known.set(keyOf(of), { of, stop });
    const knewPod = this.#pods.has(of.uid);
    this.#pods.set(of.uid, of.pod);
    if (!this.#isFirst) tell({ is: knewPod && of.run > 0 ? 'restarted' : 'joined', of });
    const { namespace, pod, container } = of;
    const request = { namespace, pod, container, previous: false, follow: true, timestamps };
    this.#open += 1;
    const signal = AbortSignal.any([this.#signal, stop.signal]);
    const onLines = (lines: readonly string[]): void => {
      if (!signal.aborted) tell({ is: 'lines', of, lines });
    };
    logs
      .read({ ...request, tailLines: this.#old.has(keyOf(of)) ? tailLines : allLines }, onLines, signal)
      .catch((error: unknown) => {
        if (!signal.aborted && !isCancellation(error)) tell({ is: 'failed', of, error });
      })
      .finally(() => {
        this.#open -= 1;
        this.#look();
      })
      .catch((error: unknown) => tell({ is: 'failed', of, error }));
  }
}

/** Whether the container runs, or has run: before, the server has no log of it. */
function hasLog({ state, restarts }: Container): boolean {
  return state.is === 'running' || state.is === 'terminated' || restarts > 0;
}

function keyOf({ uid, container, run }: LoggedRun): string {
  return `${uid}/${container}/${run}`;
}
