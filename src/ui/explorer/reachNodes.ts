import * as vscode from 'vscode';
import type { Pod } from '../../model/objects.ts';
import { reachOf, reasonsOf, type PeerReach, type Toward } from '../../reach/podReach.ts';
import type { World } from '../../reach/world.ts';
import { viewItems } from '../host/ids.ts';
import { passageText } from '../host/portsText.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { row, tooltip } from './words.ts';

/** More workloads than this are not worth a tree: the document lists them all. */
const mostPeers = 200;

/** "Who can reach this pod" and "What this pod can reach", worked out when they are opened. */
export function reachNodes(scene: Scene, podId: string, pod: Pod): readonly ExplorerNode[] {
  if (pod.phase === 'Succeeded' || pod.phase === 'Failed') return [];
  return [reachNode(scene, podId, pod, 'in'), reachNode(scene, podId, pod, 'out')];
}

function reachNode(scene: Scene, podId: string, pod: Pod, toward: Toward): ExplorerNode {
  const id = `${podId}/reach:${toward}`;
  const world: World = { snapshot: scene.snapshot, running: true };
  return {
    id,
    subject: { is: 'pod', namespace: pod.namespace, name: pod.name },
    row: row({
      label:
        toward === 'in' ? vscode.l10n.t('Who can reach this pod') : vscode.l10n.t('What this pod can reach'),
      parts: [vscode.l10n.t('by the network policies')],
      icon: { id: toward === 'in' ? 'arrow-left' : 'arrow-right' },
      viewItem: toward === 'in' ? viewItems.reachIn : viewItems.reachOut,
    }),
    children: () => children(world, id, pod, toward),
  };
}

function children(world: World, id: string, pod: Pod, toward: Toward): readonly ExplorerNode[] {
  const policies = world.snapshot.coverage('NetworkPolicy');
  const unseen: readonly ExplorerNode[] =
    policies.is === 'complete'
      ? []
      : [
          note(
            `${id}/unseen`,
            vscode.l10n.t('Network policies are not seen'),
            'message' in policies ? policies.message : policies.is,
          ),
        ];
  const { open, closed } = reachOf(world, pod, toward);
  const more = open.length - mostPeers;
  return [
    ...unseen,
    ...open.slice(0, mostPeers).map((peer, index) => {
      // A workload that the policies divide stands there several times.
      const before = open.slice(0, index).filter(({ ref }) => ref === peer.ref).length;
      return peerNode(world, `${id}/${peer.ref}#${before}`, pod, peer, toward);
    }),
    ...(more > 0
      ? [
          note(
            `${id}/more`,
            vscode.l10n.t('{0} more workloads', more),
            vscode.l10n.t('open the document for all'),
          ),
        ]
      : []),
    ...(closed.length > 0
      ? [
          note(
            `${id}/closed`,
            vscode.l10n.t('{0} workloads: nothing passes', closed.length),
            vscode.l10n.t('the policies deny every port'),
          ),
        ]
      : []),
    ...(open.length + closed.length === 0
      ? [note(`${id}/none`, vscode.l10n.t('No other pod'), vscode.l10n.t('in the namespaces shown'))]
      : []),
  ];
}

function peerNode(world: World, id: string, pod: Pod, peer: PeerReach, toward: Toward): ExplorerNode {
  const [kind = '', namespace = '', name = ''] = peer.ref.split('/');
  const some = peer.pods.length < peer.of && peer.of > 1;
  return {
    id,
    row: row({
      label: namespace === pod.namespace ? name : `${namespace}/${name}`,
      parts: [
        passageText(peer.passage),
        kind,
        some
          ? vscode.l10n.t('{0} of {1} pods', peer.pods.length, peer.of)
          : peer.of > 1
            ? vscode.l10n.t('{0} pods', peer.of)
            : '',
      ],
      icon: { id: 'pass', color: 'testing.iconPassed' },
      viewItem: viewItems.reachPeer,
    }),
    tooltip: () =>
      tooltip(peer.ref, [
        [vscode.l10n.t('Ports'), passageText(peer.passage)],
        [
          vscode.l10n.t('Because'),
          reasonsOf(world, pod, peer, toward)
            .map(({ text }) => text)
            .join(' '),
        ],
      ]),
  };
}

function note(id: string, label: string, description: string): ExplorerNode {
  return {
    id,
    row: row({ label, parts: [description], icon: { id: 'info' }, viewItem: viewItems.reachPeer }),
  };
}
