import { t } from '../../base/l10n.ts';
import type { Pod } from '../../model/objects.ts';
import { targetPortOn } from '../../reach/backends.ts';
import { refOf } from '../view.ts';
import type { Detector } from './detector.ts';
import { serviceManifest } from './manifests.ts';

/** wrong-service-port: the port asked for is none of the Service's. */
export const wrongServicePort: Detector = ({ question, service, servicePort }) => {
  const { port, protocol } = question;
  if (service === undefined || servicePort !== undefined || port === undefined) return undefined;
  if (service.type === 'ExternalName' || service.ports.some((candidate) => candidate.port === port))
    return undefined;
  const has = service.ports.map((candidate) => `${candidate.port}/${candidate.protocol}`);
  const meant = service.ports.find(({ targetPort, nodePort }) => targetPort === port || nodePort === port);
  return {
    id: 'wrong-service-port',
    hop: 'service',
    certainty: 'certain',
    summary: t(
      '{0} has no port {1}; it has {2}.',
      refOf(service),
      `${port}/${protocol}`,
      has.join(', ') || t('none'),
    ),
    objects: [refOf(service)],
    evidence: [{ text: t('ports {0}', has.join(', ')), object: refOf(service), path: 'spec.ports' }],
    fixes: [
      meant === undefined
        ? { title: t('Ask for {0}', has.join(t(' or '))) }
        : {
            title:
              meant.nodePort === port
                ? t('Ask for port {0}: {1} is its node port', meant.port, port)
                : t('Ask for port {0}: {1} is its target port', meant.port, port),
          },
    ],
  };
};

/** protocol-mismatch: the port is there, for another protocol. */
export const protocolMismatch: Detector = ({ question, service, servicePort }) => {
  const { port, protocol } = question;
  if (service === undefined || servicePort !== undefined) return undefined;
  const other = service.ports.find((candidate) => candidate.port === port);
  if (other === undefined) return undefined;
  return {
    id: 'protocol-mismatch',
    hop: 'service',
    certainty: 'certain',
    summary: t(
      '{0} serves port {1} over {2}, not {3}.',
      refOf(service),
      other.port,
      other.protocol,
      protocol,
    ),
    objects: [refOf(service)],
    evidence: [
      {
        text: t('port {0} has protocol {1}', other.port, other.protocol),
        object: refOf(service),
        path: 'spec.ports',
      },
    ],
    fixes: [{ title: t('Ask over {0}, or add a port with protocol {1}', other.protocol, protocol) }],
  };
};

/** headless-port-not-mapped: a headless name leads to the pods, where the Service's port means nothing. */
export const headlessPortNotMapped: Detector = ({ question, service, servicePort, selected }) => {
  const { port } = question;
  if (service?.headless !== true || servicePort === undefined || servicePort.port !== port) return undefined;
  const [pod] = selected;
  const target =
    pod === undefined ? servicePort.targetPort : (targetPortOn(pod, servicePort) ?? servicePort.targetPort);
  if (target === port) return undefined;
  return {
    id: 'headless-port-not-mapped',
    hop: 'service',
    certainty: 'certain',
    summary: t(
      '{0} is headless, so port {1} is not translated to the target port {2}.',
      refOf(service),
      port,
      target,
    ),
    objects: [refOf(service)],
    evidence: [
      {
        text: t('clusterIP None, port {0}, targetPort {1}', port, servicePort.targetPort),
        object: refOf(service),
        path: 'spec.ports',
      },
    ],
    fixes: [{ title: t('Ask for the target port {0}', target) }],
  };
};

/** named-port-missing: the target port is a name that no selected pod declares. */
export const namedPortMissing: Detector = ({ service, servicePort, selected }) => {
  if (service === undefined || servicePort === undefined || typeof servicePort.targetPort === 'number')
    return undefined;
  if (selected.length === 0 || selected.some((pod) => targetPortOn(pod, servicePort) !== undefined))
    return undefined;
  const name = servicePort.targetPort;
  const [first] = selected;
  const declared = first?.containers.flatMap(({ ports }) => ports) ?? [];
  const sole = declared.length === 1 ? declared[0] : undefined;
  return {
    id: 'named-port-missing',
    hop: 'port',
    certainty: 'certain',
    summary: t(
      'No pod that {0} selects has a {1} port named "{2}".',
      refOf(service),
      servicePort.protocol,
      name,
    ),
    objects: [refOf(service), ...selected.map(refOf)],
    evidence: [
      { text: `targetPort ${name}`, object: refOf(service), path: 'spec.ports' },
      ...selected.slice(0, 3).map((pod) => ({
        text: declaredText(pod),
        object: refOf(pod),
        path: 'spec.containers[*].ports',
      })),
    ],
    fixes: [
      sole === undefined
        ? { title: t('Name the container\'s port "{0}"', name) }
        : {
            title: t('Set targetPort to {0}, or name the container\'s port {0} "{1}"', sole.port, name),
            yaml: serviceManifest(service, {
              ports: [{ port: servicePort.port, protocol: servicePort.protocol, targetPort: sole.port }],
            }),
          },
    ],
  };
};

function declaredText({ containers }: Pod): string {
  const ports = containers.flatMap((container) => container.ports);
  if (ports.length === 0) return t('declares no port');
  const listed = ports.map(({ name, port, protocol }) => `${name || t('(no name)')} ${port}/${protocol}`);
  return t('declares {0}', listed.join(', '));
}
