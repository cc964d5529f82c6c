import * as vscode from 'vscode';
import { rulesToLeave, type FieldsSetting } from './otherTools.ts';

const yamlExtension = 'redhat.vscode-yaml';
const kubernetesExtension = 'ms-kubernetes-tools.vscode-kubernetes-tools';

/** The rules that step back for a document: another extension that runs here says the same. */
export function steppedBack(document: vscode.TextDocument, setting: FieldsSetting): readonly string[] {
  const configuration = vscode.workspace.getConfiguration('yaml', document.uri);
  return rulesToLeave(setting, {
    yaml:
      vscode.extensions.getExtension(yamlExtension) !== undefined &&
      configuration.get<unknown>('validate') !== false,
    kubernetes: vscode.extensions.getExtension(kubernetesExtension) !== undefined,
    schemas: configuration.get<unknown>('schemas'),
    matches: (pattern) => matches(document, pattern),
    text: document.getText(new vscode.Range(0, 0, 20, 0)),
  });
}

/** As the YAML extension reads its patterns: relative ones match at any depth. */
function matches(document: vscode.TextDocument, pattern: string): boolean {
  const anywhere = pattern.startsWith('/') || pattern.startsWith('**') ? pattern : `**/${pattern}`;
  return vscode.languages.match({ pattern: anywhere.replace(/^\//, '**/') }, document) > 0;
}
