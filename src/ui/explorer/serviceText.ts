import * as vscode from 'vscode';
import type { Service, ServiceType } from '../../model/objects.ts';
import type { Icon } from './node.ts';

/** The groups services are shown in, in this order; headless is no type of the API but behaves like one. */
export const serviceGroups = ['ClusterIP', 'Headless', 'NodePort', 'LoadBalancer', 'ExternalName'] as const;
export type ServiceGroup = (typeof serviceGroups)[number];

export function serviceGroupOf(service: Service): ServiceGroup {
  return service.headless ? 'Headless' : service.type;
}

const typeIcons: Readonly<Record<ServiceType, string>> = {
  ClusterIP: 'type-hierarchy',
  NodePort: 'server',
  LoadBalancer: 'cloud',
  ExternalName: 'link-external',
};

export function serviceIcon(service: Service): Icon {
  return { id: typeIcons[service.type] };
}

export function serviceTypeText(service: Service): string {
  return service.headless ? vscode.l10n.t('headless') : service.type;
}
