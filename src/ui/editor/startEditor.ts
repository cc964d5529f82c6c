import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import { yamlSelector } from './documents.ts';
import { DocumentLinter } from './documentLinter.ts';
import type { EditorParts } from './index.ts';
import { NameCompletion } from './nameCompletion.ts';
import { NameDefinition } from './nameDefinition.ts';
import { NameHover } from './nameHover.ts';
import { OpenManifests } from './openManifests.ts';
import { Outline } from './outline.ts';
import { QuickFixes } from './quickFixes.ts';
import { WorkspaceIndex } from './workspaceIndex.ts';
import { Worlds } from './world.ts';

/** Starts all help for YAML. Loaded with the first YAML document, since the rules and the parser come along. */
export function startEditor({ log, docs }: EditorParts): Disposable {
  const store = new DisposableStore();
  const manifests = new OpenManifests();
  const index = store.add(new WorkspaceIndex(log));
  const linter = store.add(new DocumentLinter({ manifests, index, log, docs }));
  const worlds = new Worlds(manifests, index);
  const yaml = [...yamlSelector];
  const { languages } = vscode;
  store.add(
    languages.registerCodeActionsProvider(yaml, new QuickFixes(linter, manifests), QuickFixes.metadata),
  );
  store.add(languages.registerCompletionItemProvider(yaml, new NameCompletion(worlds), ' '));
  store.add(languages.registerDefinitionProvider(yaml, new NameDefinition(worlds)));
  store.add(languages.registerHoverProvider(yaml, new NameHover(worlds)));
  store.add(languages.registerDocumentSymbolProvider(yaml, new Outline(manifests), { label: 'Kubernetes' }));
  return store;
}
