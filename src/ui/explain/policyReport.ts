import * as vscode from 'vscode';
import { markdownText } from '../../base/hostileText.ts';
import type { NetworkPolicy } from '../../model/networkPolicy.ts';
import type { PassageChange, PolicyChange } from '../../reach/policyChange.ts';
import { isEmpty, type PortSet } from '../../reach/portSet.ts';
import { portsText } from '../host/portsText.ts';

const mostRows = 300;
const mostNames = 12;

/** What a file's policies change, as Markdown. */
export function policyReport(
  policies: readonly NetworkPolicy[],
  { passages, isolation, selected }: PolicyChange,
  about: string,
): string {
  const names = policies.map(({ namespace, name }) => markdownText(`${namespace}/${name}`)).join(', ');
  return [
    `# ${vscode.l10n.t('What this file would change')}`,
    '',
    vscode.l10n.t('NetworkPolicies {0}, which select {1} pods.', names, selected),
    markdownText(about),
    '',
    ...(passages.length === 0
      ? [`**${vscode.l10n.t('Between the pods there are, nothing changes.')}**`, '']
      : []),
    ...section(vscode.l10n.t('Denied from now on'), passages, ({ lost }) => lost),
    ...section(vscode.l10n.t('Allowed from now on'), passages, ({ gained }) => gained),
    ...section(
      vscode.l10n.t('Dependent on the network plugin from now on'),
      passages,
      ({ unsure }) => unsure,
    ),
    ...isolation.map((change) => `- ${isolationText(change)}`),
    '',
  ].join('\n');
}

/** What cannot be worked out now, above what was worked out last. */
export function brokenReport(why: string, last: string | undefined): string {
  return [
    `> **${vscode.l10n.t('Not current: {0}', markdownText(why))}**`,
    '',
    last ?? `# ${vscode.l10n.t('What this file would change')}`,
    '',
  ].join('\n');
}

function section(
  title: string,
  passages: readonly PassageChange[],
  portsOf: (change: PassageChange) => PortSet,
): readonly string[] {
  const rows = passages.filter((change) => !isEmpty(portsOf(change)));
  if (rows.length === 0) return [];
  const more = rows.length - mostRows;
  return [
    `## ${title}`,
    '',
    ...rows.slice(0, mostRows).flatMap((change) => {
      const within = change.from.length > 1 && change.from.join() === change.to.join();
      const ends = within
        ? [vscode.l10n.t('among {0}', list(change.from))]
        : [vscode.l10n.t('from {0}', list(change.from)), vscode.l10n.t('to {0}', list(change.to))];
      return [`- **${markdownText(portsText(portsOf(change)))}**  `, `  ${ends.join('  \n  ')}`, ''];
    }),
    ...(more > 0 ? [vscode.l10n.t('And {0} more.', more), ''] : []),
  ];
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map((name) => markdownText(name));
  const more = names.length - mostNames;
  return [...shown, ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : [])].join(', ');
}

function isolationText({ direction, isolated, workloads }: PolicyChange['isolation'][number]): string {
  const names = workloads
    .slice(0, mostNames)
    .map((name) => markdownText(name))
    .join(', ');
  const more = workloads.length - mostNames;
  const who = more > 0 ? vscode.l10n.t('{0} and {1} more', names, more) : names;
  if (direction === 'ingress') {
    return isolated
      ? vscode.l10n.t(
          'Incoming traffic becomes restricted: addresses outside the cluster reach {0} only where a rule allows.',
          who,
        )
      : vscode.l10n.t('Incoming traffic is no longer restricted: any address reaches {0}.', who);
  }
  return isolated
    ? vscode.l10n.t(
        'Outgoing traffic becomes restricted, DNS included: {0} reach addresses outside only where a rule allows.',
        who,
      )
    : vscode.l10n.t('Outgoing traffic is no longer restricted: {0} reach any address.', who);
}
