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
    summary: `${refOf(service)} has no port ${port}/${protocol}; it has ${has.join(', ') || 'none'}.`,
    objects: [refOf(service)],
    evidence: [{ text: `ports ${has.join(', ')}`, object: refOf(service), path: 'spec.ports' }],
    fixes: [
      meant === undefined
        ? { title: `Ask for ${has.join(' or ')}` }
        : {
            title: `Ask for port ${meant.port}: ${port} is its ${meant.nodePort === port ? 'node port' : 'target port'}`,
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
    summary: `${refOf(service)} serves port ${other.port} over ${other.protocol}, not ${protocol}.`,
    objects: [refOf(service)],
    evidence: [
      {
        text: `port ${other.port} has protocol ${other.protocol}`,
        object: refOf(service),
        path: 'spec.ports',
      },
    ],
    fixes: [{ title: `Ask over ${other.protocol}, or add a port with protocol ${protocol}` }],
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
    summary: `${refOf(service)} is headless, so port ${port} is not translated to the target port ${target}.`,
    objects: [refOf(service)],
    evidence: [
      {
        text: `clusterIP None, port ${port}, targetPort ${servicePort.targetPort}`,
        object: refOf(service),
        path: 'spec.ports',
      },
    ],
    fixes: [{ title: `Ask for the target port ${target}` }],
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
    summary: `No pod that ${refOf(service)} selects has a ${servicePort.protocol} port named "${name}".`,
    objects: [refOf(service), ...selected.map(refOf)],
    evidence: [
      { text: `targetPort ${name}`, object: refOf(service), path: 'spec.ports' },
      ...selected.slice(0, 3).map((pod) => ({
        text: `declares ${pod.containers.flatMap(({ ports }) => ports.map((port) => `${port.name || '(no name)'} ${port.port}/${port.protocol}`)).join(', ') || 'no port'}`,
        object: refOf(pod),
        path: 'spec.containers[*].ports',
      })),
    ],
    fixes: [
      sole === undefined
        ? { title: `Name the container's port "${name}"` }
        : {
            title: `Set targetPort to ${sole.port}, or name the container's port ${sole.port} "${name}"`,
            yaml: serviceManifest(service, {
              ports: [{ port: servicePort.port, protocol: servicePort.protocol, targetPort: sole.port }],
            }),
          },
    ],
  };
};
