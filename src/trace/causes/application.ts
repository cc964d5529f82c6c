import { t } from '../../base/l10n.ts';
import { shellQuote } from '../../base/shellQuote.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { recordText } from '../recordText.ts';
import { refOf, type TraceView } from '../view.ts';
import { logsCommand } from './commands.ts';
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
    summary: t('The network is fine: the application answers with HTTP {0}.', status),
    objects: view.destinations.map(({ pod }) => refOf(pod)),
    evidence: [{ text: recordText(asked) }],
    fixes: status === 404 ? [{ title: t('Ask for a path that exists') }] : logs(view),
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
    summary: t('The application takes the connection and does not answer in time.'),
    objects: view.destinations.map(({ pod }) => refOf(pod)),
    evidence: [
      { text: recordText(asked) },
      ...(confirmed ? [{ text: t('it does not answer inside its own pod either') }] : []),
      ...(restarts.some((count) => count > 0)
        ? [{ text: t('its containers were restarted {0} times', Math.max(...restarts)) }]
        : []),
    ],
    fixes: logs(view),
  };
};

/** tls-mismatch: one side speaks TLS and the other does not. */
export const tlsMismatch: Detector = (view) => {
  const { question, servicePort, service } = view;
  const asked = view.probes?.asked;
  const said = servicePort?.appProtocol ?? servicePort?.name ?? '';
  const saysTls = /^(https|tls)(-|$)/.test(said) || servicePort?.port === 443;
  const saysPlain = /^http(-|$)/.test(said) || servicePort?.port === 80;
  const spoke = question.scheme === 'https' ? 'tls' : question.scheme === 'http' ? 'plain' : undefined;
  if (spoke === undefined) return undefined;
  const seen = asked === undefined ? undefined : mismatchSeen(spoke, asked, saysTls);
  // Without a probe only the port's own word speaks for it.
  const bySaying = asked === undefined && (spoke === 'tls' ? saysPlain : saysTls);
  if (seen === undefined && !bySaying) return undefined;
  return {
    id: 'tls-mismatch',
    hop: 'application',
    certainty: seen ?? 'possible',
    summary:
      spoke === 'tls'
        ? asked === undefined
          ? t('TLS is spoken to a port that speaks plain HTTP.')
          : t('TLS was spoken to a port that speaks plain HTTP.')
        : asked === undefined
          ? t('Plain HTTP is spoken to a port that expects TLS.')
          : t('Plain HTTP was spoken to a port that expects TLS.'),
    objects: service === undefined ? [] : [refOf(service)],
    evidence: [
      ...(asked === undefined ? [] : [{ text: recordText(asked) }]),
      ...(servicePort !== undefined && service !== undefined
        ? [
            {
              text: t(
                'port {0}, name "{1}", appProtocol {2}',
                servicePort.port,
                servicePort.name,
                servicePort.appProtocol ?? t('(none)'),
              ),
              object: refOf(service),
              path: 'spec.ports',
            },
          ]
        : []),
    ],
    fixes: [{ title: spoke === 'tls' ? t('Ask with http://') : t('Ask with https://') }],
  };
};

/** What a probe's answer says about it; undefined where it has another reason. */
function mismatchSeen(
  spoke: 'tls' | 'plain',
  { verdict, output, httpStatus }: CheckRecord,
  saysTls: boolean,
): 'certain' | 'possible' | undefined {
  if (spoke === 'tls') {
    const noTls = /wrong version number|packet length too long|unknown protocol/i.test(output);
    return verdict === 'tls-failed' && noTls ? 'certain' : undefined;
  }
  if (/HTTP request (was sent )?to (an )?HTTPS/i.test(output)) return 'certain';
  // nginx and others answer 400 to plain HTTP on a TLS port; Go's servers too.
  if (verdict === 'reachable') return httpStatus === 400 && saysTls ? 'possible' : undefined;
  return saysTls && /^(tls-failed|reset|no-answer)$/.test(verdict) ? 'possible' : undefined;
}

/** certificate: TLS works, and the certificate is not accepted. */
export const certificate: Detector = ({ probes, service }) => {
  const asked = probes?.asked;
  const answer = probes?.certificate;
  const refused =
    asked?.verdict === 'tls-failed' && /certificate|self.signed|CERT_|SSL: no alternative/i.test(asked.output)
      ? recordText(asked)
      : answer?.accepted === false
        ? answer.detail
        : undefined;
  if (refused === undefined) return undefined;
  return {
    id: 'certificate',
    hop: 'application',
    certainty: 'certain',
    summary: t('The server is reached and speaks TLS, and its certificate is not accepted.'),
    objects: service === undefined ? [] : [refOf(service)],
    evidence: [
      { text: refused },
      ...(answer === undefined ? [] : [{ text: t('said by {0}', shellQuote(answer.command)) }]),
    ],
    fixes: [
      { title: t('Use the name that the certificate was made for, and trust the authority that signed it') },
    ],
  };
};

const proxyContainers = /^(istio-proxy|linkerd-proxy|envoy-sidecar|consul-dataplane|kuma-sidecar)$/;

/** mesh-mtls: a mesh's proxy on one side only. */
export const meshMtls: Detector = ({ question, destinations, probes }) => {
  const asked = probes?.asked;
  if (question.source.is === 'outside') return undefined;
  const fits =
    asked === undefined ||
    asked.verdict === 'reset' ||
    asked.verdict === 'no-answer' ||
    asked.httpStatus === 503;
  if (!fits) return undefined;
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
    summary: t(
      '{0} is in a service mesh and {1} is not; a mesh in strict mode takes only its own TLS.',
      refOf(having),
      refOf(without),
    ),
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
      ...(asked === undefined ? [] : [{ text: recordText(asked) }]),
    ],
    fixes: [
      {
        title: t(
          'Bring {0} into the mesh, or let the mesh accept plain traffic on this port',
          refOf(without),
        ),
      },
    ],
  };
};

function logs({ destinations }: TraceView): readonly { title: string; command: string }[] {
  return destinations.slice(0, 1).map(({ pod }) => ({
    title: t('Read what the application says'),
    command: logsCommand(pod),
  }));
}
