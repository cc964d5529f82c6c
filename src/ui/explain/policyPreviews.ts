import * as vscode from 'vscode';
import { ExplainedError } from '../../base/errors.ts';
import type { Disposable } from '../../base/event.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import { commands, previewScheme } from '../host/ids.ts';
import { MemoryFiles, showRendered } from '../host/memoryFiles.ts';
import type { Session } from '../host/session.ts';
import type { PolicyPreview } from './policyPreview.ts';

/** A preview that is open, and what it says. */
interface Entry {
  readonly preview: PolicyPreview;
  readonly text: string;
}

const policyLine = /^kind:\s*["']?NetworkPolicy["']?\s*(#.*)?$/;

/** The previews of what policies change: the command, the line above a policy, and the documents beside the text. */
export class PolicyPreviews implements vscode.CodeLensProvider, Disposable {
  readonly #session: Session;
  readonly #log: vscode.LogOutputChannel;
  readonly #previews = new Map<string, Entry>();
  readonly #files = new MemoryFiles(previewScheme);
  readonly #numbers = new Map<string, number>();
  readonly #registrations: readonly vscode.Disposable[];

  constructor(registry: CommandRegistry, session: Session, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#log = log;
    this.#registrations = [
      vscode.languages.registerCodeLensProvider({ language: 'yaml' }, this),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#endThose(({ preview }) => preview.document === document);
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        const gone = new Set(closed.map(({ input }) => addressShown(input)));
        this.#endThose((_, address) => gone.has(address));
      }),
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
    const address = this.#addressOf(document.uri);
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
    await showRendered(address, true);
    return this.#previews.get(address.toString())?.text ?? '';
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
    this.#files.dispose();
  }

  /** One address for each document: the previews of two files of the same name must not be one. */
  #addressOf(uri: vscode.Uri): vscode.Uri {
    const key = uri.toString();
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1;
    this.#numbers.set(key, number);
    const name = uri.path.split('/').at(-1) ?? '';
    return vscode.Uri.from({
      scheme: previewScheme,
      path: `/${number}/${vscode.l10n.t('What {0} changes', name)}.md`,
    });
  }

  #set(address: vscode.Uri, preview: PolicyPreview, text: string): void {
    const known = this.#previews.get(address.toString());
    if (known !== undefined && known.preview !== preview) return;
    this.#previews.set(address.toString(), { preview, text });
    if (known?.text !== text) this.#files.set(address, text);
  }

  /** A preview ends with its text's document, or when it is closed itself. */
  #endThose(isOver: (entry: Entry, address: string) => boolean): void {
    for (const [address, entry] of this.#previews) {
      if (!isOver(entry, address)) continue;
      this.#previews.delete(address);
      entry.preview.dispose();
      this.#log.debug(`The preview of ${entry.preview.document.uri.path} has ended.`);
    }
  }
}

function addressShown(input: unknown): string | undefined {
  const isFile = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return isFile ? input.uri.toString() : undefined;
}
