import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { parseRef } from '../../model/refs.ts';
import type { Choice } from '../host/pickOne.ts';
import { portChoices } from '../host/portChoices.ts';
import { podChoices, serviceChoices } from '../host/podChoices.ts';

/** On a cluster of many nodes each would make a line of every node port; any of them answers for all. */
const mostNodes = 5;

/** What a connection can lead to, as references: services, pods, node ports. */
export function targetChoices(snapshot: Snapshot): readonly Choice<string>[] {
  const pods = podChoices(snapshot).map(({ value, ...choice }) => ({
    ...choice,
    group: vscode.l10n.t('pods'),
    description: [value.namespace, choice.description].join(' · '),
    value: `pod/${value.namespace}/${value.name}`,
  }));
  return [...serviceTargets(snapshot), ...pods, ...nodePortChoices(snapshot)];
}

/** Services as targets, as references. */
export function serviceTargets(snapshot: Snapshot): readonly Choice<string>[] {
  return serviceChoices(snapshot).map(({ value, ...choice }) => ({
    ...choice,
    group: vscode.l10n.t('services'),
    description: [value.namespace, choice.description].join(' · '),
    value: `svc/${value.namespace}/${value.name}`,
  }));
}

function nodePortChoices(snapshot: Snapshot): readonly Choice<string>[] {
  const nodes = snapshot.all('Node').slice(0, mostNodes);
  return snapshot.all('Service').flatMap((service) =>
    service.ports.flatMap(({ nodePort }) =>
      nodePort === undefined
        ? []
        : nodes.map((node) => ({
            label: `${node.name}:${nodePort}`,
            description: vscode.l10n.t('node port of service {0}', `${service.namespace}/${service.name}`),
            icon: 'server',
            group: vscode.l10n.t('node ports'),
            value: `node/${node.name}:${nodePort}`,
          })),
    ),
  );
}

/** A target that was typed: a reference, a URL, or a host with a port. */
export function typedTarget(text: string): Choice<string> | undefined {
  const value = /^[a-z][a-z0-9+.-]*:\/\/|^(pod|svc|node|localhost)\b/i.test(text)
    ? text
    : /^[\w.-]+:\d{1,5}$|^[\w-]+(\.[\w-]+)+$/.test(text)
      ? `http://${text}/`
      : undefined;
  if (value === undefined) return undefined;
  try {
    parseRef(value);
  } catch (error) {
    // Half of a reference is none yet.
    if (error instanceof ExplainedError) return undefined;
    throw error;
  }
  return { label: value, description: vscode.l10n.t('as typed'), icon: 'globe', value };
}

/** What there is to say beside a reference: whether it still lacks a port, and which there are. */
export function portsOf(snapshot: Snapshot, to: string): readonly Choice<number>[] {
  const ref = parseRef(to);
  if (ref.is === 'service') {
    const service = snapshot.get('Service', ref.namespace, ref.name);
    return (service?.ports ?? [])
      .filter(({ protocol }) => protocol === 'TCP')
      .map(({ name, port, targetPort }) => ({
        label: String(port),
        description: [name, vscode.l10n.t('target port {0}', String(targetPort))].filter(Boolean).join(' · '),
        icon: 'plug',
        value: port,
      }));
  }
  if (ref.is !== 'pod') return [];
  const pod = snapshot.get('Pod', ref.namespace, ref.name);
  return pod === undefined ? [] : portChoices(snapshot, pod);
}
