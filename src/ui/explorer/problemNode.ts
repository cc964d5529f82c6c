import * as vscode from 'vscode';
import { viewItems } from '../host/ids.ts';
import type { ExplorerNode } from './node.ts';
import { podStateText } from './podState.ts';
import type { ServiceProblem } from './serviceProblems.ts';
import { differenceText, labelsText, row, tooltip } from './words.ts';

/** A problem as a row of its own, its evidence beside it. */
export function problemNode(parentId: string, problem: ServiceProblem, index: number): ExplorerNode {
  const text = problemText(problem);
  return {
    id: `${parentId}/problem:${index}:${problem.is}`,
    row: row({
      label: text,
      parts: [evidence(problem)],
      icon: { id: 'warning', color: 'list.warningForeground' },
      viewItem: viewItems.problem,
    }),
    tooltip: () => tooltip(text, [[vscode.l10n.t('Evidence'), evidence(problem)]]),
  };
}

export function problemText(problem: ServiceProblem): string {
  switch (problem.is) {
    case 'selects-nothing':
      return vscode.l10n.t('selector matches no pod');
    case 'none-ready':
      return vscode.l10n.t('no selected pod is ready');
    case 'no-such-port':
      return vscode.l10n.t('no selected pod has a port named {0}', problem.targetPort);
    case 'no-endpoints':
      return vscode.l10n.t('no selector and no endpoints');
    case 'no-load-balancer':
      return vscode.l10n.t('no load balancer yet');
  }
}

function evidence(problem: ServiceProblem): string {
  switch (problem.is) {
    case 'selects-nothing': {
      const { nearest, selector } = problem;
      if (nearest === undefined) return labelsText(selector);
      return vscode.l10n.t(
        'nearest is pod {0}: {1}',
        nearest.pod.name,
        nearest.differences.map(differenceText).join('; '),
      );
    }
    case 'none-ready':
      return problem.pods
        .slice(0, 3)
        .map((pod) => `${pod.name}: ${podStateText(pod)}`)
        .join('; ');
    case 'no-such-port': {
      const names = problem.pods.flatMap(({ containers }) => containers.flatMap(({ ports }) => ports));
      const named = [...new Set(names.map(({ name }) => name).filter(Boolean))];
      return named.length === 0
        ? vscode.l10n.t('the pods name no ports')
        : vscode.l10n.t('the pods name {0}', named.join(', '));
    }
    case 'no-load-balancer':
      return vscode.l10n.t('nothing in the cluster has given it an address; node ports work meanwhile');
    case 'no-endpoints':
      return vscode.l10n.t('endpoint slices of this service must be made by hand');
  }
}
