import { DisposableStore, Emitter, type Disposable } from '../../../base/event.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import { selects } from '../../../model/selector.ts';
import type { ManifestObject } from '../../../manifest/object.ts';
import { toJson } from '../../../manifest/node.ts';
import { podTemplateOf } from '../../../manifest/links/mentionsOf.ts';
import { record, strings } from '../../../model/json.ts';
import type { Pod, Service } from '../../../model/objects.ts';
import { Pacer } from '../../host/pacer.ts';
import type { Session } from '../../host/session.ts';
import { contextName } from '../../host/stateText.ts';

/** Where endpoints stand: of those with an address, how many are ready. */
export interface EndpointCount {
  readonly ready: number;
  readonly all: number;
}

/**
 * What the open cluster says, as far as it was read for others: lenses never make it be asked. Silent while the
 * connection is behind.
 */
export class LiveCluster implements Disposable {
  readonly #session: Session;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #pacer = this.#store.add(new Pacer(() => this.#changed.fire()));
  #connection: Disposable | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(session: Session) {
    this.#session = session;
    this.#store.add(session.onDidChange(() => this.#follow()));
    this.#follow();
  }

  dispose(): void {
    this.#connection?.dispose();
    this.#store.dispose();
  }

  /** The context as it is shown; undefined while no cluster is open and current. */
  get context(): string | undefined {
    const { state } = this.#session;
    if (state.is !== 'open' || state.cluster.connection.state.is !== 'live') return undefined;
    return contextName(state.cluster);
  }

  /** The Service as the cluster has it. */
  service(object: ManifestObject): Service | undefined {
    return this.#snapshot()?.get('Service', this.namespaceOf(object) ?? '', object.name);
  }

  /** undefined: the cluster does not have the Service, or it is not known what it has. */
  endpointsOf(object: ManifestObject): EndpointCount | undefined {
    const service = this.service(object);
    const snapshot = this.#snapshot();
    if (service === undefined || snapshot?.coverage('EndpointSlice').is !== 'complete') return undefined;
    const endpoints = new Map<string, boolean>();
    for (const slice of snapshot.slicesOf(service)) {
      for (const { addresses, ready } of slice.endpoints) {
        for (const address of addresses) endpoints.set(address, ready || endpoints.get(address) === true);
      }
    }
    return { ready: [...endpoints.values()].filter(Boolean).length, all: endpoints.size };
  }

  /** A running pod that the manifest's object is, or makes. */
  podOf(object: ManifestObject): Pod | undefined {
    const snapshot = this.#snapshot();
    if (snapshot === undefined) return undefined;
    const namespace = this.namespaceOf(object) ?? '';
    if (object.kind === 'Pod') return snapshot.get('Pod', namespace, object.name);
    const template = podTemplateOf(object);
    const labels = strings(record(toJson(template?.get('metadata'))).labels);
    if (template === undefined || Object.keys(labels).length === 0) return undefined;
    return snapshot
      .inNamespace('Pod', namespace)
      .find((pod) => selects(labels, pod.labels) && pod.phase === 'Running');
  }

  /** Whether what is not seen of a namespace is not there; without a cluster nothing is. */
  shows(namespace: string): boolean {
    const { state } = this.#session;
    if (state.is !== 'open') return true;
    const { scope, state: connected } = state.cluster.connection;
    return connected.is === 'live' && (scope.is === 'all' || scope.namespaces.includes(namespace));
  }

  /** Where an object is or would be; undefined where neither it nor an open context says so. */
  namespaceOf(object: ManifestObject): string | undefined {
    const { state } = this.#session;
    return object.namespace ?? (state.is === 'open' ? state.cluster.context.namespace : undefined);
  }

  #snapshot(): Snapshot | undefined {
    const { state } = this.#session;
    return state.is === 'open' && state.cluster.connection.state.is === 'live'
      ? state.cluster.connection.snapshot
      : undefined;
  }

  #follow(): void {
    this.#connection?.dispose();
    this.#connection = undefined;
    const { state } = this.#session;
    if (state.is === 'open') {
      const { connection } = state.cluster;
      const ask = (): void => this.#pacer.ask();
      const subscriptions = [connection.onDidChange(ask), connection.onDidChangeState(ask)];
      this.#connection = { dispose: () => subscriptions.forEach((each) => each.dispose()) };
    }
    this.#pacer.ask();
  }
}
