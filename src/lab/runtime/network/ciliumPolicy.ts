import { inNamespace, type Pod } from '../kube.ts';
import type { KubeObject } from '../types.ts';
import type { Packet } from './policy.ts';

interface EndpointSelector {
  matchLabels?: Record<string, string>;
}

interface CiliumNetworkPolicy extends KubeObject {
  spec?: { endpointSelector?: EndpointSelector; ingress?: { fromEndpoints?: EndpointSelector[] }[] };
}

/**
 * What CiliumNetworkPolicies say of a packet, as far as the lab knows them: `endpointSelector`, and `ingress` with
 * `fromEndpoints` by labels. A pod that one selects takes only what some rule admits.
 */
export function ciliumAllows(policies: Iterable<KubeObject>, { from, to }: Packet): boolean {
  const target = to.pod;
  if (target === undefined) return true;
  const selecting = [...(policies as Iterable<CiliumNetworkPolicy>)].filter(
    (policy) =>
      inNamespace(policy) === inNamespace(target) &&
      policy.spec?.ingress !== undefined &&
      selects(policy.spec.endpointSelector ?? {}, target),
  );
  if (selecting.length === 0) return true;
  return selecting.some((policy) =>
    (policy.spec?.ingress ?? []).some(({ fromEndpoints }) => {
      if (fromEndpoints === undefined) return true;
      const { pod } = from;
      return (
        pod !== undefined &&
        inNamespace(pod) === inNamespace(policy) &&
        fromEndpoints.some((selector) => selects(selector, pod))
      );
    }),
  );
}

/** Keys may carry Cilium's prefix for labels of Kubernetes. */
function selects({ matchLabels = {} }: EndpointSelector, pod: Pod): boolean {
  return Object.entries(matchLabels).every(
    ([key, value]) => pod.metadata.labels?.[key.replace(/^k8s:/, '')] === value,
  );
}
