/*
 * A second evaluator of NetworkPolicies, for tests to hold the product's against. It is written straight from the
 * API's text (networking.k8s.io/v1, `kubectl explain networkpolicy.spec --recursive`) and for one question only: may
 * this pod connect to that one on this port? It works on manifests as they are, and shares no code with src/.
 */

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  spec?: Record<string, unknown>;
  status?: { podIP?: string };
}
interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}
interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string };
}
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { protocol?: string; port?: number | string; endPort?: number }[];
}
interface PolicySpec {
  podSelector?: Selector;
  policyTypes?: string[];
  ingress?: Rule[];
  egress?: Rule[];
}

type Verdict = 'yes' | 'no' | 'depends';

export function mayConnect(
  all: Manifest[],
  from: Manifest,
  to: Manifest,
  port: number,
  protocol: string,
): Verdict {
  const out = oneSide('Egress', from, to);
  const into = oneSide('Ingress', to, from);
  if (out === 'no' || into === 'no') return 'no';
  return out === 'depends' || into === 'depends' ? 'depends' : 'yes';

  function oneSide(type: 'Ingress' | 'Egress', subject: Manifest, other: Manifest): Verdict {
    const isolating = all.filter(
      (policy) =>
        policy.kind === 'NetworkPolicy' &&
        sameNamespace(policy, subject) &&
        selects(policy, subject) &&
        hasType(policy, type),
    );
    // "By default, a pod is non-isolated": nothing selects it, everything passes.
    if (isolating.length === 0) return 'yes';
    // On the node's own network the API leaves the effect undefined.
    if (subject.spec?.hostNetwork === true) return 'depends';
    // "... the union of those policies' rules."
    let best: Verdict = 'no';
    for (const policy of isolating) {
      const spec = policy.spec as PolicySpec;
      for (const rule of (type === 'Ingress' ? spec.ingress : spec.egress) ?? []) {
        if (!portMatches(rule)) continue;
        const verdict = peersMatch(policy, type === 'Ingress' ? rule.from : rule.to, other);
        if (verdict === 'yes') best = 'yes';
        if (verdict === 'depends' && best === 'no') best = 'depends';
      }
    }
    return best;
  }

  // "If this field is empty or missing, this rule matches all sources."
  function peersMatch(policy: Manifest, peers: Peer[] | undefined, other: Manifest): Verdict {
    if (peers === undefined || peers.length === 0) return 'yes';
    const each = peers.map((peer) => peerMatches(policy, peer, other));
    return each.includes('yes') ? 'yes' : each.includes('depends') ? 'depends' : 'no';
  }

  function peerMatches(policy: Manifest, peer: Peer, other: Manifest): Verdict {
    // The tests use one block that holds every pod's address: whether that means pods is the plugin's affair.
    if (peer.ipBlock !== undefined) return 'depends';
    const namespace = other.metadata.namespace ?? 'default';
    const labels =
      all.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace)?.metadata
        .labels ?? {};
    const namespaceFits =
      peer.namespaceSelector === undefined
        ? sameNamespace(policy, other)
        : matches(peer.namespaceSelector, { ...labels, 'kubernetes.io/metadata.name': namespace });
    const podFits = peer.podSelector === undefined || matches(peer.podSelector, other.metadata.labels ?? {});
    if (!namespaceFits || !podFits) return 'no';
    return other.spec?.hostNetwork === true ? 'depends' : 'yes';
  }

  // "If this field is empty or missing, this rule matches all ports."
  function portMatches(rule: Rule): boolean {
    if (rule.ports === undefined || rule.ports.length === 0) return true;
    return rule.ports.some((entry) => {
      if ((entry.protocol ?? 'TCP') !== protocol) return false;
      if (entry.port === undefined) return true;
      if (typeof entry.port === 'number') return port >= entry.port && port <= (entry.endPort ?? entry.port);
      const containers = to.spec?.containers as {
        ports?: { name?: string; containerPort: number; protocol?: string }[];
      }[];
      return containers.some(({ ports = [] }) =>
        ports.some(
          (declared) =>
            declared.name === entry.port &&
            declared.containerPort === port &&
            (declared.protocol ?? 'TCP') === protocol,
        ),
      );
    });
  }
}

function selects(policy: Manifest, pod: Manifest): boolean {
  return matches((policy.spec as PolicySpec).podSelector ?? {}, pod.metadata.labels ?? {});
}

// "If no policyTypes are specified, by default Ingress will always be set and Egress if there are any egress rules."
function hasType(policy: Manifest, type: 'Ingress' | 'Egress'): boolean {
  const { policyTypes, egress } = policy.spec as PolicySpec;
  if (policyTypes !== undefined) return policyTypes.includes(type);
  return type === 'Ingress' || (egress !== undefined && egress.length > 0);
}

function sameNamespace(a: Manifest, b: Manifest): boolean {
  return (a.metadata.namespace ?? 'default') === (b.metadata.namespace ?? 'default');
}

function matches(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Record<string, string>,
): boolean {
  if (!Object.entries(matchLabels).every(([key, value]) => labels[key] === value)) return false;
  return matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    if (operator === 'Exists') return value !== undefined;
    if (operator === 'DoesNotExist') return value === undefined;
    if (operator === 'In') return value !== undefined && values.includes(value);
    return value === undefined || !values.includes(value);
  });
}
