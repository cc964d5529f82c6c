import * as vscode from 'vscode';
import type { Passage } from '../../reach/matrix.ts';
import { allPorts, difference, formatPorts, isEmpty, protocols, type PortSet } from '../../reach/portSet.ts';

/** `TCP 80, 8000-8080; UDP all`; `all ports but TCP 80`; `all ports` for every port of every protocol; '' for none. */
export function portsText(set: PortSet): string {
  const missing = difference(allPorts, set);
  if (isEmpty(missing)) return vscode.l10n.t('all ports');
  if (rangesIn(missing) < rangesIn(set)) return vscode.l10n.t('all ports but {0}', listed(missing));
  return listed(set);
}

function rangesIn(set: PortSet): number {
  return protocols.reduce((sum, protocol) => sum + set[protocol].length, 0);
}

function listed(set: PortSet): string {
  return protocols
    .flatMap((protocol) => {
      const ranges = formatPorts(set, protocol);
      if (ranges.length === 0) return [];
      return [
        `${protocol} ${ranges.map((range) => (range === '*' ? vscode.l10n.t('all') : range)).join(', ')}`,
      ];
    })
    .join('; ');
}

/** What passes, and what depends on the network plugin; `nothing` where neither. */
export function passageText({ allowed, depends }: Passage): string {
  const parts = [
    portsText(allowed),
    isEmpty(depends) ? '' : vscode.l10n.t('depends on the network plugin: {0}', portsText(depends)),
  ];
  return parts.filter(Boolean).join('; ') || vscode.l10n.t('nothing');
}
