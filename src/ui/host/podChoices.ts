import * as vscode from 'vscode';
import type { Container, Pod, Service } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import type { Choice } from './pickOne.ts';

/** Containers a command can run in. */
export function runningContainers(pod: Pod): readonly Container[] {
  return pod.containers.filter(({ state }) => state.is === 'running');
}

/** Every running container, under its namespace where there are several. */
export function containerChoices(
  snapshot: Snapshot,
  pods: readonly Pod[] = snapshot.all('Pod'),
): readonly Choice<ContainerRef>[] {
  const several = new Set(pods.map(({ namespace }) => namespace)).size > 1;
  return pods.flatMap((pod) => {
    const containers = runningContainers(pod);
    return containers.map((container) => ({
      label: pod.name,
      description: [
        vscode.l10n.t('container {0}', container.name),
        container.role === 'main' ? '' : container.role,
        pod.ips[0],
        pod.nodeName,
      ]
        .filter(Boolean)
        .join(' · '),
      icon: 'package',
      ...(several && { group: pod.namespace }),
      value: { namespace: pod.namespace, pod: pod.name, container: container.name },
    }));
  });
}

/** Every pod with an address of its own. */
export function podChoices(snapshot: Snapshot): readonly Choice<Pod>[] {
  const pods = snapshot
    .all('Pod')
    .filter(({ ips, phase }) => ips.length > 0 && phase !== 'Succeeded' && phase !== 'Failed');
  const several = new Set(pods.map(({ namespace }) => namespace)).size > 1;
  return pods.map((pod) => ({
    label: pod.name,
    description: [pod.ips[0], pod.ready ? '' : vscode.l10n.t('not ready'), pod.nodeName]
      .filter(Boolean)
      .join(' · '),
    icon: 'layers',
    ...(several && { group: pod.namespace }),
    value: pod,
  }));
}

export function serviceChoices(snapshot: Snapshot): readonly Choice<Service>[] {
  const services = snapshot.all('Service');
  const several = new Set(services.map(({ namespace }) => namespace)).size > 1;
  return services.map((service) => ({
    label: service.name,
    description: [service.headless ? vscode.l10n.t('headless') : service.type, service.clusterIPs[0]]
      .filter(Boolean)
      .join(' · '),
    icon: 'type-hierarchy',
    ...(several && { group: service.namespace }),
    value: service,
  }));
}
