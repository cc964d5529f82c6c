import * as vscode from 'vscode';
import { settings } from '../../host/ids.ts';

/** Which code lenses and inlay hints are wanted for a document. */
export interface LensSettings {
  readonly selects: boolean;
  readonly mounts: boolean;
  readonly endpoints: boolean;
  readonly apply: boolean;
  readonly explain: boolean;
  readonly inlayHints: boolean;
}

export function lensSettings(uri: vscode.Uri): LensSettings {
  const configuration = vscode.workspace.getConfiguration('podNetwork', uri);
  const isOn = (name: string): boolean => configuration.get<unknown>(name) !== false;
  return {
    selects: isOn(settings.lensSelects),
    mounts: isOn(settings.lensMounts),
    endpoints: isOn(settings.lensEndpoints),
    apply: isOn(settings.lensApply),
    explain: isOn(settings.lensExplain),
    inlayHints: isOn(settings.inlayHints),
  };
}

/** Whether a change of the settings touches lenses or hints. */
export function concernsLenses(change: vscode.ConfigurationChangeEvent): boolean {
  return (
    change.affectsConfiguration('podNetwork.codeLens') || change.affectsConfiguration('podNetwork.inlayHints')
  );
}
