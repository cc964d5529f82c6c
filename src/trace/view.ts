import type { Pod, Protocol, Service, ServicePort } from '../model/objects.ts';
import type { ServiceEndpoint } from '../model/serviceEndpoints.ts';
import type { CheckRecord } from '../probe/check.ts';
import type { World } from '../reach/world.ts';
import type { CertificateAnswer } from './certificateProbe.ts';
import type { Listener } from './listeners.ts';
import type { SmallAnswer } from './smallAnswerProbe.ts';

/** Where the connection starts: in a container, or outside the cluster. */
export type TraceSource =
  { readonly is: 'container'; readonly pod: Pod; readonly container: string } | { readonly is: 'outside' };

/** What is asked for, as far as the objects know it. */
export type TraceTarget =
  | { readonly is: 'pod'; readonly pod: Pod }
  | {
      readonly is: 'service';
      readonly service: Service;
      readonly via: 'name' | 'cluster-ip' | 'node-port' | 'load-balancer';
    }
  /** A Service that is not among the objects. */
  | { readonly is: 'missing-service'; readonly namespace: string; readonly name: string }
  /** An address or name outside of what the objects describe. */
  | { readonly is: 'external'; readonly host: string };

/** The question, resolved against the objects. */
export interface TraceQuestion {
  readonly from: string;
  readonly to: string;
  readonly source: TraceSource;
  readonly target: TraceTarget;
  /** What the source puts into its URL: a name or an address. */
  readonly host: string;
  /** undefined: none was given and none can be chosen for the user. */
  readonly port: number | undefined;
  readonly protocol: Protocol;
  readonly scheme: 'http' | 'https' | 'tcp';
}

/** A pod and port where packets are to arrive. */
export interface Destination {
  readonly pod: Pod;
  readonly port: number;
}

/** A probe of one destination. */
export interface DestinationProbe {
  readonly destination: Destination;
  readonly record: CheckRecord;
}

/** What was tried. Every field may be missing: not asked for, not possible, not reached yet. */
export interface TraceProbes {
  /** From the source to the target as asked for. */
  readonly asked?: CheckRecord;
  /** What is asked from outside, asked from a pod behind it; only where the outside got no answer. */
  readonly inside?: CheckRecord;
  /** From the source to the Service's cluster IP, where it was asked for by name. */
  readonly clusterIp?: CheckRecord;
  /** From the source to the pod IPs and target ports behind. */
  readonly podIps: readonly DestinationProbe[];
  /** From inside the destination to itself. */
  readonly localhosts: readonly DestinationProbe[];
  /** Whether the source accepts the server's certificate; only of an https question that was answered. */
  readonly certificate?: CertificateAnswer;
  /** Whether a small answer arrives; only of an HTTP question that connected and then hung. */
  readonly small?: SmallAnswer;
  /** What listens in a pod, by `NAMESPACE/NAME`. */
  readonly listeners: ReadonlyMap<string, readonly Listener[]>;
}

/** All that the causes look at. */
export interface TraceView {
  readonly world: World;
  readonly question: TraceQuestion;
  readonly service?: Service;
  readonly servicePort?: ServicePort;
  /** What its selector selects, whether ready or not. */
  readonly selected: readonly Pod[];
  /** The Service's endpoints on the port asked for, whether ready or not. */
  readonly endpoints: readonly ServiceEndpoint[];
  /** Where packets would arrive now. */
  readonly destinations: readonly Destination[];
  readonly probes?: TraceProbes;
}

export function podKey({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

export function refOf(object: {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): string {
  const kind = object.kind === 'Service' ? 'svc' : object.kind.toLowerCase();
  return object.namespace === '' ? `${kind}/${object.name}` : `${kind}/${object.namespace}/${object.name}`;
}
