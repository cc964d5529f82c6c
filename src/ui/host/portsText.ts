import * as vscode from 'vscode';
import type { Passage } from '../../reach/matrix.ts';
import { formatPorts, isEmpty, protocols, type PortSet } from '../../reach/portSet.ts';

/** `TCP 80, 8000-8080, UDP all`; `all ports` for every port of every protocol; '' for none. */
export function portsText(set: PortSet): string {
  if (protocols.every((protocol) => formatPorts(set, protocol)[0] === '*')) return vscode.l10n.t('all ports');
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
