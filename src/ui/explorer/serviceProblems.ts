import type { Pod, Service } from '../../model/objects.ts';
import { serviceEndpoints, type ServiceEndpoint } from '../../model/serviceEndpoints.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { podsSelected } from './podsByLabel.ts';

/** Why a service does not lead anywhere, told from objects that were really read. */
export type ServiceProblem =
  | { readonly is: 'selects-nothing'; readonly selector: Readonly<Record<string, string>> }
  /** Pods are selected, none is ready. */
  | { readonly is: 'none-ready'; readonly pods: readonly Pod[] }
  /** The target port is a name that no selected pod has. */
  | { readonly is: 'no-such-port'; readonly targetPort: string; readonly pods: readonly Pod[] }
  | { readonly is: 'no-endpoints' };

/** All problems of a service; empty also where too little could be read to tell. */
export function serviceProblems(
  snapshot: Snapshot,
  service: Service,
  endpoints: readonly ServiceEndpoint[] = serviceEndpoints(snapshot, service),
): readonly ServiceProblem[] {
  if (service.type === 'ExternalName') return [];
  const knowsPods = snapshot.coverage('Pod').is === 'complete';
  const knowsSlices = snapshot.coverage('EndpointSlice').is === 'complete';
  if (service.selector === undefined) {
    return knowsSlices && endpoints.length === 0 ? [{ is: 'no-endpoints' }] : [];
  }
  if (!knowsPods) return [];
  const { selector } = service;
  const pods = podsSelected(snapshot.inNamespace('Pod', service.namespace), selector).filter(
    ({ phase }) => phase !== 'Succeeded' && phase !== 'Failed',
  );
  if (pods.length === 0) return [{ is: 'selects-nothing', selector: service.selector }];
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
