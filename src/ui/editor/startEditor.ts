import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import { yamlSelector } from './documents.ts';
import { DocumentLinter } from './documentLinter.ts';
import type { EditorParts } from './index.ts';
import { OpenManifests } from './openManifests.ts';
import { QuickFixes } from './quickFixes.ts';
import { WorkspaceIndex } from './workspaceIndex.ts';

/** Starts all help for YAML. Loaded with the first YAML document, since the rules and the parser come along. */
export function startEditor({ log, docs }: EditorParts): Disposable {
  const store = new DisposableStore();
  const manifests = new OpenManifests();
  const index = store.add(new WorkspaceIndex(log));
  const linter = store.add(new DocumentLinter({ manifests, index, log, docs }));
  store.add(
    vscode.languages.registerCodeActionsProvider(
      [...yamlSelector],
      new QuickFixes(linter, manifests),
      QuickFixes.metadata,
    ),
  );
  return store;
}
