import { t } from '../../base/l10n.ts';
import { shellQuote } from '../../base/shellQuote.ts';
import { evaluateFlow } from '../../reach/podToPod.ts';
import type { Pod, Protocol } from '../../model/objects.ts';
import { serviceEndpoints } from '../../model/serviceEndpoints.ts';
import type { World } from '../../reach/world.ts';
import type { Fix } from '../types.ts';
import { refOf, type TraceView } from '../view.ts';
import type { Detector } from './detector.ts';
import { peerFor, podTemplateManifest, policyManifest, portOf } from './manifests.ts';

/** dns-down: the cluster's DNS has no ready endpoint. */
export const dnsDown: Detector = (view) => {
  const { world } = view;
  const service = dnsService(world);
  if (!asksByName(view) || service === undefined || !world.running) return undefined;
  if (world.snapshot.coverage('EndpointSlice').is !== 'complete') return undefined;
  const endpoints = serviceEndpoints(world.snapshot, service);
  if (endpoints.some(({ ready }) => ready)) return undefined;
  const pods = world.snapshot.podsSelectedBy(service);
  return {
    id: 'dns-down',
    hop: 'dns',
    certainty: 'certain',
    summary: t("The cluster's DNS, {0}, has no ready endpoint, so no name resolves.", refOf(service)),
    objects: [refOf(service), ...pods.map(refOf)],
    evidence: [
      {
        text: t('{0} endpoints, none ready', new Set(endpoints.map(({ ip }) => ip)).size),
        object: refOf(service),
      },
      ...pods.map((pod) => ({ text: pod.reason?.word ?? pod.phase, object: refOf(pod), path: 'status' })),
    ],
    fixes: [
      {
        title: t('Bring the DNS pods back'),
        command: shellQuote([
          ...['kubectl', 'describe', 'pods', '-n', service.namespace, '-l'],
          Object.entries(service.selector ?? {})
            .map(([key, value]) => `${key}=${value}`)
            .join(','),
        ]),
      },
    ],
  };
};

/** dns-blocked: an egress policy isolates the source and does not let it ask the DNS. */
export const dnsBlocked: Detector = (view) => {
  const { world, question } = view;
  if (!asksByName(view) || question.source.is === 'outside') return undefined;
  const { pod } = question.source;
  const [dnsPod] = dnsPods(world);
  const service = dnsService(world);
  const address = service?.clusterIPs[0];
  const to = dnsPod
    ? ({ is: 'pod', pod: dnsPod } as const)
    : address
      ? ({ is: 'address', ip: address } as const)
      : undefined;
  if (to === undefined) return undefined;
  const ask = (protocol: Protocol): ReturnType<typeof evaluateFlow> =>
    evaluateFlow(world, { from: { is: 'pod', pod }, to, port: 53, protocol });
  const udp = ask('UDP');
  if (udp.allowed !== false) return undefined;
  const denial = udp.because.find(({ effect, code }) => effect === 'denies' && code === 'policy-egress');
  if (denial === undefined) return undefined;
  return {
    id: 'dns-blocked',
    hop: 'dns',
    certainty: 'certain',
    summary: t(
      "{0} keeps {1} from asking the cluster's DNS on UDP port 53.",
      denial.object ?? t('A NetworkPolicy'),
      refOf(pod),
    ),
    objects: [denial.object ?? '', refOf(pod)].filter(Boolean),
    evidence: [
      {
        text: denial.text,
        ...(denial.object && { object: denial.object }),
        ...(denial.path && { path: denial.path }),
      },
    ],
    fixes: [dnsPod === undefined ? { title: t('Allow UDP and TCP 53 to the DNS') } : allowDns(pod, dnsPod)],
  };
};

function allowDns(pod: Pod, dnsPod: Pod): Fix {
  return {
    title: t('Allow DNS, over UDP and TCP, for all pods of the namespace'),
    yaml: policyManifest({
      name: 'allow-dns',
      namespace: pod.namespace,
      podSelector: { matchLabels: {}, matchExpressions: [] },
      isolates: { ingress: false, egress: true },
      ingress: [],
      egress: [{ peers: [peerFor(dnsPod)], ports: [portOf(53, 'UDP'), portOf(53, 'TCP')] }],
    }),
  };
}

/** dns-policy: the source does not ask the cluster's DNS at all. */
export const dnsPolicy: Detector = (view) => {
  const { question } = view;
  if (!asksByName(view) || question.source.is === 'outside' || question.target.is === 'external')
    return undefined;
  const { pod } = question.source;
  const usesHosts = pod.dnsPolicy === 'Default' || (pod.hostNetwork && pod.dnsPolicy === 'ClusterFirst');
  if (!usesHosts) return undefined;
  const wanted = pod.hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst';
  return {
    id: 'dns-policy',
    hop: 'dns',
    certainty: 'certain',
    summary: pod.hostNetwork
      ? t(
          "{0} asks its node's DNS, which does not know Services (dnsPolicy {1} with hostNetwork).",
          refOf(pod),
          pod.dnsPolicy,
        )
      : t(
          "{0} asks its node's DNS, which does not know Services (dnsPolicy {1}).",
          refOf(pod),
          pod.dnsPolicy,
        ),
    objects: [refOf(pod)],
    evidence: [
      {
        text: t('dnsPolicy {0}, hostNetwork {1}', pod.dnsPolicy, String(pod.hostNetwork)),
        object: refOf(pod),
        path: 'spec.dnsPolicy',
      },
    ],
    fixes: [setDnsPolicy(pod, wanted)],
  };
};

function setDnsPolicy(pod: Pod, dnsPolicy: string): Fix {
  const yaml = podTemplateManifest(pod, { dnsPolicy });
  return yaml === undefined
    ? { title: t('Make the pod anew with dnsPolicy {0}: it cannot be changed in place', dnsPolicy) }
    : { title: t('Set dnsPolicy to {0}', dnsPolicy), yaml };
}

/** dns-search: a short name is looked up in the source's own namespace. */
export const dnsSearch: Detector = ({ question, world }) => {
  const { target, source, host } = question;
  if (target.is !== 'missing-service' || source.is === 'outside' || host.includes('.')) return undefined;
  const elsewhere = world.snapshot.all('Service').filter(({ name }) => name === target.name);
  if (elsewhere.length === 0) return undefined;
  const [first] = elsewhere;
  return {
    id: 'dns-search',
    hop: 'dns',
    certainty: 'certain',
    summary: t(
      "The short name {0} is looked up in {1}, the source's namespace; the Service is in {2}.",
      host,
      target.namespace,
      elsewhere.map(({ namespace }) => namespace).join(', '),
    ),
    objects: elsewhere.map(refOf),
    evidence: [
      {
        text: t('search list starts with {0}.svc.cluster.local', target.namespace),
        object: refOf(source.pod),
        path: 'spec.dnsPolicy',
      },
      ...elsewhere.map((service) => ({ text: t('a Service of that name'), object: refOf(service) })),
    ],
    fixes: [{ title: t('Ask for {0}.{1}.svc.cluster.local', target.name, first?.namespace ?? '') }],
  };
};

function asksByName({ question }: TraceView): boolean {
  const { host } = question;
  return host !== '' && host !== 'localhost' && !host.includes(':') && !/^[\d.]+$/.test(host);
}

function dnsService({
  snapshot,
}: World): ReturnType<typeof snapshot.inNamespace<'Service'>>[number] | undefined {
  const services = snapshot.inNamespace('Service', 'kube-system');
  return (
    services.find(({ labels }) => labels['k8s-app'] === 'kube-dns') ??
    services.find(({ name }) => name === 'kube-dns')
  );
}

function dnsPods(world: World): readonly Pod[] {
  const service = dnsService(world);
  return service === undefined ? [] : world.snapshot.podsSelectedBy(service);
}
