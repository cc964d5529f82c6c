import type { CheckRecord } from '../probe/check.ts';
import { evaluateFlow } from '../reach/podToPod.ts';
import type { Evidence, Finding, Hop, HopName, HopStatus } from './types.ts';
import { hopNames } from './types.ts';
import { podKey, refOf, type TraceView } from './view.ts';

/** What is known of a station before the causes are counted. */
interface Station {
  readonly status: HopStatus;
  readonly evidence: readonly Evidence[];
  readonly probe?: CheckRecord | undefined;
}

/** Draws the path: each station with what was seen there, marked by the causes found. */
export function describeHops(view: TraceView, causes: readonly Finding[]): readonly Hop[] {
  return hopNames.map((hop) => {
    const here = causes.filter((cause) => cause.hop === hop);
    const { status, evidence, probe } = stations[hop](view);
    const marked: HopStatus = here.some(({ certainty }) => certainty === 'certain')
      ? 'failed'
      : here.length > 0
        ? 'warning'
        : status;
    const own = here.flatMap((cause) => [{ text: cause.summary }, ...cause.evidence]);
    return { hop, status: marked, evidence: own.length > 0 ? own : evidence, ...(probe && { probe }) };
  });
}

const notUsed: Station = { status: 'not-used', evidence: [] };

const stations: Readonly<Record<HopName, (view: TraceView) => Station>> = {
  source: ({ question: { source }, world }) => {
    if (source.is === 'outside')
      return { status: 'not-seen', evidence: [{ text: 'The source is outside the cluster.' }] };
    const { pod, container } = source;
    const text = world.running
      ? `${pod.phase} on ${pod.nodeName || 'no node'} with ${pod.ips.join(', ') || 'no address'}, container ${container}`
      : `container ${container}, from files`;
    return { status: 'ok', evidence: [{ text, object: refOf(pod) }] };
  },

  dns: ({ question, service, probes }) => {
    if (question.target.is !== 'service' || question.target.via !== 'name') {
      return question.target.is === 'external'
        ? { status: 'not-seen', evidence: [{ text: `${question.host} is not in these objects.` }] }
        : notUsed;
    }
    const address =
      service?.headless === true ? 'the addresses of its pods' : (service?.clusterIPs.join(', ') ?? '');
    const resolved =
      probes?.asked !== undefined &&
      probes.asked.verdict !== 'dns-failed' &&
      probes.asked.verdict !== 'inconclusive';
    const text = `${question.host} stands for ${[address, service?.externalName ?? ''].find((name) => name !== '') ?? 'its cluster IP'}`;
    return { status: resolved || probes === undefined ? 'ok' : 'not-seen', evidence: [{ text }] };
  },

  service: ({ service, servicePort, probes }) => {
    if (service === undefined) return notUsed;
    const port =
      servicePort === undefined
        ? ''
        : `, port ${servicePort.port}/${servicePort.protocol} to target port ${servicePort.targetPort}`;
    const text = `${service.headless ? 'headless' : service.type}${service.clusterIPs.length > 0 ? ` ${service.clusterIPs.join(', ')}` : ''}${port}`;
    return {
      status: 'ok',
      evidence: [{ text, object: refOf(service), path: 'spec' }],
      probe: probes?.clusterIp,
    };
  },

  endpoints: ({ service, endpoints, destinations, world }) => {
    if (service === undefined || service.type === 'ExternalName') return notUsed;
    if (!world.running) {
      const text = `its selector matches ${destinations.map(({ pod }) => refOf(pod)).join(', ') || 'nothing'}`;
      return {
        status: destinations.length > 0 ? 'ok' : 'not-seen',
        evidence: [{ text, object: refOf(service) }],
      };
    }
    const ready = endpoints.filter((endpoint) => endpoint.ready).length;
    return {
      status: ready > 0 ? 'ok' : 'not-seen',
      evidence: [
        { text: `${ready} of ${endpoints.length} endpoints ready`, object: refOf(service) },
        ...endpoints.slice(0, 10).map(({ ip, port, podRef, ready: isReady, slice }) => ({
          text: `${ip}:${port ?? '?'} ${isReady ? 'ready' : 'not ready'}${podRef === undefined ? '' : `, pod ${podRef.name}`}`,
          object: `endpointslice/${service.namespace}/${slice}`,
        })),
      ],
    };
  },

  port: ({ question, destinations, servicePort }) => {
    const [first] = destinations;
    if (first === undefined) return notUsed;
    const declared = first.pod.containers
      .flatMap(({ ports }) => ports)
      .find(({ port }) => port === first.port);
    const text =
      declared === undefined
        ? `port ${first.port} of the pod, which no container declares (it may work all the same)`
        : `port ${first.port}${declared.name === '' ? '' : ` (${declared.name})`} of the pod, declared`;
    const via = servicePort === undefined ? `${question.port ?? ''}` : `${servicePort.port}`;
    return {
      status: 'ok',
      evidence: [
        { text: `${via} leads to ${text}`, object: refOf(first.pod), path: 'spec.containers[*].ports' },
      ],
    };
  },

  policy: ({ question, destinations, world }) => {
    const { source } = question;
    if (destinations.length === 0) return notUsed;
    const from =
      source.is === 'container'
        ? ({ is: 'pod', pod: source.pod } as const)
        : ({ is: 'address', ip: '' } as const);
    const reasons = destinations.flatMap(
      ({ pod, port }) =>
        evaluateFlow(world, { from, to: { is: 'pod', pod }, port, protocol: question.protocol }).because,
    );
    const unique = new Map(reasons.map((reason) => [reason.text, reason]));
    return {
      status: world.running && world.snapshot.coverage('NetworkPolicy').is !== 'complete' ? 'not-seen' : 'ok',
      evidence: [...unique.values()].map(({ text, object, path }) => ({
        text,
        ...(object !== undefined && { object }),
        ...(path !== undefined && { path }),
      })),
    };
  },

  node: ({ question, destinations, world }) => {
    const { source } = question;
    const names = new Set([
      source.is === 'container' ? source.pod.nodeName : '',
      ...destinations.map(({ pod }) => pod.nodeName),
    ]);
    const nodes = [...names].filter(Boolean).flatMap((name) => world.snapshot.get('Node', '', name) ?? []);
    if (nodes.length === 0) return { status: world.running ? 'not-seen' : 'not-used', evidence: [] };
    return {
      status: 'ok',
      evidence: nodes.map((node) => ({ text: 'ready', object: refOf(node), path: 'status.conditions' })),
    };
  },

  target: ({ destinations, probes }) => {
    const [first] = destinations;
    if (first === undefined) return notUsed;
    const rows = probes?.listeners.get(podKey(first.pod));
    const local = probes?.localhosts.find(({ destination }) => podKey(destination.pod) === podKey(first.pod));
    const byIp = probes?.podIps.find(({ destination }) => podKey(destination.pod) === podKey(first.pod));
    const listens = rows?.some(({ port }) => port === first.port);
    const answered = local?.record.verdict === 'reachable' || byIp?.record.verdict === 'reachable';
    const evidence = [
      ...(rows === undefined
        ? []
        : [
            {
              text: `listens on ${[...new Set(rows.map(({ port }) => port))].join(', ') || 'nothing'}`,
              object: refOf(first.pod),
            },
          ]),
      ...[local, byIp].flatMap((probe) =>
        probe === undefined ? [] : [{ text: probe.record.summary, object: refOf(first.pod) }],
      ),
    ];
    return {
      status: listens === true || answered ? 'ok' : 'not-seen',
      evidence,
      probe: byIp?.record ?? local?.record,
    };
  },

  application: ({ probes }) => {
    const asked = probes?.asked;
    if (asked === undefined) return { status: 'not-seen', evidence: [{ text: 'No probe was made.' }] };
    return {
      status: asked.verdict === 'reachable' ? 'ok' : 'not-seen',
      evidence: [{ text: asked.summary }],
      probe: asked,
    };
  },
};
