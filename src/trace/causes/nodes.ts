import { t } from '../../base/l10n.ts';
import { shellQuote } from '../../base/shellQuote.ts';
import type { Node, Pod } from '../../model/objects.ts';
import type { World } from '../../reach/world.ts';
import { recordText } from '../recordText.ts';
import { refOf, type TraceView } from '../view.ts';
import type { Detector } from './detector.ts';
import { policyEgress, policyIngress, policyIpBlock } from './policies.ts';
import { policyNotEvaluated } from './unevaluated.ts';

/** node-not-ready: the node of an end is not ready. */
export const nodeNotReady: Detector = (view) => {
  const down = nodesOf(view).filter(({ ready }) => ready === false);
  const [first] = down;
  if (first === undefined) return undefined;
  const usable = behind(view).filter(({ nodeName }) => !down.some(({ name }) => name === nodeName));
  const sourceDown =
    view.question.source.is === 'container' && down.some(({ name }) => name === sourceNode(view));
  return {
    id: 'node-not-ready',
    hop: 'node',
    certainty: sourceDown || usable.length === 0 ? 'certain' : 'possible',
    summary: t('{0} is not ready, so what runs there cannot be relied on.', down.map(refOf).join(', ')),
    objects: down.map(refOf),
    evidence: down.flatMap((node) => [
      { text: t('condition Ready is not True'), object: refOf(node), path: 'status.conditions' },
      ...behind(view)
        .filter(({ nodeName }) => nodeName === node.name)
        .slice(0, 3)
        .map((pod) => ({ text: t('is on {0}', node.name), object: refOf(pod), path: 'spec.nodeName' })),
    ]),
    fixes: [
      {
        title: t('See what the node says'),
        command: shellQuote(['kubectl', 'describe', 'node', first.name]),
      },
    ],
  };
};

/** kube-proxy-down: nobody maps cluster IPs on the source's node. */
export const kubeProxyDown: Detector = (view) => {
  if (view.service === undefined || view.service.headless) return undefined;
  const node = sourceNode(view);
  const proxy = kubeProxies(view.world).find(({ nodeName }) => nodeName === node);
  const objectsSay = proxy !== undefined && (!proxy.ready || proxy.phase !== 'Running');
  const { probes } = view;
  const answering = probes?.podIps.find(({ record }) => record.verdict === 'reachable');
  const podsAnswer = answering !== undefined;
  const vipFails = ['timeout', 'refused'].includes((probes?.clusterIp ?? probes?.asked)?.verdict ?? '');
  if (
    !objectsSay &&
    !(podsAnswer && vipFails && view.endpoints.some(({ ready }) => ready) && proxy !== undefined)
  )
    return undefined;
  const record = probes?.clusterIp ?? probes?.asked;
  return {
    id: 'kube-proxy-down',
    hop: 'node',
    certainty: objectsSay ? 'certain' : 'possible',
    summary: objectsSay
      ? t("On {0}, the source's node, cluster IPs are not mapped: {1} is not ready.", node, refOf(proxy))
      : t(
          "On {0}, the source's node, cluster IPs are not mapped: {1} runs, but the pods answer and the cluster IP does not.",
          node,
          refOf(proxy),
        ),
    objects: [refOf(proxy), `node/${node}`],
    evidence: [
      {
        text: t('{0}, ready {1}', proxy.reason?.word ?? proxy.phase, String(proxy.ready)),
        object: refOf(proxy),
        path: 'status',
      },
      ...(record === undefined ? [] : [{ text: recordText(record) }]),
      ...(answering === undefined
        ? []
        : [{ text: recordText(answering.record), object: refOf(answering.destination.pod) }]),
    ],
    fixes: [
      {
        title: t('Restart it'),
        command: shellQuote(['kubectl', 'delete', 'pod', '-n', proxy.namespace, proxy.name]),
      },
    ],
  };
};

const policyDetectors = [policyEgress, policyIngress, policyIpBlock, policyNotEvaluated];

/** cross-node: pods of the same node answer, those of others do not. */
export const crossNode: Detector = (view) => {
  const { probes } = view;
  const node = sourceNode(view);
  if (probes === undefined || node === '') return undefined;
  const near = probes.podIps.filter(({ destination }) => destination.pod.nodeName === node);
  const far = probes.podIps.filter(({ destination }) => destination.pod.nodeName !== node);
  const farFails = far.length > 0 && far.every(({ record }) => record.verdict === 'timeout');
  const atHome = probes.localhosts.some(
    ({ destination, record }) =>
      record.verdict === 'reachable' && far.some((other) => other.destination.pod === destination.pod),
  );
  const nearWorks = near.length > 0 && near.every(({ record }) => record.verdict === 'reachable');
  if (!farFails || !(nearWorks || atHome)) return undefined;
  // A policy that denies looks the same from one pod alone.
  if (!nearWorks && policyDetectors.some((detector) => detector(view) !== undefined)) return undefined;
  return {
    id: 'cross-node',
    hop: 'node',
    certainty: nearWorks ? 'certain' : 'possible',
    summary: t(
      'Packets from {0} do not arrive on {1}.',
      node,
      [...new Set(far.map(({ destination }) => destination.pod.nodeName))].join(', '),
    ),
    objects: [`node/${node}`, ...new Set(far.map(({ destination }) => `node/${destination.pod.nodeName}`))],
    evidence: [...near, ...far].map(({ destination, record }) => ({
      text: recordText(record),
      object: refOf(destination.pod),
    })),
    fixes: [
      {
        title: t(
          "Check the pod network between the nodes: the overlay's port (VXLAN 4789 or 8472/UDP, WireGuard 51820/UDP), routes, firewalls",
        ),
      },
    ],
  };
};

/** mtu: small answers pass, large ones hang. */
export const mtu: Detector = (view) => {
  const { probes } = view;
  const far = probes?.podIps.filter(({ destination }) => destination.pod.nodeName !== sourceNode(view)) ?? [];
  const hung = far.filter(
    ({ record }) => record.verdict === 'no-answer' && (record.timingsMs.connect ?? 0) > 0,
  );
  const [first] = hung;
  if (first === undefined || probes === undefined) return undefined;
  const answersAtHome = probes.localhosts.some(
    ({ destination, record }) => destination.pod === first.destination.pod && record.verdict === 'reachable',
  );
  // A small answer that hangs as well is no matter of size.
  if (!answersAtHome || probes.small?.arrived === false) return undefined;
  const { small } = probes;
  return {
    id: 'mtu',
    hop: 'node',
    certainty: 'possible',
    summary:
      small === undefined
        ? t(
            '{0} answers at home, and from another node it connects and then hangs, as when large packets are dropped.',
            refOf(first.destination.pod),
          )
        : t(
            '{0} answers at home; from another node small answers of it arrive and larger ones hang, as when large packets are dropped.',
            refOf(first.destination.pod),
          ),
    objects: [refOf(first.destination.pod)],
    evidence: [
      { text: recordText(first.record), object: refOf(first.destination.pod) },
      ...(small === undefined
        ? []
        : [{ text: t('asked for the head alone (HEAD), it answers: {0}', small.line) }]),
      ...probes.localhosts
        .filter(
          ({ destination, record }) =>
            destination.pod === first.destination.pod && record.verdict === 'reachable',
        )
        .map(({ record }) => ({
          text: t('inside its own pod: {0}', recordText(record)),
          object: refOf(first.destination.pod),
        })),
    ],
    fixes: [
      {
        title: t(
          "Set the pod network's MTU below that of the nodes' network, by the overlay's header (50 bytes for VXLAN)",
        ),
      },
    ],
  };
};

/** hairpin: the source is the Service's only endpoint. */
export const hairpin: Detector = ({ question, destinations, service }) => {
  const { source } = question;
  if (service === undefined || service.headless || source.is === 'outside' || destinations.length !== 1)
    return undefined;
  const [only] = destinations;
  if (only?.pod.name !== source.pod.name || only.pod.namespace !== source.pod.namespace) return undefined;
  return {
    id: 'hairpin',
    hop: 'node',
    certainty: 'possible',
    summary: t(
      '{0} is the only pod behind {1} and asks itself through it, which needs hairpin mode.',
      refOf(source.pod),
      refOf(service),
    ),
    objects: [refOf(source.pod), refOf(service)],
    evidence: [{ text: t('the only ready endpoint is the source itself'), object: refOf(service) }],
    fixes: [{ title: t('Ask localhost, or turn on hairpin mode in the network plugin') }],
  };
};

/** node-port-blocked: the node port works inside and not from outside. */
export const nodePortBlocked: Detector = ({ question, service, probes }) => {
  const { target } = question;
  if (
    service === undefined ||
    target.is !== 'service' ||
    target.via !== 'node-port' ||
    question.source.is !== 'outside'
  )
    return undefined;
  if (probes?.asked?.verdict !== 'timeout' || probes.inside?.verdict !== 'reachable') return undefined;
  return {
    id: 'node-port-blocked',
    hop: 'node',
    certainty: 'possible',
    summary: t(
      'Node port {0} of {1} does not answer from outside, and inside the cluster it does.',
      question.port ?? '',
      refOf(service),
    ),
    objects: [refOf(service)],
    evidence: [{ text: recordText(probes.asked) }, { text: recordText(probes.inside) }],
    fixes: [
      { title: t('Open the node port range (30000–32767) in the firewall or security group of the nodes') },
    ],
  };
};

/** egress-blocked: an address outside the cluster does not answer. */
export const egressBlocked: Detector = ({ question, probes }) => {
  const { target, source } = question;
  if (target.is !== 'external' || source.is === 'outside') return undefined;
  const verdict = probes?.asked?.verdict;
  if (verdict !== 'timeout' && verdict !== 'dns-failed') return undefined;
  return {
    id: 'egress-blocked',
    hop: 'node',
    certainty: 'possible',
    summary:
      verdict === 'timeout'
        ? t('{0} is outside the cluster and nothing comes back from it.', target.host)
        : t('{0} is outside the cluster and its name does not resolve here.', target.host),
    objects: [refOf(source.pod)],
    evidence: probes?.asked === undefined ? [] : [{ text: recordText(probes.asked) }],
    fixes: [
      {
        title: t(
          'Check NAT and the way out of the nodes, and whether a proxy is required (HTTPS_PROXY, NO_PROXY)',
        ),
      },
    ],
  };
};

function sourceNode({ question }: TraceView): string {
  return question.source.is === 'container' ? question.source.pod.nodeName : '';
}

function nodesOf(view: TraceView): readonly Node[] {
  const names = new Set([sourceNode(view), ...behind(view).map(({ nodeName }) => nodeName)].filter(Boolean));
  return [...names].flatMap((name) => view.world.snapshot.get('Node', '', name) ?? []);
}

/** The pods behind the target; where none of them takes traffic now, those that would. */
function behind({ destinations, selected }: TraceView): readonly Pod[] {
  return destinations.length > 0 ? destinations.map(({ pod }) => pod) : selected;
}

function kubeProxies({ snapshot }: World): readonly Pod[] {
  return snapshot
    .inNamespace('Pod', 'kube-system')
    .filter(({ labels }) => labels['k8s-app'] === 'kube-proxy' || labels.component === 'kube-proxy');
}
