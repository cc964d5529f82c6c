import * as vscode from 'vscode';
import type { Pod, Volume } from '../../model/objects.ts';
import { viewItems } from '../host/ids.ts';
import { claimNode } from './claimNode.ts';
import { coverageNodes } from './coverageNodes.ts';
import { groupNode, known, listGroup } from './listGroup.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { pageNode } from './pageNode.ts';
import { paged } from './pages.ts';
import { objectsIn, type Place } from './place.ts';
import { podNode } from './podNode.ts';
import { policyNode } from './policyNode.ts';
import { serviceNode } from './serviceNode.ts';
import { serviceGroupOf, serviceGroups, type ServiceGroup } from './serviceText.ts';
import { isTokenVolume, volumeNode } from './volumeNode.ts';
import { row } from './words.ts';

/** Pods, Services, Volumes, claims and network policies of a place. */
export function groupNodes(scene: Scene, place: Place): readonly ExplorerNode[] {
  const claims = objectsIn(scene, place, 'PersistentVolumeClaim');
  const policies = objectsIn(scene, place, 'NetworkPolicy');
  return [
    listGroup(scene, {
      id: `${place.id}/pods`,
      label: vscode.l10n.t('Pods'),
      icon: 'layers',
      kind: 'Pod',
      items: objectsIn(scene, place, 'Pod'),
      startsExpanded: true,
      toNode: (pod, id) => podNode(scene, id, pod, place),
    }),
    servicesGroup(scene, place),
    volumesGroup(scene, place),
    ...(claims.length === 0
      ? []
      : [
          listGroup(scene, {
            id: `${place.id}/claims`,
            label: vscode.l10n.t('Volume claims'),
            icon: 'save-all',
            kind: 'PersistentVolumeClaim',
            items: claims,
            toNode: (claim, id) => claimNode(scene, id, claim, place),
          }),
        ]),
    listGroup(scene, {
      id: `${place.id}/policies`,
      label: vscode.l10n.t('Network policies'),
      icon: 'shield',
      kind: 'NetworkPolicy',
      items: policies,
      toNode: (policy, id) => policyNode(scene, id, policy, place),
    }),
  ];
}

function servicesGroup(scene: Scene, place: Place): ExplorerNode {
  const id = `${place.id}/services`;
  const services = objectsIn(scene, place, 'Service');
  return groupNode({
    id,
    label: vscode.l10n.t('Services'),
    icon: 'type-hierarchy',
    count: known(scene, 'Service', services.length),
    startsExpanded: true,
    children: () => [
      ...coverageNodes(scene, id, ['Service', 'EndpointSlice']),
      ...serviceGroups.flatMap((group) => serviceGroupNode(scene, id, place, group)),
    ],
  });
}

function serviceGroupNode(
  scene: Scene,
  parentId: string,
  place: Place,
  group: ServiceGroup,
): readonly ExplorerNode[] {
  const services = objectsIn(scene, place, 'Service').filter((service) => serviceGroupOf(service) === group);
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
          (service) => serviceNode(scene, id, service, place),
          pageNode,
        ),
    },
  ];
}

interface PodVolume {
  readonly pod: Pod;
  readonly volume: Volume;
}

function volumesGroup(scene: Scene, place: Place): ExplorerNode {
  const id = `${place.id}/volumes`;
  const pods = objectsIn(scene, place, 'Pod');
  return groupNode({
    id,
    label: vscode.l10n.t('Volumes'),
    icon: 'database',
    count: known(
      scene,
      'Pod',
      pods.reduce((sum, { volumes }) => sum + volumes.length, 0),
    ),
    startsExpanded: !place.isMixed,
    children: () => volumeNodes(scene, id, pods),
  });
}

interface Volumes {
  readonly tokens: readonly PodVolume[];
  readonly others: readonly PodVolume[];
}

// A cache of a pure function of an immutable list: a redraw of ten thousand pods makes their volumes once.
const volumesByPods = new WeakMap<readonly Pod[], Volumes>();

function volumesOf(pods: readonly Pod[]): Volumes {
  let volumes = volumesByPods.get(pods);
  if (volumes === undefined) {
    const all = pods.flatMap((pod) => pod.volumes.map((volume) => ({ pod, volume })));
    volumes = {
      tokens: all.filter(({ volume }) => isTokenVolume(volume)),
      others: all.filter(({ volume }) => !isTokenVolume(volume)),
    };
    volumesByPods.set(pods, volumes);
  }
  return volumes;
}

function volumeNodes(scene: Scene, id: string, pods: readonly Pod[]): readonly ExplorerNode[] {
  const { tokens, others } = volumesOf(pods);
  const list = (parentId: string, volumes: readonly PodVolume[]): readonly ExplorerNode[] =>
    paged(
      parentId,
      volumes,
      ({ pod, volume }) => `${pod.name}/${volume.name}`,
      ({ pod, volume }) => volumeNode(scene, parentId, pod, volume, 'list'),
      pageNode,
    );
  return [
    ...coverageNodes(scene, id, ['Pod']),
    ...list(id, others),
    ...(tokens.length === 0 ? [] : [tokensNode(`${id}/tokens`, tokens, list)]),
  ];
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
