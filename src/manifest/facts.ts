import { flag, integer, isRecord, list, record, strings, text, type Json } from '../model/json.ts';
import { Memo, type ManifestObject } from './object.ts';
import type { Range } from './position.ts';

/** A container port of a pod. */
export interface PortFact {
  readonly container: string;
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
}

/** What is known of the pods that an object is or makes. */
export interface PodFacts {
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly PortFact[];
  readonly hostNetwork: boolean;
  /** How many the manifest asks for; undefined where the cluster decides (DaemonSet) or time does (CronJob). */
  readonly replicas?: number;
}

export interface ServicePortFact {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly targetPort: number | string;
}

export interface ServiceFacts {
  readonly type: string;
  readonly headless: boolean;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePortFact[];
}

/**
 * What the rules may want to know of another object: of a file or of a cluster. Small on purpose, so that
 * thousands can be kept.
 */
export interface ObjectFacts {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** undefined: the manifest does not say, so that it goes wherever it is applied to. */
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Of a Pod, or of the template of a workload. */
  readonly pods?: PodFacts;
  readonly service?: ServiceFacts;
  /** Names of the data of a ConfigMap or Secret. */
  readonly keys?: readonly string[];
  /** Of a PersistentVolumeClaim. */
  readonly accessModes?: readonly string[];
  /** Names of the node ports that a Service asks for, as `protocol/number`. */
  readonly nodePorts?: readonly string[];
  /** Labels that a NetworkPolicy selects, as written: a meta/v1 LabelSelector. */
  readonly podSelector?: unknown;
  /** What of the spec cannot be changed once the object exists, by field. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** It is in the cluster, and not from a file. */
  readonly isLive?: true;
  /** Where it is written; missing for objects of a cluster. */
  readonly place?: { readonly file: string; readonly range: Range };
}

/** Where the pods' template is in each kind that makes pods. */
export const templatePaths: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  PodTemplate: ['template'],
};

/** Reads the facts of an object as JSON. Fields of wrong types are read as absent. */
export function factsOf(value: unknown, place?: ObjectFacts['place']): ObjectFacts {
  const object = record(value);
  const kind = text(object.kind);
  const metadata = record(object.metadata);
  const spec = record(object.spec);
  const namespace = text(metadata.namespace);
  const pod = kind === 'Pod' ? object : podTemplate(kind, object);
  return {
    apiVersion: text(object.apiVersion),
    kind,
    name: text(metadata.name),
    namespace: namespace === '' ? undefined : namespace,
    labels: strings(metadata.labels),
    ...(pod && { pods: { ...podFacts(pod), ...replicasOf(kind, spec) } }),
    ...(kind === 'Service' && { service: serviceFacts(spec), nodePorts: nodePorts(spec) }),
    ...((kind === 'ConfigMap' || kind === 'Secret') && { keys: dataKeys(object) }),
    ...(kind === 'PersistentVolumeClaim' && { accessModes: list(spec.accessModes).map(text) }),
    ...(kind === 'NetworkPolicy' && { podSelector: spec.podSelector ?? {} }),
    ...(kind in fixedFields && { fixed: fixedOf(kind, spec) }),
    ...(place && { place }),
  };
}

/** Fields of the spec that the server does not let change (claims may still grow). */
const fixedFields: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['selector'],
  ReplicaSet: ['selector'],
  DaemonSet: ['selector'],
  StatefulSet: ['selector', 'serviceName', 'podManagementPolicy'],
  Job: ['selector', 'completions', 'completionMode'],
  PersistentVolumeClaim: ['accessModes', 'storageClassName', 'volumeMode', 'volumeName', 'selector'],
};

function fixedOf(kind: string, spec: Json): Readonly<Record<string, unknown>> {
  const fields = (fixedFields[kind] ?? []).filter(
    (field) => spec[field] !== undefined && spec[field] !== null,
  );
  const storage = record(record(spec.resources).requests).storage;
  return {
    ...Object.fromEntries(fields.map((field) => [field, spec[field]])),
    ...(kind === 'PersistentVolumeClaim' && storage !== undefined && { storage }),
  };
}

/** The facts of an object in a file; its place is its name, or its kind when it has none. */
export function factsOfObject(object: ManifestObject): ObjectFacts {
  const facts = object.recall(factsMemo) ?? object.remember(factsMemo, factsOf(object.toJson()));
  const at = object.entryAt(['metadata', 'name']) ?? object.entryAt(['kind']) ?? object.root;
  return { ...facts, place: { file: object.file, range: object.rangeOf(at) } };
}

const factsMemo = new Memo<ObjectFacts>('facts');

function podTemplate(kind: string, object: Json): Json | undefined {
  const path = templatePaths[kind];
  if (path === undefined) return undefined;
  const template = path.reduce<Json>((value, key) => record(value[key]), object);
  return isRecord(template) ? template : undefined;
}

function podFacts(pod: Json): PodFacts {
  const spec = record(pod.spec);
  // Native sidecars are init containers; plain ones may listen too while they run.
  const containers = [...list(spec.containers), ...list(spec.initContainers)].map(record);
  return {
    labels: strings(record(pod.metadata).labels),
    hostNetwork: flag(spec.hostNetwork),
    ports: containers.flatMap((container) =>
      list(container.ports).map((value) => {
        const port = record(value);
        return {
          container: text(container.name),
          name: text(port.name),
          number: integer(port.containerPort) ?? 0,
          protocol: text(port.protocol) || 'TCP',
        };
      }),
    ),
  };
}

/** The API's default is 1 (ReplicaSetSpec.replicas and the like). */
function replicasOf(kind: string, spec: Json): { replicas?: number } {
  if (kind === 'Pod') return { replicas: 1 };
  if (kind === 'Job') return { replicas: integer(spec.parallelism) ?? 1 };
  if (kind === 'DaemonSet' || kind === 'CronJob' || kind === 'PodTemplate') return {};
  return { replicas: integer(spec.replicas) ?? 1 };
}

function serviceFacts(spec: Json): ServiceFacts {
  return {
    type: text(spec.type) || 'ClusterIP',
    headless: text(spec.clusterIP) === 'None',
    selector: strings(spec.selector),
    ports: list(spec.ports).map((value) => {
      const port = record(value);
      const number = integer(port.port) ?? 0;
      return {
        name: text(port.name),
        port: number,
        protocol: text(port.protocol) || 'TCP',
        targetPort: integer(port.targetPort) ?? (text(port.targetPort) || number),
      };
    }),
  };
}

function nodePorts(spec: Json): readonly string[] {
  return list(spec.ports)
    .map(record)
    .filter((port) => (integer(port.nodePort) ?? 0) > 0)
    .map((port) => `${text(port.protocol) || 'TCP'}/${integer(port.nodePort) ?? 0}`);
}

function dataKeys(object: Json): readonly string[] {
  return [object.data, object.binaryData, object.stringData].flatMap((data) => Object.keys(record(data)));
}
