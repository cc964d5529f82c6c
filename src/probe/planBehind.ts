import { ExplainedError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { podDnsName } from '../model/dnsNames.ts';
import { formatRef } from '../model/refs.ts';
import { serviceEndpoints, type ServiceEndpoint } from '../model/serviceEndpoints.ts';
import type { CheckTarget } from './check.ts';
import { shown } from './lookUp.ts';
import { askedTarget, noteOf, wayTo, type Plan, type PlanNote } from './planParts.ts';
import { noteTexts } from './reportTexts.ts';
import { serviceLabel, type ServiceQuestion } from './serviceBy.ts';

/**
 * What stands behind a Service, each alone: its endpoints by address, or the pods of a headless Service by their own
 * names. Those that are not ready are asked too, with a note: that the Service sends them nothing may be the cause.
 * @throws ExplainedError where there is none.
 */
export function planBehind(question: ServiceQuestion, by: 'endpoints' | 'pod-names'): Plan {
  const { service, snapshot, ports, protocol } = question;
  const endpoints = serviceEndpoints(snapshot, service).filter(
    (endpoint) =>
      endpoint.protocol === protocol && ports.some(({ name, port }) => isOf(endpoint, name, port)),
  );
  if (endpoints.length === 0) {
    throw new ExplainedError('no-endpoints', t('{0} has no endpoint on that port', serviceLabel(service)), {
      remedy:
        service.type === 'ExternalName'
          ? t('A Service of type ExternalName is only a name; ask for that.')
          : t('Its selector selects no pod, or none has an address yet; look at the service in the tree.'),
    });
  }
  const notes: PlanNote[] = [];
  const targets = endpoints.flatMap((endpoint): readonly CheckTarget[] => {
    const target = by === 'endpoints' ? addressOf(endpoint, question) : nameOf(endpoint, question);
    if (target === undefined) return [];
    if (!endpoint.ready) {
      const text = endpoint.terminating ? noteTexts.terminating : noteTexts.notReady;
      notes.push(noteOf('endpoint-not-ready', text, shown(target.ref), serviceLabel(service)));
    }
    return [target];
  });
  if (targets.length > 0) return { targets, notes };
  throw new ExplainedError(
    'no-pod-names',
    t('No pod behind {0} has a name of its own', serviceLabel(service)),
    {
      remedy: service.headless
        ? t(
            'A pod gets one by spec.hostname and spec.subdomain: {0}, as the pods of a StatefulSet do.',
            shown(service.name),
          )
        : t('Only the pods of a headless service can have one; ask the endpoints instead.'),
    },
  );
}

function isOf(endpoint: ServiceEndpoint, name: string, port: number): boolean {
  return endpoint.portName === name || endpoint.port === port;
}

function addressOf(endpoint: ServiceEndpoint, question: ServiceQuestion): CheckTarget | undefined {
  const { ip, port, podRef, pod } = endpoint;
  if (port === undefined) return undefined;
  const { service, protocol, source } = question;
  const asked = service.ports.find(({ name }) => name === endpoint.portName);
  const url = `${protocol === 'UDP' ? 'udp' : 'tcp'}://${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
  const ref =
    podRef === undefined ? ({ is: 'url', url } as const) : ({ is: 'pod', ...podRef, port } as const);
  const target = askedTarget(ref, ip, port, protocol, asked);
  return { ...target, ref: formatRef(ref), ...(pod && wayTo(source, pod)) };
}

function nameOf(endpoint: ServiceEndpoint, question: ServiceQuestion): CheckTarget | undefined {
  const { pod, port } = endpoint;
  const { service, source, protocol, clusterDomain } = question;
  if (pod === undefined || port === undefined || !service.headless) return undefined;
  const name = pod.subdomain === service.name ? podDnsName(pod, clusterDomain) : undefined;
  if (name === undefined) return undefined;
  const asked = service.ports.find((candidate) => candidate.name === endpoint.portName);
  const target = askedTarget(
    { is: 'pod', namespace: pod.namespace, name: pod.name, port },
    name,
    port,
    protocol,
    asked,
  );
  return { ...target, ...wayTo(source, pod) };
}
