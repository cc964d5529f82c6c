import { differencesOf, nearestPod, type LabelDifference } from '../../model/nearMiss.ts';
import type { Labels, Pod, Service } from '../../model/objects.ts';
import { serviceEndpoints, type ServiceEndpoint } from '../../model/serviceEndpoints.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { podsSelected } from './podsByLabel.ts';

/** Why a service does not lead anywhere, told from objects that were really read. */
export type ServiceProblem =
  | {
      readonly is: 'selects-nothing';
      readonly selector: Labels;
      /** The pod that comes nearest, and what keeps it out. */
      readonly nearest?: { readonly pod: Pod; readonly differences: readonly LabelDifference[] };
    }
  /** Pods are selected, none is ready. */
  | { readonly is: 'none-ready'; readonly pods: readonly Pod[] }
  /** The target port is a name that no selected pod has. */
  | { readonly is: 'no-such-port'; readonly targetPort: string; readonly pods: readonly Pod[] }
  | { readonly is: 'no-endpoints' }
  /** A load balancer was asked for, and none came. */
  | { readonly is: 'no-load-balancer' };

/** All problems of a service; empty also where too little could be read to tell. */
export function serviceProblems(
  snapshot: Snapshot,
  service: Service,
  endpoints: readonly ServiceEndpoint[] = serviceEndpoints(snapshot, service),
): readonly ServiceProblem[] {
  if (service.type === 'ExternalName') return [];
  return [...routingProblems(snapshot, service, endpoints), ...balancerProblems(service)];
}

function balancerProblems({ type, loadBalancer }: Service): readonly ServiceProblem[] {
  return type === 'LoadBalancer' && loadBalancer.length === 0 ? [{ is: 'no-load-balancer' }] : [];
}

function routingProblems(
  snapshot: Snapshot,
  service: Service,
  endpoints: readonly ServiceEndpoint[],
): readonly ServiceProblem[] {
  const knowsPods = snapshot.coverage('Pod').is === 'complete';
  const knowsSlices = snapshot.coverage('EndpointSlice').is === 'complete';
  if (service.selector === undefined) {
    return knowsSlices && endpoints.length === 0 ? [{ is: 'no-endpoints' }] : [];
  }
  if (!knowsPods) return [];
  const { selector } = service;
  const inNamespace = snapshot.inNamespace('Pod', service.namespace);
  const pods = podsSelected(inNamespace, selector).filter(
    ({ phase }) => phase !== 'Succeeded' && phase !== 'Failed',
  );
  if (pods.length === 0) {
    const pod = nearestPod(inNamespace, selector);
    const differences = pod === undefined ? [] : differencesOf(selector, pod.labels);
    // A pod that has ended bears the right labels and is no near miss.
    const near = pod !== undefined && differences.length > 0 && { nearest: { pod, differences } };
    return [{ is: 'selects-nothing', selector, ...near }];
  }
  const problems: ServiceProblem[] = [];
  for (const { targetPort } of service.ports) {
    if (typeof targetPort === 'string' && !pods.some((pod) => hasPort(pod, targetPort))) {
      problems.push({ is: 'no-such-port', targetPort, pods });
    }
  }
  if (!service.publishNotReadyAddresses && !pods.some(({ ready }) => ready)) {
    problems.push({ is: 'none-ready', pods });
  }
  return problems;
}

function hasPort(pod: Pod, name: string): boolean {
  return pod.containers.some(
    (container) =>
      (container.role === 'main' || container.role === 'sidecar') &&
      container.ports.some((port) => port.name === name),
  );
}
