import { t } from '../../base/l10n.ts';
import { shellQuote } from '../../base/shellQuote.ts';
import { labelsMatch } from '../../model/labelSelector.ts';
import type { NetworkPolicy, PolicyPeer, PolicyRule } from '../../model/networkPolicy.ts';
import type { Pod } from '../../model/objects.ts';
import { evaluateFlow, isolation } from '../../reach/podToPod.ts';
import type { Direction, Party } from '../../reach/openings.ts';
import { hasPort } from '../../reach/portSet.ts';
import type { Reason } from '../../reach/reason.ts';
import { labelsOfNamespace } from '../../reach/world.ts';
import { recordText } from '../recordText.ts';
import { partyOf } from '../byObjects.ts';
import type { Evidence, Finding, Fix } from '../types.ts';
import { refOf, type Destination, type TraceView } from '../view.ts';
import type { Detector } from './detector.ts';
import { peerFor, policyManifest, portOf } from './manifests.ts';

/** policy-egress: the policies on the source do not let it out to the destination. */
export const policyEgress: Detector = (view) => denial(view, 'egress');

/** policy-ingress: the policies on the destination do not let the source in. */
export const policyIngress: Detector = (view) => denial(view, 'ingress');

function denial(view: TraceView, direction: Direction): Finding | undefined {
  const flows = flowsOf(view, direction);
  const denied = flows.flatMap(({ from, to, destination }) => {
    const answer = evaluateFlow(view.world, {
      from,
      to,
      port: destination.port,
      protocol: view.question.protocol,
    });
    const reason = answer.because.find(
      ({ effect, code }) => effect === 'denies' && code === `policy-${direction}`,
    );
    return reason === undefined ? [] : [{ reason, from, to, destination }];
  });
  const [first] = denied;
  if (first === undefined) return undefined;
  const all = denied.length === flows.length;
  return {
    id: `policy-${direction}`,
    hop: 'policy',
    certainty: all ? 'certain' : 'possible',
    summary: all
      ? first.reason.text
      : t('{0} Other pods behind the Service are not affected.', first.reason.text),
    objects: [...new Set(denied.map(({ reason }) => reason.object ?? ''))].filter(Boolean),
    evidence: denied.map(({ reason }) => evidenceOf(reason)),
    fixes: [allowingRule(first.reason, direction === 'ingress' ? first.to : first.from)],
  };
}

interface PolicyFlow {
  readonly from: Party;
  readonly to: Party;
  readonly destination: Destination;
}

function flowsOf({ question, destinations }: TraceView, direction: Direction): readonly PolicyFlow[] {
  const { source } = question;
  const from = partyOf(source);
  if (source.is === 'outside' && direction === 'egress') return [];
  return destinations.map((destination) => ({ from, to: { is: 'pod', pod: destination.pod }, destination }));
}

function evidenceOf({ text, object, path }: Reason): Evidence {
  return { text, ...(object !== undefined && { object }), ...(path !== undefined && { path }) };
}

/** The smallest rule that would let it through, as the evaluation gives it. */
function allowingRule({ yaml, object }: Reason, subject: Party): Fix {
  // A rule of a cluster-wide policy has its place in that policy; a NetworkPolicy is an object of its own.
  const cluster = object !== undefined && !object.startsWith('networkpolicy/');
  const title = cluster
    ? t('Allow it by a rule in {0}', object)
    : subject.is === 'pod'
      ? t('Allow it by a policy of its own in namespace {0}', subject.pod.namespace)
      : t('Allow it by a policy of its own');
  return { title, ...(yaml !== undefined && { yaml }) };
}

/** policy-service-port: a policy allows the Service's port where it must allow the pod's. */
export const policyServicePort: Detector = (view) => {
  const { servicePort, service, world, question } = view;
  if (service === undefined || servicePort === undefined) return undefined;
  for (const destination of view.destinations) {
    if (destination.port === servicePort.port) continue;
    for (const { policy, rule, ports, direction } of openingsTo(view, destination)) {
      if (
        hasPort(ports, question.protocol, destination.port) ||
        !hasPort(ports, question.protocol, servicePort.port)
      )
        continue;
      const from = partyOf(view.question.source);
      const flow = {
        from,
        to: { is: 'pod', pod: destination.pod },
        port: destination.port,
        protocol: question.protocol,
      } as const;
      if (evaluateFlow(world, flow).allowed !== false) continue;
      return {
        id: 'policy-service-port',
        hop: 'policy',
        certainty: 'certain',
        summary: t(
          "{0} allows port {1}, which is the port of {2}; the pod's is {3}.",
          refOf(policy),
          servicePort.port,
          refOf(service),
          destination.port,
        ),
        objects: [refOf(policy), refOf(service)],
        evidence: [
          {
            text: t('allows port {0}', servicePort.port),
            object: refOf(policy),
            path: `spec.${direction}[${rule}].ports`,
          },
          {
            text: t('port {0} leads to target port {1}', servicePort.port, destination.port),
            object: refOf(service),
            path: 'spec.ports',
          },
        ],
        fixes: [
          {
            title: t('Allow port {0} instead', destination.port),
            yaml: policyManifest(
              withRule(policy, direction, rule, (old) => ({
                ...old,
                ports: (old.ports ?? []).map((port) =>
                  port.port === servicePort.port ? portOf(destination.port, question.protocol) : port,
                ),
              })),
            ),
          },
        ],
      };
    }
  }
  return undefined;
};

/** policy-peer-shape: two peers where one with both selectors was meant, or a namespace without the label asked for. */
export const policyPeerShape: Detector = (view) => {
  const from = partyOf(view.question.source);
  if (from.is !== 'pod') return undefined;
  for (const destination of view.destinations) {
    const flow = {
      from,
      to: { is: 'pod', pod: destination.pod },
      port: destination.port,
      protocol: view.question.protocol,
    } as const;
    if (evaluateFlow(view.world, flow).allowed !== false) continue;
    const { by } = isolation(view.world, 'ingress', destination.pod, from);
    for (const policy of by) {
      const found = misshapenPeer(view, policy, from.pod);
      if (found !== undefined) return found;
    }
  }
  return undefined;
};

function misshapenPeer({ world }: TraceView, policy: NetworkPolicy, source: Pod): Finding | undefined {
  if (source.namespace === policy.namespace) return undefined;
  const byName = {
    matchLabels: { 'kubernetes.io/metadata.name': source.namespace },
    matchExpressions: [],
  };
  for (const [rule, { peers = [] }] of policy.ingress.entries()) {
    for (const [index, peer] of peers.entries()) {
      if (peer.is !== 'pods') continue;
      const path = `spec.ingress[${rule}].from[${index}]`;
      const base = { id: 'policy-peer-shape', hop: 'policy', certainty: 'certain' } as const;
      const namespaceLabels = labelsOfNamespace(world, source.namespace);
      const podFits = peer.podSelector !== undefined && labelsMatch(peer.podSelector, source.labels);
      if (podFits && peer.namespaceSelector === undefined) {
        return {
          ...base,
          summary: t(
            "{0} names the source's labels at {1}, but a podSelector alone means pods of {2} only.",
            refOf(policy),
            path,
            policy.namespace,
          ),
          objects: [refOf(policy), refOf(source)],
          evidence: [
            {
              text: t('podSelector without a namespaceSelector in the same item'),
              object: refOf(policy),
              path,
            },
          ],
          fixes: [
            {
              title: t('Put the namespace of the source into the same item'),
              yaml: policyManifest(withPeer(policy, rule, index, { ...peer, namespaceSelector: byName })),
            },
          ],
        };
      }
      const podAllows = peer.podSelector === undefined || podFits;
      if (
        podAllows &&
        peer.namespaceSelector !== undefined &&
        !labelsMatch(peer.namespaceSelector, namespaceLabels)
      ) {
        const wanted = Object.entries(peer.namespaceSelector.matchLabels).map(
          ([key, value]) => `${key}=${value}`,
        );
        // A selector by name means another namespace; a selector by another label may be meant for this one.
        if (wanted.length === 0 || wanted.some((label) => label.startsWith('kubernetes.io/metadata.name=')))
          continue;
        return {
          ...base,
          summary: t(
            '{0} admits namespaces with {1}, and namespace {2} does not have that label.',
            refOf(policy),
            wanted.join(', '),
            source.namespace,
          ),
          objects: [refOf(policy), `namespace/${source.namespace}`],
          evidence: [
            {
              text: `namespaceSelector ${wanted.join(', ')}`,
              object: refOf(policy),
              path: `${path}.namespaceSelector`,
            },
            {
              text: t(
                'labels {0}',
                Object.entries(namespaceLabels)
                  .map(([key, value]) => `${key}=${value}`)
                  .join(', '),
              ),
              object: `namespace/${source.namespace}`,
              path: 'metadata.labels',
            },
          ],
          fixes: [
            {
              title: t('Give the namespace the label'),
              command: shellQuote(['kubectl', 'label', 'namespace', source.namespace, ...wanted]),
            },
            {
              title: t('Select the namespace by its name'),
              yaml: policyManifest(withPeer(policy, rule, index, { ...peer, namespaceSelector: byName })),
            },
          ],
        };
      }
    }
  }
  return undefined;
}

/** The policy with one of its rules changed. */
function withRule(
  policy: NetworkPolicy,
  direction: Direction,
  index: number,
  change: (rule: PolicyRule) => PolicyRule,
): NetworkPolicy {
  return {
    ...policy,
    [direction]: policy[direction].map((rule, at) => (at === index ? change(rule) : rule)),
  };
}

function withPeer(policy: NetworkPolicy, rule: number, index: number, peer: PolicyPeer): NetworkPolicy {
  return withRule(policy, 'ingress', rule, (old) => ({
    ...old,
    peers: old.peers?.map((before, at) => (at === index ? peer : before)),
  }));
}

/** policy-ipblock: a block of addresses is meant to admit a pod. */
export const policyIpBlock: Detector = (view) => {
  const from = partyOf(view.question.source);
  for (const destination of view.destinations) {
    const flow = {
      from,
      to: { is: 'pod', pod: destination.pod },
      port: destination.port,
      protocol: view.question.protocol,
    } as const;
    const reason = evaluateFlow(view.world, flow).because.find(({ code }) => code === 'policy-ipblock');
    if (reason === undefined) continue;
    return {
      id: 'policy-ipblock',
      hop: 'policy',
      certainty: 'possible',
      summary: t(
        '{0} uses an ipBlock for pods; whether it admits them depends on the network plugin.',
        reason.object ?? t('A policy'),
      ),
      objects: [reason.object ?? ''].filter(Boolean),
      evidence: [evidenceOf(reason)],
      fixes: [selectInstead(view, reason, from, destination)],
    };
  }
  return undefined;
};

function selectInstead(
  { world }: TraceView,
  { object = '', path = '' }: Reason,
  from: Party,
  { pod }: Destination,
): Fix {
  const title = t('Select the pods by podSelector and namespaceSelector beside the block of addresses');
  const [, namespace = '', name = ''] = object.split('/');
  const [, direction, rule] = /^spec\.(ingress|egress)\[(\d+)\]/.exec(path) ?? [];
  const policy = world.snapshot.get('NetworkPolicy', namespace, name);
  const peer = direction === 'ingress' ? (from.is === 'pod' ? from.pod : undefined) : pod;
  if (policy === undefined || peer === undefined || direction === undefined) return { title };
  const changed = withRule(policy, direction as Direction, Number(rule), (old) => ({
    ...old,
    peers: [...(old.peers ?? []), peerFor(peer)],
  }));
  return { title, yaml: policyManifest(changed) };
}

/** policy-not-enforced: the policies deny it, and the probe got through all the same. */
export const policyNotEnforced: Detector = (view) => {
  if (view.probes?.asked?.verdict !== 'reachable') return undefined;
  const finding = policyEgress(view) ?? policyIngress(view);
  if (finding?.certainty !== 'certain') return undefined;
  return {
    id: 'policy-not-enforced',
    hop: 'policy',
    certainty: 'certain',
    summary: t(
      '{0} should deny this connection, and the probe got through: the network plugin does not enforce it.',
      finding.objects.join(', '),
    ),
    objects: finding.objects,
    evidence: [...finding.evidence, { text: recordText(view.probes.asked) }],
    fixes: [{ title: t('Use a network plugin that enforces NetworkPolicy, such as Calico or Cilium') }],
  };
};

function openingsTo(view: TraceView, { pod }: Destination): ReturnType<typeof isolation>['openings'] {
  const from = partyOf(view.question.source);
  const ingress = isolation(view.world, 'ingress', pod, from).openings;
  const egress =
    from.is === 'pod' ? isolation(view.world, 'egress', from.pod, { is: 'pod', pod }).openings : [];
  return [...ingress, ...egress];
}
