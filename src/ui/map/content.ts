import * as vscode from 'vscode';
import type { MapContent, MapLevel, MapView } from '../panels/protocol/map.ts';
import { quietChecks } from '../panels/protocol/mapEdges.ts';
import type { BuiltMap } from './graph/build.ts';
import { mostNodes } from './graph/choose.ts';

/** A map without anything on it, and why. */
export function emptyContent(view: MapView, place: string, why: string): MapContent {
  return {
    ...{ place, summary: why, notices: [], level: 'objects', view, namespaces: [] },
    ...{ nodes: [], boxes: [], edges: [] },
  };
}

/** The page's content of a built map. */
export function contentOf(
  built: BuiltMap,
  view: MapView,
  around: {
    readonly place: string;
    readonly notices: readonly string[];
    readonly namespaces: readonly string[];
    readonly focus?: MapContent['focus'];
  },
): MapContent {
  const { nodes, boxes, edges, level } = built;
  return {
    place: around.place,
    summary: summaryOf(built, view),
    notices: [...noticesOf(built, view), ...around.notices],
    ...{ level, view, namespaces: around.namespaces, nodes, boxes, edges },
    ...(around.focus && { focus: around.focus }),
  };
}

function summaryOf({ chosen, level, nodes }: BuiltMap, view: MapView): string {
  if (nodes.length === 0) {
    return view.onlyProblems
      ? vscode.l10n.t('No problems among what is chosen.')
      : vscode.l10n.t('There is nothing to draw.');
  }
  const counts = vscode.l10n.t(
    'Namespaces: {0}. Services: {1}. Pods: {2}. Nodes: {3}.',
    chosen.namespaces.length,
    chosen.services.length,
    chosen.pods.length,
    chosen.nodes.length,
  );
  return `${levelText(level)} ${counts}`;
}

function levelText(level: MapLevel): string {
  switch (level) {
    case 'objects':
      return vscode.l10n.t('Every object is drawn.');
    case 'workloads':
      return vscode.l10n.t('Workloads are drawn in place of their pods; a double click opens one.');
    case 'namespaces':
      return vscode.l10n.t('Namespaces are drawn in place of what is in them; a double click opens one.');
  }
}

function noticesOf(built: BuiltMap, view: MapView): readonly string[] {
  const { level, counts, chosen, policiesLeftOut } = built;
  const notices: string[] = [];
  const asked = view.level === 'auto' ? level : view.level;
  if (asked !== level) {
    notices.push(
      vscode.l10n.t(
        'What was chosen would be {0} things; at most {1} are drawn. Choose fewer namespaces to see more of them.',
        counts[asked],
        mostNodes,
      ),
    );
  }
  if (level === 'namespaces' && counts.namespaces > mostNodes) {
    notices.push(
      vscode.l10n.t(
        '{0} of {1} namespaces are drawn, those with problems first.',
        mostNodes,
        chosen.namespaces.length,
      ),
    );
  }
  if (chosen.leftOut > 0) {
    notices.push(
      vscode.l10n.t(
        '{0} more pods of this workload are not drawn; those with problems come first.',
        chosen.leftOut,
      ),
    );
  }
  const quiet = quietChecks(built.edges).size;
  if (quiet > 0) {
    notices.push(
      vscode.l10n.t(
        '{0} results of checks are too many to be drawn at once. Select a thing to see its own.',
        quiet,
      ),
    );
  }
  if (policiesLeftOut) {
    notices.push(vscode.l10n.t('Too many workloads to draw what policies allow. Choose fewer namespaces.'));
  }
  return notices;
}
