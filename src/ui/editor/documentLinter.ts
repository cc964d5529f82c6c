import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import type { ManifestFile } from '../../manifest/file.ts';
import { lint, type Finding } from '../../rules/index.ts';
import { Debouncer } from './debouncer.ts';
import { isWritten } from './documents.ts';
import type { ClusterKnowledge } from './cluster/clusterKnowledge.ts';
import type { ConfigFiles } from './configFiles.ts';
import { lintSettings } from './lintSettings.ts';
import { steppedBack } from './stepBack.ts';
import type { OpenManifests } from './openManifests.ts';
import { failureDiagnostic, toDiagnostic } from './toDiagnostic.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** How long a document must be quiet before it is read again, in milliseconds. Slow documents wait longer. */
const quiet = 250;
const longestQuiet = 2_000;
const none: ReadonlySet<string> = new Set();

interface Result {
  readonly version: number;
  readonly findings: readonly Finding[];
  /** How long it took, in milliseconds. */
  readonly cost: number;
}

export interface LinterParts {
  readonly manifests: OpenManifests;
  readonly index: WorkspaceIndex;
  readonly cluster: ClusterKnowledge;
  readonly configs: ConfigFiles;
  readonly log: vscode.LogOutputChannel;
  /** The extension's docs folder. */
  readonly docs: vscode.Uri;
}

/**
 * Keeps the diagnostics of every open manifest: at once when it is opened or saved, and once it is quiet after
 * typing, or after other files changed. What is shown always belongs to the text as it stands: between reading
 * a version and showing its findings nothing else runs.
 */
export class DocumentLinter implements Disposable {
  readonly #parts: LinterParts;
  readonly #disposables = new DisposableStore();
  readonly #diagnostics: vscode.DiagnosticCollection;
  readonly #waiting: Debouncer<vscode.TextDocument>;
  readonly #results = new WeakMap<vscode.TextDocument, Result>();

  constructor(parts: LinterParts) {
    this.#parts = parts;
    this.#diagnostics = this.#disposables.add(vscode.languages.createDiagnosticCollection('podNetwork'));
    this.#waiting = this.#disposables.add(new Debouncer((document) => this.#lint(document)));
    const { workspace } = vscode;
    this.#disposables.add(workspace.onDidOpenTextDocument((document) => this.#lint(document)));
    this.#disposables.add(workspace.onDidSaveTextDocument((document) => this.#lint(document)));
    this.#disposables.add(workspace.onDidCloseTextDocument((document) => this.#close(document)));
    this.#disposables.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#later(document);
      }),
    );
    this.#disposables.add(
      workspace.onDidChangeConfiguration((change) => {
        if (['podNetwork.lint', 'yaml'].some((name) => change.affectsConfiguration(name))) this.#lintAll();
      }),
    );
    const others = (): void => {
      for (const document of workspace.textDocuments) this.#later(document);
    };
    this.#disposables.add(parts.index.onDidChange(others));
    this.#disposables.add(parts.cluster.onDidChange(others));
    this.#disposables.add(parts.configs.onDidChange(others));
    this.#disposables.add(vscode.extensions.onDidChange(others));
    this.#lintAll();
  }

  /** The findings of a document as it stands. */
  findingsOf(document: vscode.TextDocument): readonly Finding[] {
    const result = this.#results.get(document);
    if (result?.version === document.version) return result.findings;
    return this.#lint(document);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #lintAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#lint(document);
  }

  #later(document: vscode.TextDocument): void {
    if (!isWritten(document)) return;
    const cost = this.#results.get(document)?.cost ?? 0;
    this.#waiting.schedule(document, Math.min(longestQuiet, Math.max(quiet, 4 * cost)));
  }

  #lint(document: vscode.TextDocument): readonly Finding[] {
    this.#waiting.cancel(document);
    if (!isWritten(document)) return [];
    const { manifests, index, log, docs } = this.#parts;
    const name = document.uri.toString();
    const started = performance.now();
    let findings: readonly Finding[] = [];
    try {
      const file = manifests.read(document);
      index.take(document, file);
      findings = this.#findings(document, file);
      this.#diagnostics.set(
        document.uri,
        findings.map((finding) => toDiagnostic(finding, document, docs)),
      );
    } catch (error) {
      // A rule that breaks must not look like a clean file.
      this.#diagnostics.set(document.uri, [failureDiagnostic(messageOf(error))]);
      log.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`);
    }
    const cost = performance.now() - started;
    this.#results.set(document, { version: document.version, findings, cost });
    log.trace(`${name} version ${document.version}: ${findings.length} findings, ${cost.toFixed(1)} ms`);
    return findings;
  }

  #findings(document: vscode.TextDocument, file: ManifestFile): readonly Finding[] {
    const { index, cluster, configs } = this.#parts;
    const settings = lintSettings(document.uri, configs);
    if (!settings.enabled) return [];
    const left = steppedBack(document, settings.fields).map((code) => [code, 'off'] as const);
    const { schema } = cluster;
    return lint(file, {
      file: file.file,
      rules: { ...settings.rules, ...Object.fromEntries(left) },
      cluster: { ...cluster.traits, ...settings.cluster },
      ...(schema && { schema }),
      knowledge: {
        objects: index.besides(document),
        live: cluster.live,
        // Files are never everything: a Secret, a class or pods may come from elsewhere. With a cluster that tells
        // all it has, and no file in doubt, they are.
        complete: false,
        completeKinds: index.isComplete ? cluster.completeKinds : none,
      },
    });
  }

  #close(document: vscode.TextDocument): void {
    this.#waiting.cancel(document);
    this.#results.delete(document);
    this.#diagnostics.delete(document.uri);
    this.#parts.index.release(document);
  }
}
