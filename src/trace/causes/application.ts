import { refOf, type TraceView } from '../view.ts';
import type { Detector } from './detector.ts';

/** application-error: the network is fine; the application answers with an error. */
export const applicationError: Detector = (view) => {
  const asked = view.probes?.asked;
  const status = asked?.httpStatus ?? 0;
  if (asked?.verdict !== 'reachable' || status < 400 || view.service?.type === 'ExternalName')
    return undefined;
  return {
    id: 'application-error',
    hop: 'application',
    certainty: 'possible',
    summary: `The network is fine: the application answers with HTTP ${status}.`,
    objects: view.destinations.map(({ pod }) => refOf(pod)),
    evidence: [{ text: asked.summary }],
    fixes: status === 404 ? [{ title: 'Ask for a path that exists' }] : logs(view),
  };
};

/** application-hung: it takes the connection and then says nothing. */
export const applicationHung: Detector = (view) => {
  const asked = view.probes?.asked;
  if (asked?.verdict !== 'no-answer' || (asked.timingsMs.connect ?? 1) === 0) return undefined;
  const atHome = view.probes?.localhosts.map(({ record }) => record.verdict) ?? [];
  if (atHome.includes('reachable')) return undefined;
  const confirmed = atHome.includes('no-answer');
  const restarts = view.destinations.flatMap(({ pod }) =>
    pod.containers.map((container) => container.restarts),
  );
  return {
    id: 'application-hung',
    hop: 'application',
    certainty: confirmed ? 'certain' : 'possible',
    summary: 'The application takes the connection and does not answer in time.',
    objects: view.destinations.map(({ pod }) => refOf(pod)),
    evidence: [
      { text: asked.summary },
      ...(confirmed ? [{ text: 'it does not answer inside its own pod either' }] : []),
      ...(restarts.some((count) => count > 0)
        ? [{ text: `its containers were restarted ${Math.max(...restarts)} times` }]
        : []),
    ],
    fixes: logs(view),
  };
};

/** tls-mismatch: one side speaks TLS and the other does not. */
export const tlsMismatch: Detector = (view) => {
  const { probes, question, servicePort } = view;
  const asked = probes?.asked;
  if (asked === undefined || !['tls-failed', 'reset', 'no-answer', 'reachable'].includes(asked.verdict))
    return undefined;
  const portSaysTls =
    servicePort !== undefined &&
    ((servicePort.appProtocol ?? servicePort.name).startsWith('https') || servicePort.port === 443);
  const plainToTls =
    question.scheme === 'http' &&
    (portSaysTls
      ? asked.verdict !== 'reachable'
      : /HTTP request (was sent )?to (an )?HTTPS/i.test(asked.output));
  const tlsToPlain =
    question.scheme === 'https' &&
    /wrong version number|packet length too long|unknown protocol/i.test(asked.output);
  if (!plainToTls && !tlsToPlain) return undefined;
  return {
    id: 'tls-mismatch',
    hop: 'application',
    certainty: tlsToPlain ? 'certain' : 'possible',
    summary: tlsToPlain
      ? 'TLS was spoken to a port that speaks plain HTTP.'
      : 'Plain HTTP was spoken to a port that expects TLS.',
    objects: view.service === undefined ? [] : [refOf(view.service)],
    evidence: [
      { text: asked.summary },
      ...(servicePort !== undefined && view.service !== undefined
        ? [
            {
              text: `port ${servicePort.port}, name "${servicePort.name}", appProtocol ${servicePort.appProtocol ?? '(none)'}`,
              object: refOf(view.service),
              path: 'spec.ports',
            },
          ]
        : []),
    ],
    fixes: [{ title: tlsToPlain ? 'Ask with http://' : 'Ask with https://' }],
  };
};

/** certificate: TLS works, and the certificate is not accepted. */
export const certificate: Detector = ({ probes, service }) => {
  const asked = probes?.asked;
  if (
    asked?.verdict !== 'tls-failed' ||
    !/certificate|self.signed|CERT_|SSL: no alternative/i.test(asked.output)
  )
    return undefined;
  return {
    id: 'certificate',
    hop: 'application',
    certainty: 'certain',
    summary: 'The server was reached, and its certificate was not accepted.',
    objects: service === undefined ? [] : [refOf(service)],
    evidence: [{ text: asked.summary }],
    fixes: [
      { title: 'Use the name that the certificate was made for, and trust the authority that signed it' },
    ],
  };
};

const proxyContainers = /^(istio-proxy|linkerd-proxy|envoy-sidecar|consul-dataplane|kuma-sidecar)$/;

/** mesh-mtls: a mesh's proxy on one side only. */
export const meshMtls: Detector = ({ question, destinations, probes }) => {
  const asked = probes?.asked;
  if (question.source.is === 'outside' || asked === undefined) return undefined;
  if (asked.verdict !== 'reset' && asked.verdict !== 'no-answer' && asked.httpStatus !== 503)
    return undefined;
  const hasProxy = (containers: readonly { readonly name: string }[]): boolean =>
    containers.some(({ name }) => proxyContainers.test(name));
  const sourceHas = hasProxy(question.source.pod.containers);
  const other = destinations.find(({ pod }) => hasProxy(pod.containers) !== sourceHas);
  if (other === undefined) return undefined;
  const [without, having] = sourceHas ? [other.pod, question.source.pod] : [question.source.pod, other.pod];
  return {
    id: 'mesh-mtls',
    hop: 'application',
    certainty: 'possible',
    summary: `${refOf(having)} is in a service mesh and ${refOf(without)} is not; a mesh in strict mode takes only its own TLS.`,
    objects: [refOf(having), refOf(without)],
    evidence: [
      {
        text: having.containers
          .filter(({ name }) => proxyContainers.test(name))
          .map(({ name }) => name)
          .join(', '),
        object: refOf(having),
        path: 'spec.containers',
      },
      { text: asked.summary },
    ],
    fixes: [
      { title: `Bring ${refOf(without)} into the mesh, or let the mesh accept plain traffic on this port` },
    ],
  };
};

function logs({ destinations }: TraceView): readonly { title: string; command: string }[] {
  return destinations.slice(0, 1).map(({ pod }) => ({
    title: 'Read what the application says',
    command: `kubectl logs -n ${pod.namespace} ${pod.name} --all-containers`,
  }));
}
