import type { Pod, Service } from '../../model/objects.ts';
import { serviceEndpoints } from '../../model/serviceEndpoints.ts';
import { mountsOf } from '../../model/volumeMounts.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Readable } from './readable.ts';
import { ServicesOfPods } from './servicesOfPods.ts';

/** What `podnet list -o json` prints; docs/podnet.md describes every field. null: it could not be read. */
export interface ListJson {
  readonly pods: readonly PodJson[] | null;
  readonly services: readonly ServiceJson[] | null;
  readonly volumes: readonly VolumeJson[] | null;
}

export interface PodJson {
  readonly namespace: string;
  readonly name: string;
  readonly ips: readonly string[];
  readonly node: string;
  readonly phase: string;
  readonly ready: boolean;
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
    readonly mounts: readonly {
      readonly volume: string;
      readonly path: string;
      readonly readOnly: boolean;
      readonly subPath: string;
    }[];
  }[];
  readonly volumes: readonly { readonly name: string; readonly kind: string; readonly source: string }[];
  /** Names of the Services in its namespace that select it. */
  readonly services: readonly string[] | null;
}

export interface ServiceJson {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  /** `["None"]` where the Service is headless, as in the API. */
  readonly clusterIPs: readonly string[];
  readonly ports: readonly {
    readonly name: string;
    readonly port: number;
    readonly protocol: string;
    readonly targetPort: number | string;
    readonly nodePort: number | null;
  }[];
  readonly selector: Readonly<Record<string, string>> | null;
  readonly endpoints: readonly EndpointJson[] | null;
}

export interface EndpointJson {
  readonly ip: string;
  readonly port: number | null;
  readonly pod: string | null;
  readonly ready: boolean;
}

export interface VolumeJson {
  readonly namespace: string;
  readonly pod: string;
  readonly name: string;
  readonly kind: string;
  readonly source: string;
  readonly mounts: readonly {
    readonly container: string;
    readonly path: string;
    readonly readOnly: boolean;
    readonly subPath: string;
  }[];
}

/** The Snapshot in the shape of the contract. */
export function listJson(snapshot: Snapshot, readable: Readable): ListJson {
  const pods = snapshot.all('Pod');
  const services = new ServicesOfPods(snapshot);
  return {
    pods: readable.Pod ? pods.map((pod) => podJson(services, pod, readable)) : null,
    services: readable.Service
      ? snapshot.all('Service').map((service) => serviceJson(snapshot, service, readable))
      : null,
    volumes: readable.Pod ? pods.flatMap(volumesJson) : null,
  };
}

function podJson(services: ServicesOfPods, pod: Pod, readable: Readable): PodJson {
  return {
    namespace: pod.namespace,
    name: pod.name,
    ips: pod.ips,
    node: pod.nodeName,
    phase: pod.phase,
    ready: pod.ready,
    containers: pod.containers.map(({ name, image, ports, mounts }) => ({
      name,
      image,
      ports: ports.map(({ name: portName, port, protocol }) => ({ name: portName, port, protocol })),
      mounts: mounts.map(({ volume, path, readOnly, subPath }) => ({ volume, path, readOnly, subPath })),
    })),
    volumes: pod.volumes.map(({ name, kind, source }) => ({ name, kind, source })),
    services: readable.Service ? services.namesOf(pod) : null,
  };
}

function serviceJson(snapshot: Snapshot, service: Service, readable: Readable): ServiceJson {
  return {
    namespace: service.namespace,
    name: service.name,
    type: service.type,
    clusterIPs: service.headless ? ['None'] : service.clusterIPs,
    ports: service.ports.map(({ name, port, protocol, targetPort, nodePort }) => ({
      name,
      port,
      protocol,
      targetPort,
      nodePort: nodePort ?? null,
    })),
    selector: service.selector ?? null,
    endpoints: readable.EndpointSlice
      ? serviceEndpoints(snapshot, service).map(({ ip, port, podRef, ready }) => ({
          ip,
          port: port ?? null,
          pod: podRef?.name ?? null,
          ready,
        }))
      : null,
  };
}

function volumesJson(pod: Pod): readonly VolumeJson[] {
  return pod.volumes.map((volume) => ({
    namespace: pod.namespace,
    pod: pod.name,
    name: volume.name,
    kind: volume.kind,
    source: volume.source,
    mounts: mountsOf(pod, volume),
  }));
}
