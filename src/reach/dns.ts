import { t } from '../base/l10n.ts';
import { podDnsName } from '../model/dnsNames.ts';
import type { Pod, Service } from '../model/objects.ts';
import type { Party } from './openings.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** What a name stands for, as a pod's resolver would find it. */
export type Resolved =
  | { readonly is: 'service'; readonly service: Service; readonly name: string }
  /** One pod of a headless Service, or a pod's name by its address. */
  | { readonly is: 'pod'; readonly pod: Pod; readonly name: string }
  /** A name of the cluster's domain that is none of these objects. */
  | { readonly is: 'unknown'; readonly tried: readonly string[] }
  /** A name of the world outside. */
  | { readonly is: 'external' }
  /** The source does not ask the cluster's DNS. */
  | { readonly is: 'not-asked'; readonly why: string };

const domain = 'cluster.local';
/** What the kubelet writes into /etc/resolv.conf for ClusterFirst (Kubernetes docs, DNS for Services and Pods). */
const dots = 5;

/**
 * The names that a resolver asks for, one after the other.
 * @param namespace the source pod's.
 */
export function searchNames(host: string, namespace: string): readonly string[] {
  if (host.endsWith('.')) return [host.slice(0, -1)];
  const searched = [`${namespace}.svc.${domain}`, `svc.${domain}`, domain].map(
    (suffix) => `${host}.${suffix}`,
  );
  return host.split('.').length - 1 >= dots ? [host, ...searched] : [...searched, host];
}

/** Resolves a host name for a source. Addresses are no names: ask before. */
export function resolveName(snapshot: Snapshot, host: string, from: Party): Resolved {
  const refusal = from.is === 'pod' ? asksElsewhere(from.pod) : undefined;
  const namespace = from.is === 'pod' ? from.pod.namespace : 'default';
  const names = searchNames(host, namespace);
  for (const name of names) {
    const found = lookUp(snapshot, name);
    if (found === undefined) continue;
    return refusal === undefined ? found : { is: 'not-asked', why: refusal };
  }
  const [, second, svc] = host.split('.');
  const isOurs =
    second === undefined ||
    svc === 'svc' ||
    host.replace(/\.$/, '').endsWith(`.${domain}`) ||
    snapshot.get('Namespace', '', second) !== undefined;
  return isOurs ? { is: 'unknown', tried: names } : { is: 'external' };
}

/** Why a pod does not ask the cluster's DNS first; undefined where it does (core/v1 PodSpec.dnsPolicy). */
function asksElsewhere(pod: Pod): string | undefined {
  if (pod.dnsPolicy === 'Default') return t('dnsPolicy is Default: it asks what its node asks');
  if (pod.dnsPolicy === 'None') return t('dnsPolicy is None: it asks what its dnsConfig says');
  if (pod.hostNetwork && pod.dnsPolicy !== 'ClusterFirstWithHostNet') {
    return t(
      "it uses its node's network without dnsPolicy ClusterFirstWithHostNet: it asks what its node asks",
    );
  }
  return undefined;
}

/** The record of a full name, after the Kubernetes DNS specification 1.1. */
function lookUp(snapshot: Snapshot, name: string): Resolved | undefined {
  const labels = name.split('.');
  const kind = labels.lastIndexOf('svc');
  if (kind === -1) return podByAddress(snapshot, name, labels);
  const namespace = labels[kind - 1] ?? '';
  const service = snapshot.get('Service', namespace, labels[kind - 2] ?? '');
  if (service === undefined) return undefined;
  if (kind === 2) return { is: 'service', service, name };
  if (kind !== 3 || !service.headless) return undefined;
  const pod = snapshot
    .podsSelectedBy(service)
    .find((candidate) => podDnsName(candidate)?.startsWith(`${labels[0] ?? ''}.${service.name}.`));
  return pod && { is: 'pod', pod, name };
}

/** `10-244-1-5.default.pod.cluster.local`. */
function podByAddress(snapshot: Snapshot, name: string, labels: readonly string[]): Resolved | undefined {
  if (labels[2] !== 'pod') return undefined;
  const [pod] = snapshot
    .podsByIp((labels[0] ?? '').replaceAll('-', '.'))
    .filter(({ namespace }) => namespace === labels[1]);
  return pod && { is: 'pod', pod, name };
}
