import * as vscode from 'vscode';
import { markdownText } from '../../base/hostileText.ts';
import { podDnsName } from '../../model/dnsNames.ts';
import { nearServices } from '../../model/nearMiss.ts';
import type { Pod, Service } from '../../model/objects.ts';
import { viewItems } from '../host/ids.ts';
import { isolatingPolicies } from '../../reach/isolating.ts';
import { containerNode } from './containerNode.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { whereText, type Place } from './place.ts';
import { podIcon, podStateText } from './podState.ts';
import { reachNodes } from './reachNodes.ts';
import { serviceIcon, serviceTypeText } from './serviceText.ts';
import { isTokenVolume, volumeNode } from './volumeNode.ts';
import { differenceText, labelsText, row, tooltip } from './words.ts';

/** A pod: its containers, what selects it or nearly does, the policies about it, its volumes, whom it reaches. */
export function podNode(scene: Scene, parentId: string, pod: Pod, place: Place): ExplorerNode {
  const id = `${parentId}/pod:${place.isMixed ? `${pod.namespace}/` : ''}${pod.name}`;
  return {
    id,
    subject: { is: 'pod', namespace: pod.namespace, name: pod.name },
    row: row({
      label: pod.name,
      kind: vscode.l10n.t('pod'),
      parts: [
        whereText(place, pod.namespace),
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
      ...troubleNode(id, pod),
      ...pod.containers.map((container) => containerNode(id, pod, container)),
      ...otherIpNodes(id, pod),
      ...scene.snapshot.servicesSelecting(pod).map((service) => selectingServiceNode(id, service)),
      ...missedNodes(scene, id, pod),
      ...policyLinks(scene, id, pod),
      ...[...pod.volumes]
        .sort((a, b) => Number(isTokenVolume(a)) - Number(isTokenVolume(b)))
        .map((volume) => volumeNode(scene, id, pod, volume, 'pod')),
      ...reachNodes(scene, id, pod),
    ],
  };
}

/** Why the pod does not run, in the server's own words. */
function troubleNode(id: string, { reason }: Pod): readonly ExplorerNode[] {
  if (reason === undefined || reason.message === '' || reason.word === 'Terminating') return [];
  return [
    factNode({
      id: `${id}/reason`,
      label: reason.word,
      parts: [reason.container, reason.message],
      icon: { id: 'info', color: 'list.warningForeground' },
    }),
  ];
}

/** The first address stands in the pod's own row. */
function otherIpNodes(id: string, { ips }: Pod): readonly ExplorerNode[] {
  return ips.slice(1).map((address) =>
    factNode({
      id: `${id}/ip:${address}`,
      label: address,
      parts: [vscode.l10n.t('also its address')],
      icon: { id: 'location' },
      subject: { is: 'address', address },
      viewItem: viewItems.address,
    }),
  );
}

/** Services that would select the pod but for one label. */
function missedNodes({ snapshot }: Scene, id: string, pod: Pod): readonly ExplorerNode[] {
  return nearServices(snapshot, pod).map(({ service, difference }) =>
    factNode({
      id: `${id}/missed:${service.name}`,
      label: service.name,
      kind: vscode.l10n.t('service'),
      parts: [vscode.l10n.t('almost selects this pod'), differenceText(difference)],
      icon: { id: 'warning', color: 'list.warningForeground' },
      subject: { is: 'service', namespace: service.namespace, name: service.name },
      viewItem: viewItems.service,
    }),
  );
}

function policyLinks({ snapshot }: Scene, id: string, pod: Pod): readonly ExplorerNode[] {
  const { ingress, egress } = isolatingPolicies(snapshot.inNamespace('NetworkPolicy', pod.namespace), pod);
  return [...new Set([...ingress, ...egress])].map((policy) =>
    factNode({
      id: `${id}/policy:${policy.name}`,
      label: policy.name,
      kind: vscode.l10n.t('network policy'),
      parts: [
        ingress.includes(policy) ? vscode.l10n.t('restricts who comes in') : '',
        egress.includes(policy) ? vscode.l10n.t('restricts where it goes') : '',
      ],
      icon: { id: 'shield' },
      subject: {
        is: 'object',
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        namespace: policy.namespace,
        name: policy.name,
      },
      viewItem: viewItems.policy,
    }),
  );
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
