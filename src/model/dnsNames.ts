import type { Pod, Service } from './objects.ts';

/** The cluster domain that nearly every cluster uses; it is a kubelet setting and no object names it. */
export const defaultClusterDomain = 'cluster.local';

/** The full DNS name of a Service (Kubernetes DNS specification 1.1, section 2.3). */
export function serviceDnsName(service: Service, clusterDomain = defaultClusterDomain): string {
  return `${service.name}.${service.namespace}.svc.${clusterDomain}`;
}

/**
 * The DNS name of a pod behind a headless Service, which only a pod with `hostname` and the Service's name as
 * `subdomain` has; undefined otherwise.
 */
export function podDnsName(pod: Pod, clusterDomain = defaultClusterDomain): string | undefined {
  if (pod.hostname === '' || pod.subdomain === '') return undefined;
  return `${pod.hostname}.${pod.subdomain}.${pod.namespace}.svc.${clusterDomain}`;
}
