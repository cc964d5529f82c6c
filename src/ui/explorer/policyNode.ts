import * as vscode from 'vscode';
import { labelsMatch } from '../../model/labelSelector.ts';
import type { NetworkPolicy, PolicyRule } from '../../model/networkPolicy.ts';
import type { Pod } from '../../model/objects.ts';
import { viewItems } from '../host/ids.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode, Scene } from './node.ts';
import { whereText, type Place } from './place.ts';
import { podLinks } from './podLinks.ts';
import { peersText, policyPortsText, selectorText } from './policyText.ts';
import { row, tooltip } from './words.ts';

/** A network policy: what it lets in and out, and the pods it selects. */
export function policyNode(
  scene: Scene,
  parentId: string,
  policy: NetworkPolicy,
  place: Place,
): ExplorerNode {
  const id = `${parentId}/policy:${policy.namespace}/${policy.name}`;
  const pods = podsOf(scene, policy);
  const selects = selectorText(policy.podSelector, vscode.l10n.t('every pod of the namespace'));
  return {
    id,
    subject: {
      is: 'object',
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      namespace: policy.namespace,
      name: policy.name,
    },
    row: row({
      label: policy.name,
      kind: vscode.l10n.t('network policy'),
      parts: [whereText(place, policy.namespace), directionsText(policy), countText(scene, pods), selects],
      icon:
        pods.length === 0 && scene.snapshot.coverage('Pod').is === 'complete'
          ? { id: 'shield', color: 'disabledForeground' }
          : { id: 'shield' },
      viewItem: viewItems.policy,
    }),
    tooltip: () =>
      tooltip(policy.name, [
        [vscode.l10n.t('Namespace'), policy.namespace],
        [vscode.l10n.t('Selects'), selects],
        [vscode.l10n.t('Restricts'), directionsText(policy)],
      ]),
    children: () => [
      ...ruleNodes(id, policy, 'ingress'),
      ...ruleNodes(id, policy, 'egress'),
      ...podLinks(id, pods, policy.namespace),
    ],
  };
}

function podsOf({ snapshot }: Scene, { namespace, podSelector }: NetworkPolicy): readonly Pod[] {
  return snapshot.inNamespace('Pod', namespace).filter(({ labels }) => labelsMatch(podSelector, labels));
}

function countText({ snapshot }: Scene, pods: readonly Pod[]): string {
  const { is } = snapshot.coverage('Pod');
  if (is !== 'complete' && is !== 'stale') return vscode.l10n.t('its pods are not known');
  if (pods.length === 0) return vscode.l10n.t('selects no pod');
  return pods.length === 1 ? vscode.l10n.t('selects 1 pod') : vscode.l10n.t('selects {0} pods', pods.length);
}

function directionsText({ isolates }: NetworkPolicy): string {
  if (isolates.ingress && isolates.egress) return vscode.l10n.t('incoming and outgoing');
  return isolates.egress ? vscode.l10n.t('outgoing') : vscode.l10n.t('incoming');
}

function ruleNodes(
  id: string,
  policy: NetworkPolicy,
  direction: 'ingress' | 'egress',
): readonly ExplorerNode[] {
  if (!policy.isolates[direction]) return [];
  const rules = policy[direction];
  const icon = { id: direction === 'ingress' ? 'arrow-left' : 'arrow-right' };
  if (rules.length === 0) {
    const label =
      direction === 'ingress' ? vscode.l10n.t('Lets nothing in') : vscode.l10n.t('Lets nothing out');
    return [factNode({ id: `${id}/${direction}`, label, icon: { id: 'circle-slash' } })];
  }
  return rules.map((rule, index) =>
    factNode({
      id: `${id}/${direction}:${index}`,
      label: ruleText(rule, direction),
      parts: [policyPortsText(rule)],
      icon,
    }),
  );
}

function ruleText(rule: PolicyRule, direction: 'ingress' | 'egress'): string {
  const peers = peersText(rule);
  return direction === 'ingress' ? vscode.l10n.t('From {0}', peers) : vscode.l10n.t('To {0}', peers);
}
