import * as vscode from 'vscode';
import { markdownText } from '../../base/hostileText.ts';
import type { Pod } from '../../model/objects.ts';
import { isolatingPolicies } from '../../reach/isolating.ts';
import { portsOfRule } from '../../reach/openings.ts';
import { reachSteps, reasonsOf, type PeerReach, type Toward } from '../../reach/podReach.ts';
import type { World } from '../../reach/world.ts';
import { passageText, portsText } from '../host/portsText.ts';

/** A table of more rows is none that anybody reads, and the preview gets slow. */
const mostRows = 1_000;

/**
 * Who can reach a pod, or what it can reach, as Markdown: by workload, with ports and the rules that decide. In short
 * pieces, see `inSlices`.
 */
export function* reachReport(world: World, pod: Pod, toward: Toward, place: string): Generator<void, string> {
  const { open, closed } = yield* reachSteps(world, pod, toward);
  const openRows = open.length === 0 ? [vscode.l10n.t('None.')] : yield* table(world, pod, toward, open);
  const closedRows =
    closed.length === 0 ? [vscode.l10n.t('None.')] : yield* table(world, pod, toward, closed);
  const name = markdownText(`${pod.namespace}/${pod.name}`);
  const policies = world.snapshot.coverage('NetworkPolicy');
  const countPods = (peers: readonly PeerReach[]): number =>
    peers.reduce((sum, { pods }) => sum + pods.length, 0);
  return [
    `# ${toward === 'in' ? vscode.l10n.t('Who can reach pod {0}', name) : vscode.l10n.t('What pod {0} can reach', name)}`,
    '',
    `${markdownText(place)}  `,
    vscode.l10n.t(
      'By the network policies alone. Whether something listens and answers, a check or "Explain Connection" tells.',
    ),
    '',
    ...(policies.is === 'complete'
      ? []
      : [
          `**${vscode.l10n.t('Network policies are not fully seen: {0}', markdownText('message' in policies ? policies.message : policies.is))}**`,
          '',
        ]),
    ...isolationLines(world, pod, toward),
    '',
    `## ${vscode.l10n.t('Something passes: {0} workloads, {1} pods', open.length, countPods(open))}`,
    '',
    ...openRows,
    '',
    `## ${vscode.l10n.t('Nothing passes: {0} workloads, {1} pods', closed.length, countPods(closed))}`,
    '',
    ...closedRows,
    '',
    `## ${toward === 'in' ? vscode.l10n.t('From outside the cluster') : vscode.l10n.t('To addresses outside the cluster')}`,
    '',
    ...outsideLines(world, pod, toward),
    '',
  ].join('\n');
}

function isolationLines(world: World, pod: Pod, toward: Toward): readonly string[] {
  const by = policiesOf(world, pod, toward);
  if (by.length === 0) {
    return [
      toward === 'in'
        ? vscode.l10n.t('No NetworkPolicy restricts what comes in.')
        : vscode.l10n.t('No NetworkPolicy restricts what goes out.'),
    ];
  }
  return [
    toward === 'in'
      ? vscode.l10n.t('These policies restrict what comes in; what none of them allows is denied:')
      : vscode.l10n.t('These policies restrict what goes out; what none of them allows is denied:'),
    '',
    ...by.map((policy) => `- ${markdownText(`networkpolicy/${policy.namespace}/${policy.name}`)}`),
  ];
}

function policiesOf(world: World, pod: Pod, toward: Toward): ReturnType<typeof isolatingPolicies>['ingress'] {
  const policies = isolatingPolicies(world.snapshot.inNamespace('NetworkPolicy', pod.namespace), pod);
  return toward === 'in' ? policies.ingress : policies.egress;
}

function* table(
  world: World,
  pod: Pod,
  toward: Toward,
  peers: readonly PeerReach[],
): Generator<void, readonly string[]> {
  const more = peers.length - mostRows;
  const rows: string[] = [];
  for (const peer of peers.slice(0, mostRows)) {
    rows.push(tableRow(world, pod, toward, peer));
    yield;
  }
  return [
    `| ${vscode.l10n.t('Workload')} | ${vscode.l10n.t('Pods')} | ${vscode.l10n.t('Ports')} | ${vscode.l10n.t('Because')} |`,
    '|---|---|---|---|',
    ...rows,
    ...(more > 0 ? ['', vscode.l10n.t('And {0} more.', more)] : []),
  ];
}

function tableRow(world: World, pod: Pod, toward: Toward, peer: PeerReach): string {
  // That nothing restricts an end needs saying only where nothing restricts either.
  const told = reasonsOf(world, pod, peer, toward).filter(
    ({ code }) => !/^no-(in|e)gress-policy$/.test(code),
  );
  const because =
    told.length === 0 ? [vscode.l10n.t('no policy restricts it')] : told.map(({ text }) => text);
  const pods = peer.pods.length === peer.of ? String(peer.of) : `${peer.pods.length}/${peer.of}`;
  const cells = [peer.ref, pods, passageText(peer.passage), because.join(' ')];
  return `| ${cells.map((cell) => markdownText(cell)).join(' | ')} |`;
}

/** Addresses have no labels: only blocks of addresses and rules for everyone let them through. */
function outsideLines(world: World, pod: Pod, toward: Toward): readonly string[] {
  const by = policiesOf(world, pod, toward);
  if (by.length === 0) return [vscode.l10n.t('Every address, on all ports, as far as NetworkPolicies go.')];
  const direction = toward === 'in' ? 'ingress' : 'egress';
  const lines = by.flatMap((policy) =>
    policy[direction].flatMap((rule, index) => {
      const ports = portsText(portsOfRule(rule, toward === 'in' ? pod : undefined));
      const at = `networkpolicy/${policy.namespace}/${policy.name} spec.${direction}[${index}]`;
      if (rule.peers === undefined) return [vscode.l10n.t('every address: {0} ({1})', ports, at)];
      return rule.peers.flatMap((peer) => {
        if (peer.is !== 'block') return [];
        const but =
          peer.except.length === 0 ? '' : ` ${vscode.l10n.t('but not {0}', peer.except.join(', '))}`;
        return [vscode.l10n.t('{0}: {1} ({2})', `${peer.cidr}${but}`, ports, at)];
      });
    }),
  );
  return lines.length === 0 ? [vscode.l10n.t('None.')] : lines.map((line) => `- ${markdownText(line)}`);
}
