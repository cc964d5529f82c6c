import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { Pod, Service, ServicePort } from '../../model/objects.ts';
import type { PortForwardTarget } from '../../model/requests.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { backendsOf } from '../../reach/backends.ts';
import type { Choice } from '../host/pickOne.ts';

/** A port that can be forwarded, of a pod or of a service. */
export interface Forwardable {
  /** `pod shop/web:8080`, `svc shop/web:80`. */
  readonly what: string;
  readonly namespace: string;
  /** The port as the user knows it. */
  readonly port: number;
  readonly scheme: 'http' | 'https';
  /** Asked for each connection, of the newest Snapshot. */
  readonly target: (snapshot: Snapshot) => PortForwardTarget | undefined;
}

/** The declared ports of a pod. Others can be typed: declaring a port opens nothing. */
export function portsOfPod(pod: Pod): readonly Choice<Forwardable>[] {
  return pod.containers.flatMap((container) =>
    container.ports
      .filter(({ protocol }) => protocol === 'TCP')
      .map(({ port, name }) => ({
        label: String(port),
        description: [name, container.name].filter(Boolean).join(' · '),
        icon: 'plug',
        value: podPort(pod, port, name),
      })),
  );
}

export function podPort({ namespace, name }: Pod, port: number, portName = ''): Forwardable {
  return {
    what: `pod ${namespace}/${name}:${port}`,
    namespace,
    port,
    scheme: schemeOf(port, portName),
    target: () => ({ namespace, pod: name, port }),
  };
}

export function portsOfService(service: Service): readonly Choice<Forwardable>[] {
  return service.ports
    .filter(({ protocol }) => protocol === 'TCP')
    .map((port) => ({
      label: String(port.port),
      description: [port.name, vscode.l10n.t('target port {0}', port.targetPort)].filter(Boolean).join(' · '),
      icon: 'plug',
      value: servicePort(service, port),
    }));
}

export function servicePort({ namespace, name }: Service, port: ServicePort): Forwardable {
  return {
    what: `svc ${namespace}/${name}:${port.port}`,
    namespace,
    port: port.port,
    scheme: schemeOf(port.port, `${port.name} ${port.appProtocol ?? ''}`),
    target: (snapshot) => {
      // The service as it is now: its selector and ports may have changed since.
      const service = snapshot.get('Service', namespace, name);
      const now = service?.ports.find((entry) => entry.port === port.port && entry.protocol === 'TCP');
      if (service === undefined || now === undefined) return undefined;
      const backend = backendsOf({ snapshot, running: true }, service, now).find(({ is }) => is === 'pod');
      if (backend?.is !== 'pod') return undefined;
      return { namespace: backend.pod.namespace, pod: backend.pod.name, port: backend.port };
    },
  };
}

/** By the port's number or name, as people name them. */
function schemeOf(port: number, name: string): 'http' | 'https' {
  return port === 443 || port === 8443 || /\bhttps\b/i.test(name) ? 'https' : 'http';
}

/** @throws ExplainedError where none of a service's pods could take a connection. */
export function requireTarget({ what, target }: Forwardable, snapshot: Snapshot): PortForwardTarget {
  const found = target(snapshot);
  if (found !== undefined) return found;
  throw new ExplainedError(
    'no-endpoint',
    vscode.l10n.t('No ready pod stands behind {0}', oneLine(what, 200)),
    { remedy: vscode.l10n.t('Explain Connection says why.') },
  );
}
