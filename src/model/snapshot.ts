import { groupBy } from '../base/groupBy.ts';
import type { AnyObject, EndpointSlice, Kind, Labels, ObjectsByKind, Pod, Service } from './objects.ts';
import { kinds } from './objects.ts';
import { selects } from './selector.ts';

/** How much of a kind a Snapshot holds. Whoever says "there is none" must look here first. */
export type Coverage =
  | { readonly is: 'unread' }
  | { readonly is: 'loading' }
  | { readonly is: 'complete' }
  /** What was last seen; `since` is when it stopped being current, in milliseconds since the epoch. */
  | { readonly is: 'stale'; readonly since: number; readonly message: string }
  /** `except`: the namespaces of which all was read nevertheless; absent where there are none. */
  | { readonly is: 'forbidden'; readonly message: string; readonly except?: readonly string[] }
  | { readonly is: 'failed'; readonly message: string };

/** One object that came, changed or went. */
export type ObjectChange =
  | { readonly type: 'put'; readonly object: AnyObject }
  | { readonly type: 'remove'; readonly kind: Kind; readonly namespace: string; readonly name: string };

/** What differs between two Snapshots: for each kind the namespaces touched ('' for cluster-scoped kinds). */
export type Touched = ReadonlyMap<Kind, ReadonlySet<string>>;

type ByName = ReadonlyMap<string, AnyObject>;
type ByNamespace = ReadonlyMap<string, ByName>;

/**
 * The state of a cluster, or of files, at one moment: immutable, and sharing all that did not change with the
 * Snapshot before it. Indexes are made when first asked for and live as long as what they index.
 */
export class Snapshot {
  static readonly empty = new Snapshot(new Map(), new Map());

  readonly #objects: ReadonlyMap<Kind, ByNamespace>;
  readonly #coverage: ReadonlyMap<Kind, Coverage>;
  #podsByIp: ReadonlyMap<string, readonly Pod[]> | undefined;

  private constructor(objects: ReadonlyMap<Kind, ByNamespace>, coverage: ReadonlyMap<Kind, Coverage>) {
    this.#objects = objects;
    this.#coverage = coverage;
  }

  /** A Snapshot of just these objects, complete in every kind. */
  static of(objects: Iterable<AnyObject>): Snapshot {
    const changes: ObjectChange[] = [];
    for (const object of objects) changes.push({ type: 'put', object });
    let snapshot = Snapshot.empty.with(changes).snapshot;
    for (const kind of kinds) snapshot = snapshot.withCoverage(kind, { is: 'complete' });
    return snapshot;
  }

  get<K extends Kind>(kind: K, namespace: string, name: string): ObjectsByKind[K] | undefined {
    return this.#objects.get(kind)?.get(namespace)?.get(name) as ObjectsByKind[K] | undefined;
  }

  /** Sorted by name in code-unit order; the same array for as long as nothing in it changes. */
  inNamespace<K extends Kind>(kind: K, namespace: string): readonly ObjectsByKind[K][] {
    const byName = this.#objects.get(kind)?.get(namespace);
    return byName === undefined ? [] : (sorted(byName) as readonly ObjectsByKind[K][]);
  }

  /** Sorted by namespace, then name. */
  all<K extends Kind>(kind: K): readonly ObjectsByKind[K][] {
    return this.namespacesWith(kind).flatMap((namespace) => this.inNamespace(kind, namespace));
  }

  /** The namespaces that hold an object of the kind, sorted. */
  namespacesWith(kind: Kind): readonly string[] {
    return [...(this.#objects.get(kind)?.keys() ?? [])].sort(byCodeUnit);
  }

  count(kind: Kind): number {
    let sum = 0;
    for (const byName of this.#objects.get(kind)?.values() ?? []) sum += byName.size;
    return sum;
  }

  coverage(kind: Kind): Coverage {
    return this.#coverage.get(kind) ?? { is: 'unread' };
  }

  /** All slices of a Service, by label; hand-made ones too. */
  slicesOf(service: Service): readonly EndpointSlice[] {
    const byName = this.#objects.get('EndpointSlice')?.get(service.namespace);
    return byName === undefined ? [] : (slicesByService(byName).get(service.name) ?? []);
  }

  podsSelectedBy(service: Service): readonly Pod[] {
    const { selector } = service;
    return selector === undefined ? [] : this.podsWith(service.namespace, selector);
  }

  podsWith(namespace: string, selector: Labels): readonly Pod[] {
    return this.inNamespace('Pod', namespace).filter((pod) => selects(selector, pod.labels));
  }

  servicesSelecting(pod: Pod): readonly Service[] {
    return this.inNamespace('Service', pod.namespace).filter(
      (service) => service.selector !== undefined && selects(service.selector, pod.labels),
    );
  }

  /** Several pods share an address when they use their node's network. Ended pods no longer have theirs. */
  podsByIp(ip: string): readonly Pod[] {
    this.#podsByIp ??= indexByIp(this.all('Pod'));
    return this.#podsByIp.get(ip) ?? [];
  }

  /** Applies changes in order. `touched` is empty when nothing differs. */
  with(changes: readonly ObjectChange[]): { snapshot: Snapshot; touched: Touched } {
    const touched = new Map<Kind, Set<string>>();
    const objects = new Map(this.#objects);
    const fresh = new Map<ByName, Map<string, AnyObject>>();
    for (const change of changes) {
      const { kind, namespace, name } = change.type === 'put' ? change.object : change;
      const before = objects.get(kind)?.get(namespace);
      if (change.type === 'remove' && !before?.has(name)) continue;
      let namespaces = touched.get(kind);
      if (namespaces === undefined) {
        namespaces = new Set();
        touched.set(kind, namespaces);
        objects.set(kind, new Map(objects.get(kind)));
      }
      namespaces.add(namespace);
      let byName = before && fresh.get(before);
      if (byName === undefined) {
        byName = new Map(before);
        fresh.set(byName, byName);
        (objects.get(kind) as Map<string, ByName>).set(namespace, byName);
      }
      if (change.type === 'put') byName.set(name, change.object);
      else byName.delete(name);
      if (byName.size === 0) (objects.get(kind) as Map<string, ByName>).delete(namespace);
    }
    if (touched.size === 0) return { snapshot: this, touched };
    return { snapshot: new Snapshot(objects, this.#coverage), touched };
  }

  withCoverage(kind: Kind, coverage: Coverage): Snapshot {
    return new Snapshot(this.#objects, new Map(this.#coverage).set(kind, coverage));
  }
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// Caches of pure functions of immutable maps, not state: they hold nothing that could differ between clusters.
const sortedCache = new WeakMap<ByName, readonly AnyObject[]>();
const slicesCache = new WeakMap<ByName, ReadonlyMap<string, readonly EndpointSlice[]>>();

function sorted(byName: ByName): readonly AnyObject[] {
  let list = sortedCache.get(byName);
  if (list === undefined) {
    list = [...byName.values()].sort((a, b) => byCodeUnit(a.name, b.name));
    sortedCache.set(byName, list);
  }
  return list;
}

function slicesByService(byName: ByName): ReadonlyMap<string, readonly EndpointSlice[]> {
  let index = slicesCache.get(byName);
  if (index === undefined) {
    index = groupBy(sorted(byName) as readonly EndpointSlice[], (slice) => slice.serviceName);
    slicesCache.set(byName, index);
  }
  return index;
}

function indexByIp(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const index = new Map<string, Pod[]>();
  for (const pod of pods) {
    if (pod.phase === 'Succeeded' || pod.phase === 'Failed') continue;
    for (const ip of pod.ips) {
      const there = index.get(ip);
      if (there === undefined) index.set(ip, [pod]);
      else there.push(pod);
    }
  }
  return index;
}
