import * as vscode from 'vscode';
import { markdownText } from '../../base/hostileText.ts';
import { podDnsName } from '../../model/dnsNames.ts';
import type { Pod, Service } from '../../model/objects.ts';
import { viewItems } from '../host/ids.ts';
import { containerNode } from './containerNode.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { podIcon, podStateText } from './podState.ts';
import { reachNodes } from './reachNodes.ts';
import { serviceIcon, serviceTypeText } from './serviceText.ts';
import { isTokenVolume, volumeNode } from './volumeNode.ts';
import { labelsText, row, tooltip } from './words.ts';

/** A pod: its containers, the services that select it, its volumes. */
export function podNode(scene: Scene, parentId: string, pod: Pod): ExplorerNode {
  const id = `${parentId}/pod:${pod.name}`;
  return {
    id,
    subject: { is: 'pod', namespace: pod.namespace, name: pod.name },
    row: row({
      label: pod.name,
      kind: vscode.l10n.t('pod'),
      parts: [
        pod.ips[0] ?? vscode.l10n.t('no IP yet'),
        // What is wrong comes early: the side bar is narrow.
        ...(pod.ready ? [pod.nodeName, podStateText(pod)] : [podStateText(pod), pod.nodeName]),
        pod.hostNetwork ? vscode.l10n.t('host network') : '',
      ],
      icon: podIcon(pod),
      viewItem: viewItems.pod,
    }),
    tooltip: () => podTooltip(scene, pod),
    children: () => [
      ...pod.containers.map((container) => containerNode(id, pod, container)),
      ...scene.snapshot.servicesSelecting(pod).map((service) => selectingServiceNode(id, service)),
      ...[...pod.volumes]
        .sort((a, b) => Number(isTokenVolume(a)) - Number(isTokenVolume(b)))
        .map((volume) => volumeNode(id, pod, volume, 'pod')),
      ...reachNodes(scene, id, pod),
    ],
  };
}

function selectingServiceNode(id: string, service: Service): ExplorerNode {
  return {
    id: `${id}/service:${service.name}`,
    subject: { is: 'service', namespace: service.namespace, name: service.name },
    row: row({
      label: service.name,
      kind: vscode.l10n.t('service'),
      parts: [
        vscode.l10n.t('selects this pod'),
        serviceTypeText(service),
        service.clusterIPs[0],
        service.ports.map(({ port, protocol }) => `${port}/${protocol}`).join(', '),
      ],
      icon: serviceIcon(service),
      viewItem: service.headless ? viewItems.headlessService : viewItems.service,
    }),
    tooltip: () =>
      tooltip(service.name, [
        [vscode.l10n.t('Selector'), labelsText(service.selector ?? {})],
        [vscode.l10n.t('Type'), serviceTypeText(service)],
      ]),
  };
}

function podTooltip(scene: Scene, pod: Pod): vscode.MarkdownString {
  const services = scene.snapshot.servicesSelecting(pod).map(({ name }) => name);
  const { reason } = pod;
  const markdown = tooltip(pod.name, [
    [vscode.l10n.t('Namespace'), pod.namespace],
    [vscode.l10n.t('State'), podStateText(pod)],
    [vscode.l10n.t('IPs'), pod.ips.join(', ')],
    [vscode.l10n.t('DNS name'), podDnsName(pod) ?? ''],
    [vscode.l10n.t('Node'), [pod.nodeName, ...pod.hostIPs].filter(Boolean).join(', ')],
    pod.hostNetwork ? [vscode.l10n.t('Network'), vscode.l10n.t("uses its node's network")] : undefined,
    [vscode.l10n.t('Selected by'), services.length === 0 ? vscode.l10n.t('no service') : services.join(', ')],
    pod.owner ? [vscode.l10n.t('Owner'), `${pod.owner.kind} ${pod.owner.name}`] : undefined,
    [vscode.l10n.t('Labels'), labelsText(pod.labels)],
  ]);
  if (reason !== undefined && reason.message !== '') {
    const where = reason.container === undefined ? '' : ` (${reason.container})`;
    markdown.appendMarkdown(`\n\n${markdownText(`${reason.word}${where}: ${reason.message}`)}`);
  }
  return markdown;
}
