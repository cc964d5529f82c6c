import * as vscode from 'vscode';
import type { Service } from '../../model/objects.ts';
import { familyOf } from '../../reach/address.ts';
import { backendsOf, type Backend } from '../../reach/backends.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode, Scene } from './node.ts';

/** Above this many, the endpoints below say the same. */
const mostShown = 20;

/**
 * What kube-proxy makes of a cluster IP: for each port of the service the addresses that it puts in its place, each
 * with the same chance.
 */
export function behindClusterIp(
  { snapshot }: Scene,
  id: string,
  service: Service,
  clusterIp: string,
): readonly ExplorerNode[] {
  const local = service.internalTrafficPolicy === 'Local';
  return service.ports.map((port, index) => {
    const backends = backendsOf({ snapshot, running: true }, service, port).filter(
      (backend) => familyOf(ipOf(backend)) === familyOf(clusterIp),
    );
    const portId = `${id}/vip:${index}`;
    return factNode({
      id: portId,
      label: withPort(clusterIp, port.port),
      parts: [
        port.protocol,
        backends.length === 0
          ? vscode.l10n.t('leads nowhere')
          : backends.length === 1
            ? vscode.l10n.t('becomes 1 address')
            : vscode.l10n.t('becomes one of {0} addresses', backends.length),
        local ? vscode.l10n.t("of the client's node only") : '',
        service.sessionAffinity === 'ClientIP' ? vscode.l10n.t('the same one for a client') : '',
      ],
      icon: { id: 'git-branch' },
      children: () => backends.slice(0, mostShown).map((backend) => backendNode(portId, backend)),
    });
  });
}

function backendNode(id: string, backend: Backend): ExplorerNode {
  const label = withPort(ipOf(backend), backend.port);
  return factNode({
    id: `${id}/${label}`,
    label,
    parts: backend.is === 'pod' ? [vscode.l10n.t('pod {0}', backend.pod.name), backend.pod.nodeName] : [],
    icon: { id: 'arrow-right' },
    ...(backend.is === 'pod' && {
      subject: { is: 'pod', namespace: backend.pod.namespace, name: backend.pod.name },
    }),
  });
}

function ipOf(backend: Backend): string {
  return backend.is === 'pod' ? (backend.pod.ips[0] ?? '') : backend.ip;
}

function withPort(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
