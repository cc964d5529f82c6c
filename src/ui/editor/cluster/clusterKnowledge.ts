import { isCancellation, messageOf } from '../../../base/errors.ts';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../../base/event.ts';
import type { Schema } from '../../../manifest/schema/schema.ts';
import type { ClusterConnection } from '../../../model/connection.ts';
import type { ApiDocuments } from '../../../model/requests.ts';
import { KnownObjects } from '../../../rules/knownObjects.ts';
import type { ClusterTraits } from '../../../rules/options.ts';
import { ClusterFacts, completeKinds } from './clusterFacts.ts';
import { SchemaLoader, type ClusterSchema } from './loadSchema.ts';

/** The part of a cluster that the editor uses. */
export interface KnownCluster {
  readonly context: { readonly name: string };
  readonly connection: ClusterConnection;
  readonly openApi: ApiDocuments;
}

/** Says which cluster is open, if any: ui/host's Session. */
export interface ClusterSource {
  readonly state: { readonly is: string; readonly cluster?: KnownCluster };
  readonly onDidChange: Event<unknown>;
}

interface Log {
  info(message: string): void;
  warn(message: string): void;
}

/** The cluster is quiet for so long before documents are checked against it again, in milliseconds. */
const quiet = 1_000;

/**
 * What the connected cluster tells the editor: the types of its API, custom resources included, and the objects it
 * has. It asks for nothing while the cluster is not watched by a view, and reads the API once it is live.
 */
export class ClusterKnowledge implements Disposable {
  readonly #source: ClusterSource;
  readonly #log: Log;
  readonly #disposables = new DisposableStore();
  readonly #changed: Emitter<void>;
  readonly #facts = new ClusterFacts();
  readonly #loader = new SchemaLoader();
  #cluster: KnownCluster | undefined;
  #follow = new DisposableStore();
  #loading: AbortController | undefined;
  #api: ClusterSchema | undefined;
  #live: KnownObjects | undefined;
  /** What was known when a change came, until it is clear whether it matters. */
  #told: KnownObjects | undefined;
  #timer: NodeJS.Timeout | undefined;
  #mustTell = false;

  constructor(source: ClusterSource, log: Log) {
    this.#source = source;
    this.#log = log;
    this.#changed = this.#disposables.add(new Emitter<void>((error) => log.warn(messageOf(error))));
    this.#disposables.add(source.onDidChange(() => this.#turn()));
    this.#turn();
  }

  /** Fires when documents may have to be checked again. */
  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** The types of the cluster's API; undefined: none is connected, or they were not read yet. */
  get schema(): Schema | undefined {
    return this.#api?.schema;
  }

  /** What the cluster itself says of a field. */
  describe(type: string, field: string): string | undefined {
    return this.#api?.describe(type, field);
  }

  /** Whose types {@link schema} are: `context NAME, v1.36.2`. */
  get title(): string | undefined {
    const { connection, context } = this.#cluster ?? {};
    if (this.#api === undefined || context === undefined) return undefined;
    return [context.name, connection?.serverVersion].filter((part) => part !== undefined).join(', ');
  }

  get traits(): ClusterTraits {
    const minor = /^v?1\.(\d+)/.exec(this.#cluster?.connection.serverVersion ?? '')?.[1];
    return minor === undefined ? {} : { minorVersion: Number(minor) };
  }

  /** The cluster's objects as they were last told. */
  get live(): KnownObjects {
    if (this.#cluster === undefined) return KnownObjects.none;
    this.#live ??= this.#facts.of(this.#cluster.connection.snapshot);
    return this.#live;
  }

  /** The kinds of which the cluster tells all there is: read in every namespace, and current. */
  get completeKinds(): ReadonlySet<string> {
    const { connection } = this.#cluster ?? {};
    if (connection?.scope.is !== 'all' || connection.state.is !== 'live') return new Set();
    return completeKinds(connection.snapshot);
  }

  dispose(): void {
    this.#leave();
    this.#disposables.dispose();
  }

  #turn(): void {
    const { state } = this.#source;
    const cluster = state.is === 'open' ? state.cluster : undefined;
    if (cluster === this.#cluster) return;
    const had = this.#cluster !== undefined;
    this.#leave();
    this.#cluster = cluster;
    if (cluster === undefined) {
      if (had) this.#changed.fire();
      return;
    }
    const { connection } = cluster;
    this.#follow = new DisposableStore();
    this.#follow.add(connection.onDidChangeState(() => this.#loadOnceLive()));
    this.#follow.add(
      connection.onDidChange(() => {
        this.#told ??= this.#live ?? KnownObjects.none;
        this.#live = undefined;
        this.#later(false);
      }),
    );
    this.#loadOnceLive();
  }

  #leave(): void {
    this.#loading?.abort();
    this.#loading = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#told = undefined;
    this.#mustTell = false;
    this.#follow.dispose();
    this.#api = undefined;
    this.#live = undefined;
    this.#cluster = undefined;
  }

  /** Each time the connection becomes live: between two of them resource definitions may have changed. */
  #loadOnceLive(): void {
    const cluster = this.#cluster;
    if (cluster === undefined) return;
    if (cluster.connection.state.is !== 'live') {
      this.#later(true);
      return;
    }
    if (this.#loading !== undefined) return;
    const controller = new AbortController();
    this.#loading = controller;
    const name = cluster.context.name;
    this.#loader
      .load(cluster.openApi, controller.signal)
      .then(
        (api) => {
          if (controller.signal.aborted) return;
          this.#api = api;
          const missing = api.missing.length === 0 ? '' : `; not read: ${api.missing.join('; ')}`;
          this.#log.info(`Read the API of ${name}: ${api.schema.kinds().length} kinds${missing}`);
          this.#changed.fire();
        },
        (error: unknown) => {
          if (controller.signal.aborted || isCancellation(error)) return;
          this.#log.warn(
            `The API of ${name} could not be read, so manifests are checked against the built-in one: ${messageOf(error)}`,
          );
        },
      )
      .finally(() => {
        if (this.#loading === controller) this.#loading = undefined;
      });
  }

  /** @param isCertain whether documents must be checked again; else only if the objects say something new */
  #later(isCertain: boolean): void {
    this.#mustTell ||= isCertain;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const mustTell = this.#mustTell || this.#told !== this.live;
      this.#told = undefined;
      this.#mustTell = false;
      if (mustTell) this.#changed.fire();
    }, quiet);
  }
}
