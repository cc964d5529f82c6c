/*
 * A second evaluator of network policies, for tests to hold the product's against. It is written straight from the
 * API's text (networking.k8s.io/v1, `kubectl explain networkpolicy.spec --recursive`; policy.networking.k8s.io/v1beta1)
 * and for one question only: may this pod connect to that one on this port? It works on manifests as they are, and
 * shares no code with src/.
 */

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  spec?: Record<string, unknown>;
  status?: { podIP?: string };
}
interface TierPeer {
  namespaces?: Selector;
  pods?: { namespaceSelector?: Selector; podSelector?: Selector };
  networks?: string[];
}
interface TierRule {
  action: 'Accept' | 'Deny' | 'Pass';
  from?: TierPeer[];
  to?: TierPeer[];
  protocols?: Record<string, unknown>[];
}
interface TierSpec {
  tier: 'Admin' | 'Baseline';
  priority: number;
  subject: TierPeer;
  ingress?: TierRule[];
  egress?: TierRule[];
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

  // "Admin tier, NetworkPolicy tier, Baseline tier"; "the default ... all pods can communicate with each other".
  function oneSide(type: 'Ingress' | 'Egress', subject: Manifest, other: Manifest): Verdict {
    return tier('Admin', type, subject, other, () => {
      return networkPolicies(type, subject, other) ?? tier('Baseline', type, subject, other, () => 'yes');
    });
  }

  /** "There is no way ... to reliably determine which one": every order that the priorities allow is tried. */
  function tier(
    name: string,
    type: 'Ingress' | 'Egress',
    subject: Manifest,
    other: Manifest,
    next: () => Verdict,
  ): Verdict {
    const policies = all.filter(
      (policy) =>
        policy.kind === 'ClusterNetworkPolicy' &&
        tierOf(policy).tier === name &&
        isAmong(tierOf(policy).subject, subject),
    );
    const verdicts = new Set(
      permutations(policies)
        .filter((order) =>
          order.every((policy, i) => i === 0 || tierOf(order[i - 1]!).priority <= tierOf(policy).priority),
        )
        .map((order) => {
          const rules = order.flatMap(
            (policy) => tierOf(policy)[type === 'Ingress' ? 'ingress' : 'egress'] ?? [],
          );
          const rule = rules.find(
            ({ from, to: targets, protocols }) =>
              (from ?? targets ?? []).some((one) => isAmong(one, other)) && protocolsMatch(protocols),
          );
          return rule === undefined || rule.action === 'Pass'
            ? next()
            : rule.action === 'Accept'
              ? 'yes'
              : 'no';
        }),
    );
    const [only, another] = [...verdicts];
    return another === undefined && only !== undefined ? only : 'depends';
  }

  // "Note that host-networked pods are not included": but networks mean addresses, whoever has them.
  function isAmong({ namespaces, pods, networks }: TierPeer, pod: Manifest): boolean {
    if (networks !== undefined)
      return networks.includes('10.0.0.0/8') && pod.status!.podIP!.startsWith('10.');
    if (pod.spec?.hostNetwork === true) return false;
    const inNamespace = matches(namespaces ?? pods?.namespaceSelector ?? {}, namespaceLabels(pod));
    return inNamespace && matches(pods?.podSelector ?? {}, pod.metadata.labels ?? {});
  }

  function protocolsMatch(protocols: TierRule['protocols']): boolean {
    if (protocols === undefined) return true;
    return protocols.some((entry) => {
      if (entry.destinationNamedPort !== undefined) return portMatches({ ports: [named(entry)] });
      const match = entry[protocol.toLowerCase()] as
        { destinationPort?: { number?: number; range?: { start: number; end: number } } } | undefined;
      if (match === undefined) return false;
      const { number, range } = match.destinationPort ?? {};
      if (range !== undefined) return port >= range.start && port <= range.end;
      return number === undefined || number === port;
    });
  }

  function named(entry: Record<string, unknown>): { port: string; protocol: string } {
    return { port: entry.destinationNamedPort as string, protocol };
  }

  function namespaceLabels(object: Manifest): Record<string, string> {
    const namespace = object.metadata.namespace ?? 'default';
    const found = all.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace);
    return { ...found?.metadata.labels, 'kubernetes.io/metadata.name': namespace };
  }

  function networkPolicies(
    type: 'Ingress' | 'Egress',
    subject: Manifest,
    other: Manifest,
  ): Verdict | undefined {
    const isolating = all.filter(
      (policy) =>
        policy.kind === 'NetworkPolicy' &&
        sameNamespace(policy, subject) &&
        selects(policy, subject) &&
        hasType(policy, type),
    );
    // "By default, a pod is non-isolated": nothing selects it, everything passes.
    if (isolating.length === 0) return undefined;
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
    const namespaceFits =
      peer.namespaceSelector === undefined
        ? sameNamespace(policy, other)
        : matches(peer.namespaceSelector, namespaceLabels(other));
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

function tierOf(policy: Manifest): TierSpec {
  return policy.spec as unknown as TierSpec;
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((item, i) =>
    permutations(list.filter((_, other) => other !== i)).map((rest) => [item, ...rest]),
  );
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
