import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import { ClusterKnowledge } from './cluster/clusterKnowledge.ts';
import { ConfigFiles } from './configFiles.ts';
import { yamlSelector } from './documents.ts';
import { DocumentLinter } from './documentLinter.ts';
import { FieldHover } from './fieldHover.ts';
import { FieldKnowledge } from './fieldKnowledge.ts';
import type { EditorParts } from './index.ts';
import { DocumentFolding } from './lenses/documentFolding.ts';
import { LiveCluster } from './lenses/liveCluster.ts';
import { ManifestLenses } from './lenses/manifestLenses.ts';
import { PortHints } from './lenses/portHints.ts';
import { LinkDefinition } from './links/linkDefinition.ts';
import { LinkReferences } from './links/linkReferences.ts';
import { LinkRename } from './links/linkRename.ts';
import { MentionReader } from './links/mentionReader.ts';
import { ManifestContext } from './manifestContext.ts';
import { NameCompletion } from './nameCompletion.ts';
import { NameDefinition } from './nameDefinition.ts';
import { NameHover } from './nameHover.ts';
import { OpenManifests } from './openManifests.ts';
import { Outline } from './outline.ts';
import { QuickFixes } from './quickFixes.ts';
import { PortActions } from './refactor/portActions.ts';
import { Refactorings } from './refactor/refactorings.ts';
import { RepairActions } from './repair/repairActions.ts';
import { RepairPaste } from './repair/repairPaste.ts';
import { SchemaCompletion } from './schemaCompletion.ts';
import { SchemaStatus } from './schemaStatus.ts';
import { WorkspaceIndex } from './workspaceIndex.ts';
import { Worlds } from './world.ts';

/** Starts all help for YAML. Loaded with the first YAML document, since the rules and the parser come along. */
export function startEditor({ log, docs, session, observations }: EditorParts): Disposable {
  const store = new DisposableStore();
  const manifests = new OpenManifests();
  const index = store.add(new WorkspaceIndex(log));
  const cluster = store.add(new ClusterKnowledge(session, log));
  const configs = store.add(new ConfigFiles(log));
  const linter = store.add(new DocumentLinter({ manifests, index, cluster, configs, log, docs }));
  const worlds = new Worlds(manifests, index, cluster);
  const fields = new FieldKnowledge(cluster);
  store.add(new SchemaStatus(cluster));
  const yaml = [...yamlSelector];
  const { languages } = vscode;
  store.add(
    languages.registerCodeActionsProvider(yaml, new QuickFixes(linter, manifests), QuickFixes.metadata),
  );
  store.add(languages.registerCompletionItemProvider(yaml, new NameCompletion(worlds), ' '));
  store.add(languages.registerCompletionItemProvider(yaml, new SchemaCompletion(fields), ' '));
  const reader = new MentionReader(manifests, worlds, index);
  store.add(
    languages.registerDefinitionProvider(
      yaml,
      new LinkDefinition(new NameDefinition(worlds), manifests, reader),
    ),
  );
  store.add(languages.registerReferenceProvider(yaml, new LinkReferences(manifests, reader)));
  store.add(languages.registerRenameProvider(yaml, new LinkRename(manifests, worlds, reader)));
  const ports = new PortActions(reader);
  store.add(
    languages.registerCodeActionsProvider(
      yaml,
      new Refactorings({ worlds, ports, session, observations }),
      Refactorings.metadata,
    ),
  );
  store.add(languages.registerCodeActionsProvider(yaml, new RepairActions(), RepairActions.metadata));
  store.add(languages.registerDocumentPasteEditProvider(yaml, new RepairPaste(), RepairPaste.metadata));
  const live = store.add(new LiveCluster(session));
  const lenses = store.add(new ManifestLenses({ manifests, index, live }));
  store.add(languages.registerCodeLensProvider(yaml, lenses));
  const hints = store.add(new PortHints({ manifests, index, live }));
  store.add(languages.registerInlayHintsProvider(yaml, hints));
  store.add(languages.registerFoldingRangeProvider(yaml, new DocumentFolding(manifests)));
  store.add(new ManifestContext(manifests));
  store.add(languages.registerHoverProvider(yaml, new NameHover(worlds)));
  store.add(languages.registerHoverProvider(yaml, new FieldHover(manifests, fields)));
  store.add(languages.registerDocumentSymbolProvider(yaml, new Outline(manifests), { label: 'Kubernetes' }));
  return store;
}
