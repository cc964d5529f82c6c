import { isCancellation } from '../../base/errors.ts';
import { list, record, text } from '../../model/json.ts';
import type { OtherPolicies, ServedKind } from '../../model/requests.ts';
import type { ClusterClient } from '../transport/client.ts';
import type { Discovery } from './discovery.ts';
import { groupVersionPath, segment } from './objectPath.ts';

/** Kinds by which other tools than NetworkPolicy restrict traffic, by API group. */
const policyKinds: ReadonlyMap<string, readonly string[]> = new Map([
  ['cilium.io', ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']],
  ['crd.projectcalico.org', ['NetworkPolicy', 'GlobalNetworkPolicy']],
  ['crd.antrea.io', ['NetworkPolicy', 'ClusterNetworkPolicy']],
  ['security.istio.io', ['AuthorizationPolicy']],
  ['policy.linkerd.io', ['AuthorizationPolicy']],
  ['k8s.ovn.org', ['EgressFirewall']],
  ['network.openshift.io', ['EgressNetworkPolicy']],
]);

/** More than these are not named one by one anywhere. */
const limit = '200';
/** Calico shows what it made of the cluster's own policies under names with these beginnings. */
const mirrored = /^k(np|anp|banp|cnp)\./;

/** Looks for policies of other kinds. What cannot be listed is said, and does not fail the rest. */
export async function findOtherPolicies(
  client: ClusterClient,
  discovery: Discovery,
  signal: AbortSignal,
): Promise<OtherPolicies> {
  const { kinds, unanswered } = await discovery.all(signal);
  const groups = new Map<string, ServedKind>();
  for (const kind of kinds) {
    const [group = ''] = kind.apiVersion.split('/');
    if (!policyKinds.get(group)?.includes(kind.kind)) continue;
    // One version of each is enough.
    const key = `${group}/${kind.kind}`;
    if (!groups.has(key)) groups.set(key, kind);
  }
  const found: string[] = [];
  const unreadable = unanswered.filter((version) => policyKinds.has(version.split('/')[0] ?? ''));
  await Promise.all(
    [...groups.values()].map(async (kind) => {
      const path = `${groupVersionPath(kind.apiVersion)}/${segment(kind.plural)}`;
      try {
        const answer = await client.json({ path, query: [['limit', limit]], signal });
        for (const item of list(answer.items)) {
          const { namespace, name } = record(record(item).metadata);
          if (mirrored.test(text(name))) continue;
          found.push([kind.kind.toLowerCase(), text(namespace), text(name)].filter(Boolean).join('/'));
        }
      } catch (error) {
        if (isCancellation(error)) throw error;
        unreadable.push(`${kind.plural}.${kind.apiVersion.split('/')[0] ?? ''}`);
      }
    }),
  );
  return { found: found.sort(), unreadable: unreadable.sort() };
}
