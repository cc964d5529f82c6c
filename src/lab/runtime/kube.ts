import type { KubeObject } from './types.ts';

/** The fields of Kubernetes objects that the runtime reads; all may be missing. */

export interface KeyValue {
  name: string;
  value?: string;
}

export interface KeyReference {
  name?: string;
  key?: string;
  optional?: boolean;
}

export interface EnvironmentEntry extends KeyValue {
  valueFrom?: {
    fieldRef?: { fieldPath: string };
    configMapKeyRef?: KeyReference;
    secretKeyRef?: KeyReference;
    resourceFieldRef?: { resource: string; containerName?: string; divisor?: string };
  };
}

export interface ProbeHandler {
  exec?: { command?: string[] };
  httpGet?: {
    path?: string;
    port: number | string;
    host?: string;
    scheme?: string;
    httpHeaders?: { name: string; value: string }[];
  };
  tcpSocket?: { port: number | string; host?: string };
  grpc?: { port: number };
}

export interface Probe extends ProbeHandler {
  initialDelaySeconds?: number;
  periodSeconds?: number;
  timeoutSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface VolumeMount {
  name: string;
  mountPath: string;
  subPath?: string;
  subPathExpr?: string;
  readOnly?: boolean;
}

export interface SecurityContext {
  runAsUser?: number;
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  readOnlyRootFilesystem?: boolean;
}

export interface Container {
  name: string;
  image?: string;
  imagePullPolicy?: string;
  command?: string[];
  args?: string[];
  workingDir?: string;
  env?: EnvironmentEntry[];
  envFrom?: { prefix?: string; configMapRef?: KeyReference; secretRef?: KeyReference }[];
  ports?: { name?: string; containerPort: number; protocol?: string; hostPort?: number }[];
  volumeMounts?: VolumeMount[];
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  startupProbe?: Probe;
  lifecycle?: { postStart?: ProbeHandler; preStop?: ProbeHandler };
  securityContext?: SecurityContext;
  restartPolicy?: string;
  resources?: { limits?: Record<string, string>; requests?: Record<string, string> };
  targetContainerName?: string;
  stdin?: boolean;
  stdinOnce?: boolean;
  tty?: boolean;
}

export interface KeyToPath {
  key: string;
  path: string;
  mode?: number;
}

export interface DownwardItem {
  path: string;
  fieldRef?: { fieldPath: string };
  resourceFieldRef?: { resource: string; containerName?: string };
}

export interface VolumeSource {
  emptyDir?: { medium?: string; sizeLimit?: string };
  hostPath?: { path: string; type?: string };
  configMap?: { name?: string; items?: KeyToPath[]; optional?: boolean; defaultMode?: number };
  secret?: {
    secretName?: string;
    name?: string;
    items?: KeyToPath[];
    optional?: boolean;
    defaultMode?: number;
  };
  downwardAPI?: { items?: DownwardItem[] };
  persistentVolumeClaim?: { claimName: string; readOnly?: boolean };
  projected?: { sources?: (VolumeSource & { serviceAccountToken?: { path: string } })[] };
}

export interface Volume extends VolumeSource {
  name: string;
}

export interface PodSpec {
  containers?: Container[];
  initContainers?: Container[];
  ephemeralContainers?: Container[];
  volumes?: Volume[];
  nodeName?: string;
  hostNetwork?: boolean;
  hostname?: string;
  subdomain?: string;
  dnsPolicy?: string;
  dnsConfig?: { nameservers?: string[]; searches?: string[]; options?: KeyValue[] };
  hostAliases?: { ip: string; hostnames?: string[] }[];
  restartPolicy?: string;
  enableServiceLinks?: boolean;
  serviceAccountName?: string;
  securityContext?: SecurityContext & { fsGroup?: number };
  terminationGracePeriodSeconds?: number;
}

export interface Pod extends KubeObject {
  spec?: PodSpec;
  status?: { podIP?: string; podIPs?: { ip: string }[]; hostIP?: string; phase?: string };
}

export interface ServicePort {
  name?: string;
  port: number;
  protocol?: string;
  nodePort?: number;
  targetPort?: number | string;
}

export interface Service extends KubeObject {
  spec?: {
    type?: string;
    clusterIP?: string;
    clusterIPs?: string[];
    externalIPs?: string[];
    externalName?: string;
    ports?: ServicePort[];
    selector?: Record<string, string>;
    sessionAffinity?: string;
    internalTrafficPolicy?: string;
    externalTrafficPolicy?: string;
    loadBalancerSourceRanges?: string[];
    publishNotReadyAddresses?: boolean;
  };
  status?: { loadBalancer?: { ingress?: { ip?: string }[] } };
}

export interface Endpoint {
  addresses?: string[];
  conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean };
  hostname?: string;
  nodeName?: string;
  hints?: { forZones?: { name: string }[] };
  targetRef?: { kind?: string; name?: string; namespace?: string };
}

export interface EndpointSlice extends KubeObject {
  addressType?: string;
  endpoints?: Endpoint[];
  ports?: { name?: string; port?: number; protocol?: string }[];
}

export interface KubeNode extends KubeObject {
  status?: { addresses?: { type: string; address: string }[] };
}

/** The addresses of a pod; a host network pod's are its node's. */
export function podAddresses(pod: Pod): string[] {
  const all = (pod.status?.podIPs ?? []).map(({ ip }) => ip);
  return all.length > 0 ? all : pod.status?.podIP === undefined ? [] : [pod.status.podIP];
}

export function nodeAddresses(node: KubeNode): string[] {
  return (node.status?.addresses ?? [])
    .filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP')
    .map(({ address }) => address);
}

export function inNamespace(object: KubeObject): string {
  return object.metadata.namespace ?? 'default';
}
