import * as vscode from 'vscode';
import type { TierPolicy, TierRule } from '../../model/tierPolicy.ts';
import { viewItems } from '../host/ids.ts';
import { factNode } from './factNode.ts';
import type { ExplorerNode } from './node.ts';
import { podSetText, tierPeersText, tierPortsText } from './policyText.ts';
import { row, tooltip } from './words.ts';

/** A cluster-wide policy with its rules in their order. */
export function tierPolicyNode(parentId: string, policy: TierPolicy): ExplorerNode {
  const id = `${parentId}/${policy.kind}:${policy.name}`;
  const subject =
    policy.subject === undefined ? vscode.l10n.t('a subject not known here') : podSetText(policy.subject);
  const tier =
    policy.tier === 'admin'
      ? vscode.l10n.t('before network policies, priority {0}', policy.priority)
      : vscode.l10n.t('after network policies');
  return {
    id,
    row: row({
      label: policy.name,
      kind: policy.kind,
      parts: [tier, subject],
      icon: { id: 'shield' },
      viewItem: viewItems.policy,
    }),
    tooltip: () =>
      tooltip(policy.name, [
        [vscode.l10n.t('Kind'), policy.kind],
        [vscode.l10n.t('Selects'), subject],
      ]),
    children: () => [
      ...policy.ingress.map((rule, index) => ruleNode(`${id}/ingress:${index}`, rule, 'ingress')),
      ...policy.egress.map((rule, index) => ruleNode(`${id}/egress:${index}`, rule, 'egress')),
    ],
  };
}

function ruleNode(id: string, rule: TierRule, direction: 'ingress' | 'egress'): ExplorerNode {
  const peers = tierPeersText(rule);
  const where = direction === 'ingress' ? vscode.l10n.t('from {0}', peers) : vscode.l10n.t('to {0}', peers);
  return factNode({
    id,
    label: `${actionText(rule)} ${where}`,
    parts: [tierPortsText(rule), rule.name],
    icon: { id: { allow: 'pass', deny: 'circle-slash', pass: 'arrow-down' }[rule.action] },
  });
}

function actionText({ action }: TierRule): string {
  switch (action) {
    case 'allow':
      return vscode.l10n.t('Allow');
    case 'deny':
      return vscode.l10n.t('Deny');
    case 'pass':
      return vscode.l10n.t('Leave to network policies');
  }
}
