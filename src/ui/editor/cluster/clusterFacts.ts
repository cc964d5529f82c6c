import type { ObjectFacts, PodFacts } from '../../../manifest/facts.ts';
import type { AnyObject, Kind, Pod, Service } from '../../../model/objects.ts';
import { withoutVersionLabels } from '../../../model/passingLabels.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import { KnownObjects } from '../../../rules/knownObjects.ts';

/** Kinds whose objects other objects name, with the apiVersion of their manifests. */
const versions: Readonly<Partial<Record<Kind, string>>> = {
  Pod: 'v1',
  Service: 'v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  PersistentVolumeClaim: 'v1',
  StorageClass: 'storage.k8s.io/v1',
  Namespace: 'v1',
};

/**
 * Turns a cluster's objects into what the rules and completion know of others. What says the same as before stays the
 * same, so that a pod whose status changes changes nothing here.
 */
export class ClusterFacts {
  readonly #known = new WeakMap<AnyObject, ObjectFacts>();
  #last: { readonly byName: ReadonlyMap<string, ObjectFacts>; readonly objects: KnownObjects } = {
    byName: new Map(),
    objects: KnownObjects.none,
  };

  /** The same KnownObjects as before, where nothing in them changed. */
  of(snapshot: Snapshot): KnownObjects {
    const before = this.#last;
    const byName = new Map<string, ObjectFacts>();
    let isSame = true;
    for (const kind of Object.keys(versions) as Kind[]) {
      for (const object of snapshot.all(kind)) {
        const name = `${kind}/${object.namespace}/${object.name}`;
        const earlier = before.byName.get(name);
        const facts = this.#factsOf(object, earlier);
        if (facts !== earlier) isSame = false;
        byName.set(name, facts);
      }
    }
    if (isSame && byName.size === before.byName.size) return before.objects;
    this.#last = { byName, objects: new KnownObjects([...byName.values()]) };
    return this.#last.objects;
  }

  #factsOf(object: AnyObject, earlier: ObjectFacts | undefined): ObjectFacts {
    const known = this.#known.get(object);
    if (known) return known;
    const fresh = read(object);
    const facts =
      earlier !== undefined && JSON.stringify(earlier) === JSON.stringify(fresh) ? earlier : fresh;
    this.#known.set(object, facts);
    return facts;
  }
}

/** The kinds of which a Snapshot has all there is. */
export function completeKinds(snapshot: Snapshot): ReadonlySet<string> {
  return new Set(
    (Object.keys(versions) as Kind[]).filter((kind) => snapshot.coverage(kind).is === 'complete'),
  );
}

function read(object: AnyObject): ObjectFacts {
  return {
    apiVersion: versions[object.kind] ?? '',
    kind: object.kind,
    name: object.name,
    namespace: object.namespace === '' ? undefined : object.namespace,
    labels: object.labels,
    isLive: true,
    ...(object.kind === 'Pod' && { pods: podFacts(object) }),
    ...(object.kind === 'Service' && serviceFacts(object)),
    ...(object.kind === 'EndpointSlice' && {
      labels: { ...object.labels, 'kubernetes.io/service-name': object.serviceName },
    }),
  };
}

function podFacts(pod: Pod): PodFacts {
  return {
    labels: withoutVersionLabels(pod.labels),
    hostNetwork: pod.hostNetwork,
    ports: pod.containers.flatMap((container) =>
      container.ports.map((port) => ({
        container: container.name,
        name: port.name,
        number: port.port,
        protocol: port.protocol,
      })),
    ),
  };
}

function serviceFacts(service: Service): Pick<ObjectFacts, 'service' | 'nodePorts'> {
  return {
    service: {
      type: service.type,
      headless: service.headless,
      selector: service.selector ?? {},
      ports: service.ports.map(({ name, port, protocol, targetPort }) => ({
        name,
        port,
        protocol,
        targetPort,
      })),
    },
    nodePorts: service.ports.flatMap(({ protocol, nodePort }) =>
      nodePort === undefined || nodePort === 0 ? [] : [`${protocol}/${nodePort}`],
    ),
  };
}
