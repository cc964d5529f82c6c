import { CancelledError } from '../../base/cancellation.ts';
import { Emitter, type Disposable } from '../../base/event.ts';
import type {
  ClusterConnection,
  ClusterContext,
  ConnectionState,
  NamespaceScope,
} from '../../model/connection.ts';
import { kinds as allKinds, type Kind } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { FairLimit } from '../fairLimit.ts';
import type { ClusterClient } from '../transport/client.ts';
import { coverageOf } from './coverage.ts';
import { Encoding } from './encoding.ts';
import { Reflector } from './reflector.ts';
import { troubleOf } from './reflectorStatus.ts';
import { readingLimits, type ReadingLimits } from './readingLimits.ts';
import { resources } from './resources.ts';
import { ServerVersion } from './serverVersion.ts';
import { settled } from './settled.ts';
import { connectionState, outcomeOf } from './state.ts';
import { Store } from './store.ts';
import { TimeSlices } from './timeSlices.ts';

export interface ConnectionOptions {
  readonly client: ClusterClient;
  /** Default: all namespaces. */
  readonly scope?: NamespaceScope;
  /** How long watches stay open once nobody watches, in milliseconds; default 30 s. */
  readonly idleGraceMs?: number;
  /** Default: protobuf where there is a form for the kind. */
  readonly encoding?: Encoding;
  /** What to read; default: every kind of a Snapshot. */
  readonly kinds?: readonly Kind[];
  /** Default: client-go's numbers. */
  readonly limits?: ReadingLimits;
}

/** Lists that run at once; watches are not counted. */
const listsAtOnce = 6;

interface Running {
  readonly reflector: Reflector;
  readonly stop: AbortController;
}

/** A live view of one cluster: reflectors feed a store while somebody watches. */
class LiveConnection implements ClusterConnection {
  readonly #client: ClusterClient;
  readonly #idleGraceMs: number;
  readonly #kinds: readonly Kind[];
  readonly #store = new Store();
  readonly #lists = new FairLimit(listsAtOnce);
  readonly #encoding: Encoding;
  readonly #slices = new TimeSlices();
  readonly #limits: ReadingLimits;
  readonly #stateChanged = new Emitter<ConnectionState>();
  readonly #statusChanged = new Emitter<void>();
  readonly #version: ServerVersion;
  readonly #forgotten: Disposable;
  #scope: NamespaceScope;
  #readings: readonly Running[] = [];
  #state: ConnectionState = { is: 'idle' };
  #watchers = 0;
  #running = false;
  #disposed = false;
  #idleTimer: NodeJS.Timeout | undefined;

  readonly onDidChange = this.#store.onDidChange;
  readonly onDidChangeState = this.#stateChanged.event;

  constructor({ client, scope = { is: 'all' }, idleGraceMs = 30_000, ...options }: ConnectionOptions) {
    const { kinds = allKinds, encoding = new Encoding(), limits = readingLimits } = options;
    this.#kinds = kinds;
    this.#limits = limits;
    this.#encoding = encoding;
    this.#client = client;
    this.#scope = scope;
    this.#idleGraceMs = idleGraceMs;
    // Who shows the state shows the version too: they hear of both by the same event.
    this.#version = new ServerVersion(client, () => this.#stateChanged.fire(this.#state));
    // New credentials may bring new rights.
    this.#forgotten = client.onDidForgetCredentials(() => this.retryNow());
    this.#readings = this.#makeReadings(kinds);
  }

  get context(): ClusterContext {
    return this.#client.context;
  }

  get scope(): NamespaceScope {
    return this.#scope;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get snapshot(): Snapshot {
    return this.#store.snapshot;
  }

  get serverVersion(): string | undefined {
    return this.#version.gitVersion;
  }

  get isPracticeLab(): boolean | undefined {
    return this.#version.isPracticeLab;
  }

  watch(): Disposable {
    clearTimeout(this.#idleTimer);
    this.#watchers += 1;
    this.#start();
    let held = true;
    return {
      dispose: () => {
        if (!held) return;
        held = false;
        this.#watchers -= 1;
        if (this.#watchers === 0) this.#letGoLater();
      },
    };
  }

  async whenRead(signal: AbortSignal): Promise<Snapshot> {
    const hold = this.watch();
    try {
      this.retryNow();
      // Where watches break off all the time, there may be no moment at which all kinds are current.
      const before = new Map(this.#readings.map(({ reflector }) => [reflector, reflector.timesLive]));
      const wasRead = (reflector: Reflector): boolean => reflector.timesLive > (before.get(reflector) ?? 0);
      await settled(this.#statusChanged.event, () => this.#outcome(wasRead), signal);
      this.#store.flush();
      return this.#store.snapshot;
    } finally {
      hold.dispose();
    }
  }

  setScope(scope: NamespaceScope): void {
    if (JSON.stringify(scope) === JSON.stringify(this.#scope)) return;
    this.#scope = scope;
    const inNamespaces = (kind: Kind): boolean => resources[kind].namespaced;
    this.#replace(
      this.#readings.filter(({ reflector }) => inNamespaces(reflector.kind)),
      this.#makeReadings(this.#kinds.filter(inNamespaces)),
    );
    this.#update();
  }

  retryNow(): void {
    for (const { reflector } of this.#readings) reflector.retryNow();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#idleTimer);
    this.#stop();
    this.#statusChanged.fire();
    this.#statusChanged.dispose();
    this.#forgotten.dispose();
    this.#version.dispose();
    this.#store.dispose();
    this.#stateChanged.dispose();
  }

  #makeReadings(which: readonly Kind[]): Running[] {
    const namespaces = this.#scope.is === 'all' ? [''] : [...new Set(this.#scope.namespaces)];
    return which.flatMap((kind) =>
      (resources[kind].namespaced ? namespaces : ['']).map((namespace) => this.#makeReading(kind, namespace)),
    );
  }

  #makeReading(kind: Kind, namespace: string): Running {
    const listing = {
      client: this.#client,
      kind,
      namespace,
      encoding: this.#encoding,
      slices: this.#slices,
      limits: this.#limits,
    };
    const reflector = new Reflector(listing, this.#store, this.#lists, () => this.#heard(reflector));
    return { reflector, stop: new AbortController() };
  }

  /** Where a kind may not be read in all namespaces, it is read in a few, until it may. */
  #fallBack({ kind, namespace, status }: Reflector): void {
    if (this.#scope.is !== 'all' || namespace !== '' || !resources[kind].namespaced) return;
    const ofKind = this.#readings.filter(({ reflector }) => reflector.kind === kind);
    const hasFallenBack = ofKind.length > 1;
    if (status.is === 'waiting' && troubleOf(status.error) === 'forbidden') {
      if (hasFallenBack) return;
      const names = new Set(this.#scope.otherwise ?? [this.context.namespace]);
      this.#replace(
        [],
        [...names].map((name) => this.#makeReading(kind, name)),
      );
    } else if (status.is === 'live' && hasFallenBack) {
      // Both have told the store of the same objects: it is told once more, by one.
      this.#replace(ofKind, [this.#makeReading(kind, '')]);
    }
  }

  #replace(old: readonly Running[], fresh: readonly Running[]): void {
    for (const { reflector, stop } of old) {
      stop.abort();
      reflector.drop();
    }
    this.#readings = [...this.#readings.filter((reading) => !old.includes(reading)), ...fresh];
    if (this.#running) this.#run(fresh);
  }

  #start(): void {
    if (this.#running || this.#disposed) return;
    this.#running = true;
    this.#readings = this.#readings.map(({ reflector }) => ({ reflector, stop: new AbortController() }));
    this.#run(this.#readings);
    this.#version.ask();
    this.#update();
  }

  #run(readings: readonly Running[]): void {
    for (const { reflector, stop } of readings) reflector.run(stop.signal);
  }

  #letGoLater(): void {
    this.#idleTimer = setTimeout(() => this.#stop(), this.#idleGraceMs);
  }

  #stop(): void {
    this.#running = false;
    for (const { stop } of this.#readings) stop.abort();
  }

  /** A reflector's standing changed. */
  #heard(reflector: Reflector): void {
    if (this.#readings.some((reading) => reading.reflector === reflector)) this.#fallBack(reflector);
    if (reflector.status.is === 'live') {
      this.#version.ask();
      // The cluster answers again: the others need not wait out their pauses.
      for (const { reflector: other } of this.#readings) {
        if (other.status.is === 'waiting' && troubleOf(other.status.error) === 'network') other.retryNow();
      }
    }
    this.#update();
  }

  #update(): void {
    if (this.#disposed) return;
    this.#statusChanged.fire();
    for (const kind of this.#kinds) {
      const readings = this.#readings.filter(({ reflector }) => reflector.kind === kind);
      this.#store.setCoverage(
        kind,
        coverageOf(
          readings.map(({ reflector: { namespace, status } }) => ({ namespace, status })),
          resources[kind].optional,
        ),
      );
    }
    const state = connectionState(this.#statuses());
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    // Who hears "live" finds all of it in the Snapshot.
    if (state.is === 'live') this.#store.flush();
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #outcome(wasRead: (reflector: Reflector) => boolean): 'read' | Error | undefined {
    if (this.#disposed) return new CancelledError();
    return outcomeOf(
      this.#readings.map(({ reflector }) => ({
        kind: reflector.kind,
        status: wasRead(reflector) ? { is: 'live' } : reflector.status,
      })),
    );
  }

  #statuses(): { kind: Kind; status: Reflector['status'] }[] {
    return this.#readings.map(({ reflector: { kind, status } }) => ({ kind, status }));
  }
}

/** A live view of the cluster behind a client. It contacts nothing until somebody watches it. */
export function createConnection(options: ConnectionOptions): ClusterConnection {
  return new LiveConnection(options);
}
