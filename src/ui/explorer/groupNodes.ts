import * as vscode from 'vscode';
import type { Kind, Pod, Volume } from '../../model/objects.ts';
import { viewItems } from '../host/ids.ts';
import { coverageNodes } from './coverageNodes.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { pageNode } from './pageNode.ts';
import { paged } from './pages.ts';
import { podNode } from './podNode.ts';
import { serviceNode } from './serviceNode.ts';
import { serviceGroupOf, serviceGroups, type ServiceGroup } from './serviceText.ts';
import { isTokenVolume, volumeNode } from './volumeNode.ts';
import { row } from './words.ts';

interface Group {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly count: number | undefined;
  readonly children: () => readonly ExplorerNode[];
  readonly startsExpanded: boolean;
}

/** Pods, Services and Volumes of one namespace. */
export function groupNodes(scene: Scene, namespace: string): readonly ExplorerNode[] {
  return [podsGroup(scene, namespace), servicesGroup(scene, namespace), volumesGroup(scene, namespace)];
}

function groupNode({ id, label, icon, count, children, startsExpanded }: Group): ExplorerNode {
  return {
    id,
    row: row({
      label,
      parts: [count === undefined ? vscode.l10n.t('not known') : String(count)],
      icon: { id: icon },
      viewItem: viewItems.group,
    }),
    children,
    startsExpanded,
  };
}

/** How many there are; undefined where that was not to be found out. */
function known(scene: Scene, kind: Kind, count: number): number | undefined {
  const { is } = scene.snapshot.coverage(kind);
  return is === 'complete' || is === 'stale' ? count : undefined;
}

function podsGroup(scene: Scene, namespace: string): ExplorerNode {
  const id = `${namespace}/pods`;
  const pods = scene.snapshot.inNamespace('Pod', namespace);
  return groupNode({
    id,
    label: vscode.l10n.t('Pods'),
    icon: 'layers',
    count: known(scene, 'Pod', pods.length),
    startsExpanded: true,
    children: () => [
      ...coverageNodes(scene, id, ['Pod']),
      ...paged(
        id,
        pods,
        ({ name }) => name,
        (pod) => podNode(scene, id, pod),
        pageNode,
      ),
    ],
  });
}

function servicesGroup(scene: Scene, namespace: string): ExplorerNode {
  const id = `${namespace}/services`;
  const services = scene.snapshot.inNamespace('Service', namespace);
  return groupNode({
    id,
    label: vscode.l10n.t('Services'),
    icon: 'type-hierarchy',
    count: known(scene, 'Service', services.length),
    startsExpanded: true,
    children: () => [
      ...coverageNodes(scene, id, ['Service', 'EndpointSlice']),
      ...serviceGroups.flatMap((group) => serviceGroupNode(scene, id, namespace, group)),
    ],
  });
}

function serviceGroupNode(
  scene: Scene,
  parentId: string,
  namespace: string,
  group: ServiceGroup,
): readonly ExplorerNode[] {
  const services = scene.snapshot
    .inNamespace('Service', namespace)
    .filter((service) => serviceGroupOf(service) === group);
  if (services.length === 0) return [];
  const id = `${parentId}/${group}`;
  return [
    {
      id,
      row: row({
        label: group,
        kind: vscode.l10n.t('services'),
        parts: [String(services.length)],
        viewItem: viewItems.group,
      }),
      startsExpanded: true,
      children: () =>
        paged(
          id,
          services,
          ({ name }) => name,
          (service) => serviceNode(scene, id, service),
          pageNode,
        ),
    },
  ];
}

interface PodVolume {
  readonly pod: Pod;
  readonly volume: Volume;
}

function volumesGroup(scene: Scene, namespace: string): ExplorerNode {
  const id = `${namespace}/volumes`;
  const all: readonly PodVolume[] = scene.snapshot
    .inNamespace('Pod', namespace)
    .flatMap((pod) => pod.volumes.map((volume) => ({ pod, volume })));
  const tokens = all.filter(({ volume }) => isTokenVolume(volume));
  const others = all.filter(({ volume }) => !isTokenVolume(volume));
  const list = (parentId: string, volumes: readonly PodVolume[]): readonly ExplorerNode[] =>
    paged(
      parentId,
      volumes,
      ({ pod, volume }) => `${pod.name}/${volume.name}`,
      ({ pod, volume }) => volumeNode(parentId, pod, volume, 'list'),
      pageNode,
    );
  return groupNode({
    id,
    label: vscode.l10n.t('Volumes'),
    icon: 'database',
    count: known(scene, 'Pod', all.length),
    startsExpanded: true,
    children: () => [
      ...coverageNodes(scene, id, ['Pod']),
      ...list(id, others),
      ...(tokens.length === 0 ? [] : [tokensNode(`${id}/tokens`, tokens, list)]),
    ],
  });
}

/** The API server adds a token volume to nearly every pod; together they hide the volumes people made. */
function tokensNode(
  id: string,
  tokens: readonly PodVolume[],
  list: (parentId: string, volumes: readonly PodVolume[]) => readonly ExplorerNode[],
): ExplorerNode {
  return {
    id,
    row: row({
      label: vscode.l10n.t('Service account tokens'),
      parts: [String(tokens.length)],
      icon: { id: 'key' },
      viewItem: viewItems.group,
    }),
    children: () => list(id, tokens),
  };
}
