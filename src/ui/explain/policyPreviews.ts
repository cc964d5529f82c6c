import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { Disposable } from '../../base/event.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { commands, previewScheme } from '../host/ids.ts';
import type { Session } from '../host/session.ts';
import type { PolicyPreview } from './policyPreview.ts';

const policyLine = /^kind:\s*["']?NetworkPolicy["']?\s*(#.*)?$/;

/** The previews of what policies change: the command, the line above a policy, and the documents beside the text. */
export class PolicyPreviews
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, Disposable
{
  readonly #session: Session;
  readonly #log: vscode.LogOutputChannel;
  readonly #previews = new Map<string, { preview: PolicyPreview; text: string }>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registrations: readonly vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(registry: CommandRegistry, session: Session, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#log = log;
    this.#registrations = [
      vscode.workspace.registerTextDocumentContentProvider(previewScheme, this),
      vscode.languages.registerCodeLensProvider({ language: 'yaml' }, this),
      vscode.workspace.onDidCloseTextDocument((document) => this.#closed(document)),
    ];
    registry.register(commands.previewPolicy, (uri) => this.open(uri));
  }

  /**
   * Opens the preview beside a document that holds network policies.
   * @param uri undefined: the document in front.
   * @returns what it says at first.
   */
  async open(uri: unknown): Promise<string> {
    const front = vscode.window.activeTextEditor?.document;
    const document = uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : front;
    if (document === undefined) {
      throw new ExplainedError('no-document', vscode.l10n.t('No document is open'), {
        remedy: vscode.l10n.t('Open a file with a NetworkPolicy.'),
      });
    }
    const address = addressOf(document.uri);
    const known = this.#previews.get(address.toString());
    if (known === undefined) {
      const { PolicyPreview: Made } = await import('./policyPreview.ts');
      const preview = new Made(document, this.#session, (text) => this.#set(address, preview, text));
      const title = vscode.l10n.t('Working out what the policy changes');
      try {
        const text = await vscode.window.withProgress(
          { location: vscode.ProgressLocation.Window, title },
          () => preview.start(),
        );
        this.#set(address, preview, text);
      } catch (error) {
        preview.dispose();
        throw error;
      }
    }
    await vscode.commands.executeCommand('markdown.showPreviewToSide', address);
    return this.provideTextDocumentContent(address);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#previews.get(uri.toString())?.text ??
      vscode.l10n.t('This preview has ended. Open it again from the file.')
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const lenses: vscode.CodeLens[] = [];
    for (let line = 0; line < document.lineCount; line++) {
      const { text, range } = document.lineAt(line);
      if (!text.startsWith('kind:') || !policyLine.test(text)) continue;
      lenses.push(
        new vscode.CodeLens(range, {
          command: commands.previewPolicy,
          title: vscode.l10n.t('Preview What This Policy Changes'),
          arguments: [document.uri],
        }),
      );
    }
    return lenses;
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
    for (const { preview } of this.#previews.values()) preview.dispose();
    this.#previews.clear();
    this.#changed.dispose();
  }

  #set(address: vscode.Uri, preview: PolicyPreview, text: string): void {
    const known = this.#previews.get(address.toString());
    if (known !== undefined && known.preview !== preview) return;
    this.#previews.set(address.toString(), { preview, text });
    if (known?.text !== text) this.#changed.fire(address);
  }

  /** With the text, or with the preview's own document, the preview ends. */
  #closed(document: vscode.TextDocument): void {
    for (const [key, { preview }] of this.#previews) {
      if (document.uri.toString() !== key && document !== preview.document) continue;
      this.#previews.delete(key);
      preview.dispose();
      this.#log.debug(`The preview of ${preview.document.uri.path} has ended.`);
    }
  }
}

function addressOf(uri: vscode.Uri): vscode.Uri {
  const name = uri.path.split('/').at(-1) ?? '';
  return vscode.Uri.from({
    scheme: previewScheme,
    path: `/${vscode.l10n.t('What {0} changes', name)}.md`,
    query: uri.toString(),
  });
}
