import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { filledText, integerOf, isFilled, keyPlace, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { policyView, type PolicyRuleView } from './policyView.ts';

/** Egress is isolated, and nothing allows DNS: the pods find no name any more. */
export const policyBlocksDns: Rule = {
  code: 'policy-blocks-dns',
  title: 'Egress is restricted without allowing DNS',
  severity: 'warning',
  kinds: ['NetworkPolicy'],
  check({ object, neighbours, report }) {
    const policy = policyView(object);
    if (policy?.types.has('egress') !== true) return;
    const egress = policy.rules.filter((rule) => rule.direction === 'egress');
    // "Deny all" is meant so, and other policies add to this one: one of them may allow DNS.
    if (egress.length === 0) return;
    const udp = egress.some((rule) => allows(rule, 'UDP'));
    const tcp = egress.some((rule) => allows(rule, 'TCP'));
    if (udp && tcp) return;
    const others = neighbours.ofKind('NetworkPolicy').length > 1;
    const at = keyPlace(policy.spec, 'egress');
    if (!udp) {
      report(
        at,
        others
          ? t(
              "Nothing here allows DNS (port 53, UDP and TCP): the pods cannot look up names, unless another policy allows it. Allow port 53 to the cluster's DNS.",
            )
          : t(
              "Nothing here allows DNS (port 53, UDP and TCP): the pods cannot look up names. Allow port 53 to the cluster's DNS.",
            ),
        { severity: others ? 'hint' : 'warning' },
      );
    } else
      report(at, t('DNS is allowed over UDP only. Long answers need TCP port 53 too.'), { severity: 'hint' });
  },
};

function allows(rule: PolicyRuleView, protocol: string): boolean {
  if (isFilled(rule.node.get('to')) && rule.peers.every((peer) => !mayBeDns(peer))) return false;
  if (!isFilled(rule.node.get('ports'))) return true;
  return rule.ports.some((port) => {
    if ((filledText(port.get('protocol')) ?? 'TCP') !== protocol) return false;
    const first = integerOf(port.get('port'));
    const name = textOf(port.get('port'));
    if (first === undefined) return name === undefined || name.startsWith('dns');
    return first <= 53 && 53 <= (integerOf(port.get('endPort')) ?? first);
  });
}

/** Pods of this namespace are not the cluster's DNS; other namespaces and addresses may be. */
function mayBeDns(peer: MapNode): boolean {
  return peer.has('namespaceSelector') || peer.has('ipBlock');
}
