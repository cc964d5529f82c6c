import * as vscode from 'vscode';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Choice } from '../host/pickOne.ts';
import { serviceTargets } from './targetChoices.ts';

/** Where a connection may start in files: nothing runs there, so every pod counts, and every workload as a pod. */
export function fileSources(snapshot: Snapshot): readonly Choice<string>[] {
  return snapshot.all('Pod').map(({ namespace, name, owner }) => ({
    label: name,
    description: [owner?.kind ?? 'Pod', namespace].join(' · '),
    icon: 'file-code',
    value: `pod/${namespace}/${name}`,
  }));
}

/** What a connection can lead to in files. */
export function fileTargets(snapshot: Snapshot): readonly Choice<string>[] {
  return [
    ...serviceTargets(snapshot),
    ...fileSources(snapshot).map((pod) => ({ ...pod, group: vscode.l10n.t('pods') })),
  ];
}
