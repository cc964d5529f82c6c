import * as vscode from 'vscode';
import type { Pod } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Choice, PickOptions } from './pickOne.ts';

/** The TCP ports a pod is known to serve: those its containers declare, then those services send to. */
export function portChoices(snapshot: Snapshot, pod: Pod): readonly Choice<number>[] {
  const choices = new Map<number, Choice<number>>();
  for (const container of pod.containers) {
    if (container.role !== 'main' && container.role !== 'sidecar') continue;
    for (const { name, port, protocol } of container.ports) {
      if (protocol !== 'TCP' || choices.has(port)) continue;
      choices.set(port, {
        label: String(port),
        description: [name, vscode.l10n.t('declared by container {0}', container.name)]
          .filter(Boolean)
          .join(' · '),
        icon: 'plug',
        value: port,
      });
    }
  }
  for (const service of snapshot.servicesSelecting(pod)) {
    for (const { targetPort, protocol } of service.ports) {
      if (protocol !== 'TCP' || typeof targetPort !== 'number' || choices.has(targetPort)) continue;
      choices.set(targetPort, {
        label: String(targetPort),
        description: vscode.l10n.t('target port of service {0}', service.name),
        icon: 'type-hierarchy',
        value: targetPort,
      });
    }
  }
  if (choices.size > 0) return [...choices.values()];
  return [
    {
      label: '80',
      description: vscode.l10n.t('the pod declares no TCP port; 80 is what web servers use'),
      icon: 'plug',
      value: 80,
    },
  ];
}

/** A port that was typed; undefined where the text is none. */
function typedPort(text: string): Choice<number> | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  if (port < 1 || port > 65_535) return undefined;
  return { label: String(port), description: vscode.l10n.t('as typed'), icon: 'edit', value: port };
}

/** Asks for a port: one of the choices, or a number that is typed. */
export function portQuestion(
  title: string,
  load: (signal: AbortSignal) => Promise<readonly Choice<number>[]>,
): PickOptions<number> {
  return {
    title,
    placeholder: vscode.l10n.t('On which TCP port? Choose one, or type a number'),
    nothing: vscode.l10n.t('Type a port from 1 to 65535'),
    fromText: typedPort,
    load,
  };
}
