import { t } from '../../base/l10n.ts';
import { shellQuote } from '../../base/shellQuote.ts';
import type { Service } from '../../model/objects.ts';
import { recordText } from '../recordText.ts';
import { refOf, type DestinationProbe, type TraceView } from '../view.ts';
import type { Evidence, Fix } from '../types.ts';
import type { Detector } from './detector.ts';
import { serviceManifest } from './manifests.ts';

const proxyLabel = 'service.kubernetes.io/service-proxy-name';

/** other-proxy: the Service is left to a proxy other than kube-proxy. */
export const otherProxy: Detector = ({ service }) => {
  const proxy = service?.labels[proxyLabel];
  if (service === undefined || proxy === undefined) return undefined;
  return {
    id: 'other-proxy',
    hop: 'service',
    certainty: 'possible',
    summary: t(
      '{0} is left to the proxy "{1}": kube-proxy does not serve its cluster IP.',
      refOf(service),
      proxy,
    ),
    objects: [refOf(service)],
    evidence: [{ text: `${proxyLabel}=${proxy}`, object: refOf(service), path: 'metadata.labels' }],
    fixes: [
      {
        title: t('Remove the label {0}, or run that proxy', proxyLabel),
        command: shellQuote([
          ...['kubectl', 'label', 'service', '-n', service.namespace, service.name],
          `${proxyLabel}-`,
        ]),
      },
    ],
  };
};

/** external-name-wrong: the Service only stands for a name, and that name does not serve. */
export const externalNameWrong: Detector = ({ service, probes, world }) => {
  if (service?.type !== 'ExternalName') return undefined;
  const { externalName } = service;
  const asked = probes?.asked;
  const looksLikeAddress = /^[\d.]+$/.test(externalName);
  const missing = missingService(world, externalName);
  const failed =
    asked !== undefined &&
    asked.verdict !== 'inconclusive' &&
    (asked.verdict !== 'reachable' || (asked.httpStatus ?? 0) >= 400);
  const objectsSay = looksLikeAddress || missing !== undefined;
  if (!failed && (!objectsSay || asked?.verdict === 'reachable')) return undefined;
  return {
    id: 'external-name-wrong',
    hop: 'dns',
    certainty: 'certain',
    summary: looksLikeAddress
      ? t(
          '{0} has the address {1} for a name, and DNS gives no alias to an address.',
          refOf(service),
          externalName,
        )
      : missing !== undefined
        ? t('{0} stands for "{1}", and there is no {2}.', refOf(service), externalName, missing)
        : t('{0} stands for "{1}", which does not answer as asked.', refOf(service), externalName),
    objects: [refOf(service)],
    evidence: [
      { text: externalName, object: refOf(service), path: 'spec.externalName' },
      ...(asked === undefined ? [] : [{ text: recordText(asked) }]),
    ],
    fixes: [
      looksLikeAddress
        ? { title: t('Make it a Service without selector, and an EndpointSlice with that address') }
        : {
            title: t(
              'Correct externalName; a server of several hosts also needs its own name in the Host header',
            ),
          },
    ],
  };
};

/** Of a name inside the cluster, the Service that it means, where that does not exist. */
function missingService({ snapshot, running }: TraceView['world'], host: string): string | undefined {
  const [, name = '', namespace = ''] = /^([^.]+)\.([^.]+)\.svc\.cluster\.local\.?$/.exec(host) ?? [];
  if (name === '' || (running && snapshot.coverage('Service').is !== 'complete')) return undefined;
  return snapshot.get('Service', namespace, name) === undefined ? `svc/${namespace}/${name}` : undefined;
}

/** manual-endpoints-stale: an endpoint made by hand points at an address that is no pod's and no node's. */
export const manualEndpointsStale: Detector = ({ service, endpoints, world }) => {
  if (service === undefined || service.selector !== undefined || service.type === 'ExternalName')
    return undefined;
  if (endpoints.length === 0) return emptyByHand({ service, world });
  const nodes = new Set(
    world.snapshot.all('Node').flatMap(({ addresses }) => addresses.map(({ address }) => address)),
  );
  const stale = endpoints.filter(
    ({ ip, podRef, pod }) =>
      (podRef !== undefined && pod === undefined) ||
      (world.snapshot.podsByIp(ip).length === 0 && !nodes.has(ip)),
  );
  if (stale.length === 0) return undefined;
  return {
    id: 'manual-endpoints-stale',
    hop: 'endpoints',
    certainty: stale.some(({ podRef }) => podRef !== undefined) ? 'certain' : 'possible',
    summary: t(
      'Endpoints of {0} were made by hand, and {1} is the address of no pod or node.',
      refOf(service),
      stale.map(({ ip }) => ip).join(', '),
    ),
    objects: [
      refOf(service),
      ...new Set(stale.map(({ slice }) => `endpointslice/${service.namespace}/${slice}`)),
    ],
    evidence: stale.map(({ ip, slice }) => ({
      text: t('address {0}', ip),
      object: `endpointslice/${service.namespace}/${slice}`,
      path: 'endpoints',
    })),
    fixes: [{ title: t('Correct the EndpointSlice, or give the Service a selector') }],
  };
};

function emptyByHand({
  service,
  world,
}: Pick<TraceView, 'world'> & { service: NonNullable<TraceView['service']> }): ReturnType<Detector> {
  if (!world.running || world.snapshot.coverage('EndpointSlice').is !== 'complete') return undefined;
  return {
    id: 'manual-endpoints-stale',
    hop: 'endpoints',
    certainty: 'certain',
    summary: t('{0} has no selector, and nobody made an EndpointSlice for it.', refOf(service)),
    objects: [refOf(service)],
    evidence: [{ text: t('no selector'), object: refOf(service), path: 'spec.selector' }],
    fixes: [
      {
        title: t('Give the Service a selector, or make an EndpointSlice labelled kubernetes.io/service-name'),
      },
    ],
  };
}

/** internal-traffic-local: only pods on the source's own node may answer, and there is none. */
export const internalTrafficLocal: Detector = ({ question, service, endpoints }) => {
  const { source } = question;
  if (service?.internalTrafficPolicy !== 'Local' || source.is === 'outside' || source.pod.nodeName === '')
    return undefined;
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  if (ready.length === 0 || ready.some(({ nodeName }) => nodeName === source.pod.nodeName)) return undefined;
  return {
    id: 'internal-traffic-local',
    hop: 'endpoints',
    certainty: 'certain',
    summary: t(
      "{0} has internalTrafficPolicy Local, and none of its pods is on {1}, the source's node.",
      refOf(service),
      source.pod.nodeName,
    ),
    objects: [refOf(service), refOf(source.pod)],
    evidence: [
      { text: 'Local', object: refOf(service), path: 'spec.internalTrafficPolicy' },
      {
        text: t('ready endpoints are on {0}', [...new Set(ready.map(({ nodeName }) => nodeName))].join(', ')),
      },
    ],
    fixes: [
      {
        title: t('Set internalTrafficPolicy to Cluster'),
        yaml: serviceManifest(service, { internalTrafficPolicy: 'Cluster' }),
      },
      { title: t('Or run the pods on every node, as a DaemonSet') },
    ],
  };
};

/** external-traffic-local: a node without a pod of the Service drops what comes from outside. */
export const externalTrafficLocal: Detector = ({ question, service, endpoints, world }) => {
  if (service?.externalTrafficPolicy !== 'Local' || service.type === 'ClusterIP') return undefined;
  const { target } = question;
  const fromOutside =
    question.source.is === 'outside' || (target.is === 'service' && target.via === 'node-port');
  if (!fromOutside) return undefined;
  const nodesWith = new Set(endpoints.filter(({ ready }) => ready).map(({ nodeName }) => nodeName));
  const asked = world.snapshot
    .all('Node')
    .find(({ addresses }) => addresses.some(({ address }) => address === question.host));
  const without = world.snapshot.all('Node').filter(({ name }) => !nodesWith.has(name));
  if (nodesWith.size === 0 || without.length === 0 || (asked !== undefined && nodesWith.has(asked.name)))
    return undefined;
  // Of a pod on the asked node kube-proxy knows that it is inside, and takes any endpoint.
  if (question.source.is === 'container' && question.source.pod.nodeName === asked?.name) return undefined;
  return {
    id: 'external-traffic-local',
    hop: 'endpoints',
    certainty: asked === undefined ? 'possible' : 'certain',
    summary: t(
      '{0} has externalTrafficPolicy Local, and {1} runs none of its pods.',
      refOf(service),
      (asked === undefined ? without : [asked]).map(({ name }) => name).join(', '),
    ),
    objects: [refOf(service), ...(asked === undefined ? without : [asked]).map(refOf)],
    evidence: [
      { text: 'Local', object: refOf(service), path: 'spec.externalTrafficPolicy' },
      { text: t('ready endpoints are on {0}', [...nodesWith].join(', ')) },
    ],
    fixes: [
      { title: t('Ask a node that runs one: {0}', [...nodesWith].join(', ')) },
      {
        title: t('Set externalTrafficPolicy to Cluster'),
        yaml: serviceManifest(service, { externalTrafficPolicy: 'Cluster' }),
      },
    ],
  };
};

const zoneLabel = 'topology.kubernetes.io/zone';

/**
 * topology: hints keep the source with the endpoints of its own zone, and just those do not answer. Where no endpoint
 * is hinted to the zone, or one has no hint, kube-proxy takes them all (pkg/proxy/topology.go).
 */
export const topology: Detector = ({ question, service, endpoints, world, probes }) => {
  const { source } = question;
  if (service === undefined || source.is === 'outside' || probes?.asked?.verdict === 'reachable')
    return undefined;
  const zone = world.snapshot.get('Node', '', source.pod.nodeName)?.labels[zoneLabel];
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  if (zone === undefined || ready.some(({ hintedZones }) => hintedZones.length === 0)) return undefined;
  const ours = new Set(ready.filter(({ hintedZones }) => hintedZones.includes(zone)).map(({ ip }) => ip));
  const isOurs = ({ destination }: DestinationProbe): boolean =>
    destination.pod.ips.some((ip) => ours.has(ip));
  const here = (probes?.podIps ?? []).filter(isOurs);
  const elsewhere = (probes?.podIps ?? []).filter((probe) => !isOurs(probe));
  const onlyOursFail = here.length > 0 && here.every(fails) && elsewhere.some(answers);
  if (!onlyOursFail) return undefined;
  return {
    id: 'topology',
    hop: 'endpoints',
    certainty: 'certain',
    summary: t(
      'The hints of {0} keep clients of zone {1} with its own pods, which do not answer; those of other zones do.',
      refOf(service),
      zone,
    ),
    objects: [refOf(service), ...here.map(({ destination }) => refOf(destination.pod))],
    evidence: [
      ...ready.map(({ ip, hintedZones, slice }): Evidence => ({
        text: t('{0} for {1}', ip, hintedZones.join(', ')),
        object: `endpointslice/${service.namespace}/${slice}`,
        path: 'endpoints',
      })),
      ...[...here, ...elsewhere].map(probeEvidence),
    ],
    fixes: [
      { title: t('Mend the pods of this zone') },
      {
        title: t('Or drop trafficDistribution, so that all zones answer'),
        command: shellQuote([
          ...['kubectl', 'patch', 'service', '-n', service.namespace, service.name, '--type=json', '-p'],
          '[{"op":"remove","path":"/spec/trafficDistribution"}]',
        ]),
      },
    ],
  };
};

/** session-affinity: one client stays with one pod, and that pod fails. */
export const sessionAffinity: Detector = ({ service, probes }) => {
  if (service?.sessionAffinity !== 'ClientIP' || probes === undefined) return undefined;
  const someFail = probes.podIps.some(fails) && probes.podIps.some(answers);
  if (!someFail || probes.asked === undefined || probes.asked.verdict === 'reachable') return undefined;
  return {
    id: 'session-affinity',
    hop: 'endpoints',
    certainty: 'certain',
    summary: t(
      "{0} keeps each client with one pod (sessionAffinity ClientIP), and this client's does not answer, while others do.",
      refOf(service),
    ),
    objects: [refOf(service)],
    evidence: [
      { text: 'ClientIP', object: refOf(service), path: 'spec.sessionAffinity' },
      ...probes.podIps.map(probeEvidence),
    ],
    fixes: [
      {
        title: t('Mend the pod that fails, or set sessionAffinity to None'),
        // An apply would leave the affinity's time behind, which the API server then refuses.
        command: shellQuote([
          ...['kubectl', 'patch', 'service', '-n', service.namespace, service.name, '--type=merge', '-p'],
          '{"spec":{"sessionAffinity":"None","sessionAffinityConfig":null}}',
        ]),
      },
    ],
  };
};

function answers({ record }: DestinationProbe): boolean {
  return record.verdict === 'reachable';
}

function fails({ record }: DestinationProbe): boolean {
  return record.verdict !== 'reachable' && record.verdict !== 'inconclusive';
}

function probeEvidence({ destination, record }: DestinationProbe): Evidence {
  return { text: recordText(record), object: refOf(destination.pod) };
}

/** ip-family: the Service has addresses of a family that its pods or the source do not have. */
export const ipFamily: Detector = ({ question, service, selected, endpoints }) => {
  if (service === undefined || service.ipFamilies.length === 0) return undefined;
  const familyOf = (ip: string): 'IPv4' | 'IPv6' => (ip.includes(':') ? 'IPv6' : 'IPv4');
  const asked = /^[\d.]+$|:/.test(question.host) ? familyOf(question.host) : undefined;
  const pods = selected.filter(({ ips }) => ips.length > 0);
  const lacking = service.ipFamilies.filter(
    (family) => pods.length > 0 && !pods.some(({ ips }) => ips.some((ip) => familyOf(ip) === family)),
  );
  const [family] = lacking;
  if (family === undefined || (asked !== undefined && asked !== family)) return undefined;
  if (endpoints.some(({ ip, ready }) => ready && familyOf(ip) === family)) return undefined;
  const all = lacking.length === service.ipFamilies.length;
  return {
    id: 'ip-family',
    hop: 'endpoints',
    certainty: all || asked === family ? 'certain' : 'possible',
    summary: t('{0} has an {1} address, and none of its pods has one.', refOf(service), family),
    objects: [refOf(service), ...pods.slice(0, 3).map(refOf)],
    evidence: [
      { text: service.ipFamilies.join(', '), object: refOf(service), path: 'spec.ipFamilies' },
      ...pods
        .slice(0, 3)
        .map((pod) => ({ text: pod.ips.join(', '), object: refOf(pod), path: 'status.podIPs' })),
    ],
    fixes: [
      ...(all ? [addFamily(service, family)] : []),
      { title: t('Or give the pods addresses of both families; for IPv6 the application must listen on ::') },
    ],
  };
};

/** The first family of a Service cannot be changed; a second one can be added. */
function addFamily(service: Service, family: 'IPv4' | 'IPv6'): Fix {
  const other = family === 'IPv6' ? 'IPv4' : 'IPv6';
  return {
    title: t('Give the Service an {0} address as well', other),
    yaml: serviceManifest(service, { ipFamilyPolicy: 'PreferDualStack', ipFamilies: [family, other] }),
  };
}
