import { t } from '../base/l10n.ts';
import type { Pod, Service } from '../model/objects.ts';
import type { ServiceEndpoint } from '../model/serviceEndpoints.ts';
import type { CheckRecord } from '../probe/check.ts';
import { evaluateFlow } from '../reach/podToPod.ts';
import { partyOf } from './byObjects.ts';
import { recordText } from './recordText.ts';
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
    const own = here.flatMap(toldOnce);
    return { hop, status: marked, evidence: own.length > 0 ? own : evidence, ...(probe && { probe }) };
  });
}

/** Its summary and its evidence; where the evidence is the summary, with its object, once. */
function toldOnce({ summary, evidence }: Finding): readonly Evidence[] {
  return evidence.some(({ text }) => text === summary) ? evidence : [{ text: summary }, ...evidence];
}

const notUsed: Station = { status: 'not-used', evidence: [] };

const stations: Readonly<Record<HopName, (view: TraceView) => Station>> = {
  source: ({ question: { source }, world }) => {
    if (source.is === 'outside')
      return { status: 'not-seen', evidence: [{ text: t('The source is outside the cluster.') }] };
    const { pod, container } = source;
    const text = world.running
      ? t(
          '{0} on {1} with {2}, container {3}',
          pod.phase,
          pod.nodeName || t('no node'),
          pod.ips.join(', ') || t('no address'),
          container,
        )
      : t('container {0}, from files', container);
    return { status: 'ok', evidence: [{ text, object: refOf(pod) }] };
  },

  dns: ({ question, service, probes }) => {
    if (question.target.is !== 'service' || question.target.via !== 'name') {
      return question.target.is === 'external'
        ? { status: 'not-seen', evidence: [{ text: t('{0} is not in these objects.', question.host) }] }
        : notUsed;
    }
    const address =
      service?.headless === true ? t('the addresses of its pods') : (service?.clusterIPs.join(', ') ?? '');
    const resolved =
      probes?.asked !== undefined &&
      probes.asked.verdict !== 'dns-failed' &&
      probes.asked.verdict !== 'inconclusive';
    const meant = [address, service?.externalName ?? ''].find((name) => name !== '') ?? t('its cluster IP');
    const text = t('{0} stands for {1}', question.host, meant);
    const failed = probes?.asked?.verdict === 'dns-failed' ? probes.asked : undefined;
    const status = failed !== undefined ? 'warning' : resolved || probes === undefined ? 'ok' : 'not-seen';
    return { status, evidence: [{ text }, ...(failed === undefined ? [] : [{ text: recordText(failed) }])] };
  },

  service: ({ service, servicePort, probes }) => {
    if (service === undefined) return notUsed;
    const type = service.headless ? t('headless') : service.type;
    const address = [type, service.clusterIPs.join(', ')].filter(Boolean).join(' ');
    const text =
      servicePort === undefined
        ? address
        : t(
            '{0}, port {1}/{2} to target port {3}',
            address,
            servicePort.port,
            servicePort.protocol,
            servicePort.targetPort,
          );
    return {
      status: 'ok',
      evidence: [{ text, object: refOf(service), path: 'spec' }],
      probe: probes?.clusterIp,
    };
  },

  endpoints: ({ service, endpoints, destinations, selected, world }) => {
    if (service === undefined || service.type === 'ExternalName') return notUsed;
    if (!world.running && endpoints.length === 0) {
      return {
        status: destinations.length > 0 ? 'ok' : 'not-seen',
        evidence: [{ text: matchedText(service, selected), object: refOf(service) }],
      };
    }
    const ready = endpoints.filter((endpoint) => endpoint.ready).length;
    return {
      status: ready > 0 ? 'ok' : 'not-seen',
      evidence: [
        { text: t('{0} of {1} endpoints ready', ready, endpoints.length), object: refOf(service) },
        ...endpoints.slice(0, 10).map((endpoint) => ({
          text: endpointText(endpoint),
          object: `endpointslice/${service.namespace}/${endpoint.slice}`,
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
    const via = servicePort === undefined ? `${question.port ?? ''}` : `${servicePort.port}`;
    return {
      status: 'ok',
      evidence: [
        {
          text:
            declared === undefined
              ? t(
                  '{0} leads to port {1} of the pod, which no container declares (it may work all the same)',
                  via,
                  first.port,
                )
              : t(
                  '{0} leads to port {1} of the pod, declared',
                  via,
                  declared.name === '' ? first.port : `${first.port} (${declared.name})`,
                ),
          object: refOf(first.pod),
          path: 'spec.containers[*].ports',
        },
      ],
    };
  },

  policy: ({ question, destinations, world }) => {
    if (destinations.length === 0) return notUsed;
    const from = partyOf(question.source);
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
    const unseen = world.running ? 'not-seen' : 'not-used';
    if (nodes.length === 0) return { status: unseen, evidence: [] };
    return {
      status: nodes.every(({ ready }) => ready !== undefined) ? 'ok' : unseen,
      evidence: nodes.map(({ ready, ...node }) => ({
        text: ready === undefined ? t('It is not said whether it is ready.') : t('ready'),
        object: refOf(node),
        path: 'status.conditions',
      })),
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
              text:
                rows.length === 0
                  ? t('listens on nothing')
                  : t('listens on {0}', [...new Set(rows.map(({ port }) => port))].join(', ')),
              object: refOf(first.pod),
            },
          ]),
      ...[local, byIp].flatMap((probe) =>
        probe === undefined ? [] : [{ text: recordText(probe.record), object: refOf(first.pod) }],
      ),
    ];
    return {
      status: listens === true || answered ? 'ok' : 'not-seen',
      evidence: probes === undefined ? [{ text: t('No probe was made.') }] : evidence,
      probe: byIp?.record ?? local?.record,
    };
  },

  application: ({ probes }) => {
    const asked = probes?.asked;
    if (asked === undefined) return { status: 'not-seen', evidence: [{ text: t('No probe was made.') }] };
    return {
      status: asked.verdict === 'reachable' ? 'ok' : 'not-seen',
      evidence: [{ text: recordText(asked) }],
      probe: asked,
    };
  },
};

function matchedText({ selector }: Service, selected: readonly Pod[]): string {
  if (selector === undefined) return t('it has no selector');
  if (selected.length === 0) return t('its selector matches nothing');
  const shown = selected.slice(0, 10).map(refOf).join(', ');
  const more = selected.length - 10;
  return more > 0
    ? t('its selector matches {0} and {1} more', shown, more)
    : t('its selector matches {0}', shown);
}

function endpointText({ ip, port, podRef, ready }: ServiceEndpoint): string {
  const address = `${ip}:${port ?? '?'}`;
  if (podRef === undefined) return ready ? t('{0} ready', address) : t('{0} not ready', address);
  return ready
    ? t('{0} ready, pod {1}', address, podRef.name)
    : t('{0} not ready, pod {1}', address, podRef.name);
}
