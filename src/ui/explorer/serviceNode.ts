import * as vscode from 'vscode';
import { podDnsName, serviceDnsName } from '../../model/dnsNames.ts';
import type { Service } from '../../model/objects.ts';
import { serviceEndpoints, type ServiceEndpoint } from '../../model/serviceEndpoints.ts';
import { viewItems, type ViewItem } from '../host/ids.ts';
import { behindClusterIp } from './clusterIpNodes.ts';
import { endpointNode } from './endpointNode.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { whereText, type Place } from './place.ts';
import { pageNode } from './pageNode.ts';
import { paged } from './pages.ts';
import { problemNode, problemText } from './problemNode.ts';
import { servicePortNode } from './servicePortNode.ts';
import { serviceProblems, type ServiceProblem } from './serviceProblems.ts';
import { serviceIcon, serviceTypeText } from './serviceText.ts';
import { labelsText, row, tooltip } from './words.ts';

/** A service: problems first, then its addresses, ports and endpoints. */
export function serviceNode(scene: Scene, parentId: string, service: Service, place: Place): ExplorerNode {
  const id = `${parentId}/service:${place.isMixed ? `${service.namespace}/` : ''}${service.name}`;
  const endpoints = serviceEndpoints(scene.snapshot, service);
  const problems = serviceProblems(scene.snapshot, service, endpoints);
  const [problem] = problems;
  return {
    id,
    subject: { is: 'service', namespace: service.namespace, name: service.name },
    row: row({
      label: service.name,
      kind: vscode.l10n.t('service, {0}', serviceTypeText(service)),
      parts: [
        whereText(place, service.namespace),
        addressText(service),
        portsText(service),
        problem === undefined ? endpointsText(scene, service, endpoints) : problemText(problem),
      ],
      icon: problem === undefined ? serviceIcon(service) : { id: 'warning', color: 'list.warningForeground' },
      viewItem: viewItemOf(service),
    }),
    tooltip: () => serviceTooltip(service, problems),
    children: () => [
      ...problems.map((each, index) => problemNode(id, each, index)),
      ...addressNodes(scene, id, service),
      ...service.ports.map((port, index) => servicePortNode(id, scene, service, port, index)),
      ...paged(
        id,
        [...endpoints].sort(byAddress),
        ({ ip }) => ip,
        (endpoint) => endpointNode(id, endpoint),
        pageNode,
      ),
    ],
  };
}

function viewItemOf(service: Service): ViewItem {
  if (service.type === 'ExternalName') return viewItems.externalService;
  return service.headless ? viewItems.headlessService : viewItems.service;
}

function addressText(service: Service): string {
  if (service.type === 'ExternalName') return service.externalName;
  if (service.headless) return vscode.l10n.t('no cluster IP');
  return service.clusterIPs[0] ?? vscode.l10n.t('no cluster IP yet');
}

function portsText(service: Service): string {
  return service.ports
    .map(
      ({ port, nodePort, protocol }) => `${port}${nodePort === undefined ? '' : `:${nodePort}`}/${protocol}`,
    )
    .join(', ');
}

function endpointsText(scene: Scene, service: Service, endpoints: readonly ServiceEndpoint[]): string {
  if (service.type === 'ExternalName') return '';
  const { is } = scene.snapshot.coverage('EndpointSlice');
  if (is !== 'complete' && is !== 'stale') return vscode.l10n.t('endpoints not known');
  const ready = endpoints.filter((endpoint) => endpoint.ready).length;
  if (ready === endpoints.length) {
    return ready === 1 ? vscode.l10n.t('1 endpoint') : vscode.l10n.t('{0} endpoints', ready);
  }
  return vscode.l10n.t('{0} of {1} endpoints ready', ready, endpoints.length);
}

function addressNodes(scene: Scene, id: string, service: Service): readonly ExplorerNode[] {
  const address = (key: string, label: string, value: string, icon: string): ExplorerNode => ({
    id: `${id}/address:${key}`,
    subject: { is: 'address', address: value },
    row: row({ label, parts: [value], icon: { id: icon }, viewItem: viewItems.address }),
  });
  const nodes: ExplorerNode[] = service.clusterIPs.map((ip) => ({
    ...address(ip, vscode.l10n.t('Cluster IP'), ip, 'location'),
    children: () => behindClusterIp(scene, `${id}/address:${ip}`, service, ip),
  }));
  const { externalName } = service;
  if (service.type === 'ExternalName') {
    nodes.push(address('external', vscode.l10n.t('External name'), externalName, 'link-external'));
  }
  for (const ip of service.externalIPs) {
    nodes.push(address(`external:${ip}`, vscode.l10n.t('External IP'), ip, 'globe'));
  }
  for (const ip of service.loadBalancer) {
    nodes.push(address(`balancer:${ip}`, vscode.l10n.t('Load balancer'), ip, 'cloud'));
  }
  nodes.push(address('dns', vscode.l10n.t('DNS name'), serviceDnsName(service), 'symbol-text'));
  if (service.headless) nodes.push(...podNames(scene, id, service));
  return nodes;
}

/** The names that the pods behind a headless service have of their own. */
function podNames({ snapshot }: Scene, id: string, service: Service): readonly ExplorerNode[] {
  return snapshot.podsSelectedBy(service).flatMap((pod) => {
    const name = pod.subdomain === service.name ? podDnsName(pod) : undefined;
    if (name === undefined) return [];
    return [
      factNode({
        id: `${id}/pod-name:${pod.name}`,
        label: name,
        kind: vscode.l10n.t('DNS name'),
        parts: [vscode.l10n.t('pod {0}', pod.name), pod.ips[0]],
        icon: { id: 'symbol-text' },
        subject: { is: 'address', address: name },
        viewItem: viewItems.address,
      }),
    ];
  });
}

function serviceTooltip(service: Service, problems: readonly ServiceProblem[]): vscode.MarkdownString {
  return tooltip(service.name, [
    ...problems.map((problem) => [vscode.l10n.t('Problem'), problemText(problem)] as const),
    [vscode.l10n.t('Namespace'), service.namespace],
    [vscode.l10n.t('Type'), serviceTypeText(service)],
    [vscode.l10n.t('Cluster IP'), service.clusterIPs.join(', ')],
    [vscode.l10n.t('DNS name'), serviceDnsName(service)],
    [
      vscode.l10n.t('Selector'),
      service.selector === undefined ? vscode.l10n.t('none') : labelsText(service.selector),
    ],
    [vscode.l10n.t('Labels'), labelsText(service.labels)],
  ]);
}

function byAddress(a: ServiceEndpoint, b: ServiceEndpoint): number {
  return a.ip.localeCompare(b.ip, 'en', { numeric: true }) || (a.port ?? 0) - (b.port ?? 0);
}
