import * as vscode from 'vscode';
import { mergeConfigs, readLintConfig, type ClusterTraits, type LintOptions } from '../../rules/index.ts';
import { settings } from '../host/ids.ts';
import type { ConfigFiles } from './configFiles.ts';
import type { FieldsSetting } from './otherTools.ts';

export interface LintSettings {
  readonly enabled: boolean;
  /** Codes switched off, or given another severity. */
  readonly rules: NonNullable<LintOptions['rules']>;
  /** Of the cluster that the manifests are for, where the user says. */
  readonly cluster: ClusterTraits;
  readonly fields: FieldsSetting;
}

const names = {
  disabledRules: settings.lintDisabledRules,
  severity: settings.lintSeverity,
  opinions: settings.lintOpinions,
  fields: settings.lintFields,
  kubernetesVersion: settings.lintKubernetesVersion,
  nodePorts: settings.lintNodePorts,
} as const;

/**
 * The settings as they hold for a document: those of the nearest config file, and above them those of the editor that
 * somebody has set. Values of wrong types, which VS Code marks itself, count as absent.
 */
export function lintSettings(uri: vscode.Uri, files: ConfigFiles): LintSettings {
  const configuration = vscode.workspace.getConfiguration('podNetwork', uri);
  const values = Object.fromEntries(
    Object.entries(names).flatMap(([name, setting]) =>
      isSet(configuration, setting) ? [[name, configuration.get<unknown>(setting)]] : [],
    ),
  );
  const own = readLintConfig(values).config;
  const shared = files.configFor(uri);
  const config = shared ? mergeConfigs(shared.config, own) : own;
  const isOn = isSet(configuration, settings.lintEnabled)
    ? configuration.get(settings.lintEnabled) !== false
    : shared?.config.enabled !== false;
  return {
    enabled: isOn && shared?.excluded !== true,
    rules: config.rules,
    cluster: config.cluster,
    fields: config.fields ?? 'auto',
  };
}

function isSet(configuration: vscode.WorkspaceConfiguration, name: string): boolean {
  const found = configuration.inspect(name);
  return [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].some(
    (value) => value !== undefined,
  );
}

/** Adds a code to the switched-off rules: of the workspace if one is open, else of the user. */
export async function switchOffRule(code: string, uri: vscode.Uri | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('podNetwork', uri);
  const inspected = configuration.inspect<readonly string[]>(settings.lintDisabledRules);
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const before = (inWorkspace ? inspected?.workspaceValue : inspected?.globalValue) ?? [];
  if (before.includes(code)) return;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(settings.lintDisabledRules, [...before, code], target);
}
