import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { Pod, Service } from '../../model/objects.ts';
import { serviceEndpoints } from '../../model/serviceEndpoints.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { readWidely } from '../host/readWidely.ts';
import { optionalText, type Tool, type ToolParts } from './tool.ts';

/** So many of each are told; the rest is counted. */
const most = 150;

/** `podnet_list`: the pods and services of the cluster, or of one namespace. */
export function listTool({ session }: ToolParts): Tool {
  return {
    name: 'podnet_list',
    saying: (input) => {
      const namespace = optionalText(input, 'namespace');
      return namespace === undefined
        ? vscode.l10n.t('Listing pods and services')
        : vscode.l10n.t('Listing pods and services of namespace {0}', namespace);
    },
    run: async (input, signal) => {
      const cluster = await session.cluster();
      const namespace = optionalText(input, 'namespace');
      const reading = await readWidely(session, cluster, namespace === undefined ? [] : [namespace], signal);
      try {
        const { snapshot } = reading.world;
        if (namespace !== undefined && isMissing(snapshot, namespace)) {
          throw new ExplainedError(
            'no-such-namespace',
            vscode.l10n.t('There is no namespace {0}', namespace),
          );
        }
        const within = <T extends { readonly namespace: string }>(all: readonly T[]): readonly T[] =>
          namespace === undefined ? all : all.filter((each) => each.namespace === namespace);
        const pods = within(snapshot.all('Pod'));
        const services = within(snapshot.all('Service'));
        return {
          context: cluster.context.name,
          simulated: cluster.connection.isPracticeLab === true,
          notRead: unread(snapshot),
          pods: pods.slice(0, most).map(podJson),
          ...(pods.length > most && { morePods: pods.length - most }),
          services: services.slice(0, most).map((service) => serviceJson(snapshot, service)),
          ...(services.length > most && { moreServices: services.length - most }),
        };
      } finally {
        reading.dispose();
      }
    },
  };
}

/** Whether it is known that there is no such namespace: of one that is not there nothing must be said. */
function isMissing(snapshot: Snapshot, namespace: string): boolean {
  return (
    snapshot.coverage('Namespace').is === 'complete' && snapshot.get('Namespace', '', namespace) === undefined
  );
}

/** Kinds of which "there is none" must not be said. */
function unread(snapshot: Snapshot): readonly string[] {
  return (['Pod', 'Service', 'EndpointSlice'] as const).flatMap((kind) => {
    const coverage = snapshot.coverage(kind);
    return coverage.is === 'complete'
      ? []
      : [`${kind}: ${'message' in coverage ? coverage.message : coverage.is}`];
  });
}

function podJson(pod: Pod): object {
  return {
    ref: `pod/${pod.namespace}/${pod.name}`,
    ips: pod.ips,
    node: pod.nodeName,
    phase: pod.phase,
    ready: pod.ready,
    ...(pod.reason && { reason: pod.reason.word, message: pod.reason.message }),
    containers: pod.containers.map(({ name, image, state, ports }) => ({
      name,
      image,
      state: state.is,
      ports: ports.map(
        ({ name: portName, port, protocol }) => `${portName === '' ? '' : `${portName} `}${port}/${protocol}`,
      ),
    })),
  };
}

function serviceJson(snapshot: Snapshot, service: Service): object {
  return {
    ref: `svc/${service.namespace}/${service.name}`,
    type: service.headless ? 'headless' : service.type,
    clusterIPs: service.clusterIPs,
    selector: service.selector ?? null,
    ports: service.ports.map(({ name, port, protocol, targetPort, nodePort }) => ({
      name,
      port,
      protocol,
      targetPort,
      ...(nodePort !== undefined && { nodePort }),
    })),
    endpoints: serviceEndpoints(snapshot, service)
      .slice(0, 20)
      .map(({ ip, port, podRef, ready }) => ({ ip, port: port ?? null, pod: podRef?.name ?? null, ready })),
  };
}
