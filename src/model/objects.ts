import type { NetworkPolicy } from './networkPolicy.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from './storage.ts';
import type { TierPolicy } from './tierPolicy.ts';

/*
 * The domain: what the product keeps of a cluster's objects, and nothing more. All plain immutable data, the
 * same whether it was read from a cluster (JSON, protobuf) or from manifests.
 */

/** What every object has. `namespace` is '' for cluster-scoped kinds. */
export interface ObjectMeta {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  /** RFC 3339, '' where it is not known (manifests). */
  readonly createdAt: string;
  /** Set once a deletion was asked for. */
  readonly deletedAt?: string;
  /** The controlling owner, if any. */
  readonly owner?: OwnerRef;
}

export type Labels = Readonly<Record<string, string>>;

export interface OwnerRef {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

export type Protocol = 'TCP' | 'UDP' | 'SCTP';
export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

export interface Pod extends ObjectMeta {
  readonly kind: 'Pod';
  /** All pod IPs, the primary one first; empty until the pod has a sandbox. */
  readonly ips: readonly string[];
  readonly hostIPs: readonly string[];
  /** '' until scheduled. */
  readonly nodeName: string;
  readonly phase: PodPhase;
  /** The pod's Ready condition. */
  readonly ready: boolean;
  /** Readiness gates whose condition is not True: the pod cannot become ready without them. */
  readonly unmetReadinessGates: readonly string[];
  /** Why the pod is not what one would wish: `CrashLoopBackOff`, `Unschedulable`, `Evicted`, … */
  readonly reason?: PodReason;
  readonly hostNetwork: boolean;
  readonly dnsPolicy: string;
  readonly hostname: string;
  readonly subdomain: string;
  readonly serviceAccount: string;
  /** Init containers first, then the containers, then ephemeral ones; each says its role. */
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
}

/** The status word as `kubectl get pods` would print it, with the evidence behind it. */
export interface PodReason {
  readonly word: string;
  readonly message: string;
  /** The container it comes from, if one. */
  readonly container?: string;
}

export type ContainerRole = 'main' | 'init' | 'sidecar' | 'ephemeral';

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly role: ContainerRole;
  readonly ports: readonly ContainerPort[];
  readonly mounts: readonly Mount[];
  readonly ready: boolean;
  readonly restarts: number;
  readonly state: ContainerState;
  /** How its run before the present one ended. */
  readonly lastExit?: { readonly exitCode: number; readonly reason: string };
}

export type ContainerState =
  | { readonly is: 'waiting'; readonly reason: string; readonly message: string }
  | { readonly is: 'running'; readonly since: string }
  | {
      readonly is: 'terminated';
      readonly reason: string;
      readonly exitCode: number;
      readonly message: string;
    }
  | { readonly is: 'unknown' };

export interface ContainerPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly hostPort?: number;
}

export interface Mount {
  /** The volume's name in the pod. */
  readonly volume: string;
  readonly path: string;
  readonly readOnly: boolean;
  readonly subPath: string;
}

export interface Volume {
  readonly name: string;
  /** The field under the volume that says its source: `emptyDir`, `configMap`, `persistentVolumeClaim`, … */
  readonly kind: string;
  /** What it refers to, in one word or path: a claim's, secret's or config map's name, a host path; '' if nothing. */
  readonly source: string;
  /** How large it may grow, such as `1Gi`, where it says so (emptyDir). */
  readonly sizeLimit?: string;
}

export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

export interface Service extends ObjectMeta {
  readonly kind: 'Service';
  readonly type: ServiceType;
  /** Without 'None'; see `headless`. */
  readonly clusterIPs: readonly string[];
  readonly headless: boolean;
  readonly externalName: string;
  readonly externalIPs: readonly string[];
  readonly loadBalancer: readonly string[];
  readonly ports: readonly ServicePort[];
  /** undefined where the Service has none: its endpoints are then made by hand. */
  readonly selector: Labels | undefined;
  readonly publishNotReadyAddresses: boolean;
  readonly internalTrafficPolicy: 'Cluster' | 'Local';
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  readonly sessionAffinity: 'None' | 'ClientIP';
  readonly loadBalancerSourceRanges: readonly string[];
  /** Empty where the API server has not chosen yet (manifests). */
  readonly ipFamilies: readonly ('IPv4' | 'IPv6')[];
}

export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** A number, or the name of a container port, resolved per pod. */
  readonly targetPort: number | string;
  readonly nodePort?: number;
  readonly appProtocol?: string;
}

export interface EndpointSlice extends ObjectMeta {
  readonly kind: 'EndpointSlice';
  /** From the label `kubernetes.io/service-name`, never from the owner: slices made by hand count too. */
  readonly serviceName: string;
  readonly addressType: 'IPv4' | 'IPv6' | 'FQDN';
  readonly endpoints: readonly Endpoint[];
  readonly ports: readonly EndpointPort[];
}

export interface Endpoint {
  readonly addresses: readonly string[];
  /** A missing condition counts as ready (API: "nil should be interpreted as true"). */
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly nodeName: string;
  readonly zone: string;
  /** The zones whose clients should use it; empty: all (topology aware routing). */
  readonly hintedZones: readonly string[];
  readonly target?: { readonly kind: string; readonly namespace: string; readonly name: string };
}

export interface EndpointPort {
  readonly name: string;
  readonly protocol: Protocol;
  /** undefined: "all ports" in the API's words; for a Service, a named target port that no pod has. */
  readonly port: number | undefined;
}

export interface Node extends ObjectMeta {
  readonly kind: 'Node';
  /** undefined: nobody has said, as of a node in a file or one whose kubelet never reported. */
  readonly ready: boolean | undefined;
  readonly addresses: readonly { readonly type: string; readonly address: string }[];
  readonly podCIDRs: readonly string[];
  readonly unschedulable: boolean;
}

export interface Namespace extends ObjectMeta {
  readonly kind: 'Namespace';
  readonly terminating: boolean;
}

/** The kinds a Snapshot holds. */
export interface ObjectsByKind {
  readonly Pod: Pod;
  readonly Service: Service;
  readonly EndpointSlice: EndpointSlice;
  readonly Node: Node;
  readonly Namespace: Namespace;
  readonly NetworkPolicy: NetworkPolicy;
  readonly PersistentVolumeClaim: PersistentVolumeClaim;
  readonly PersistentVolume: PersistentVolume;
  readonly StorageClass: StorageClass;
  readonly AdminNetworkPolicy: TierPolicy;
  readonly BaselineAdminNetworkPolicy: TierPolicy;
  readonly ClusterNetworkPolicy: TierPolicy;
}
export type Kind = keyof ObjectsByKind;
export type AnyObject = ObjectsByKind[Kind];
export const kinds: readonly Kind[] = [
  'Namespace',
  'Node',
  'Pod',
  'Service',
  'EndpointSlice',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
];
