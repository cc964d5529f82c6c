import * as vscode from 'vscode';
import type { Disposable } from '../../base/event.ts';
import { Panel, type PanelKind, type PanelModel } from './panel.ts';
import { readKeptState } from './protocol/envelope.ts';

/**
 * The panels of one kind: opens them, knows those that are open, and gives those back that were open when the window
 * was reloaded.
 */
export class Panels<Content, Message> implements Disposable {
  readonly #kind: PanelKind<Message>;
  readonly #context: { readonly extensionUri: vscode.Uri; readonly log: vscode.LogOutputChannel };
  readonly #open = new Set<Panel<Content, Message>>();
  readonly #serializer: vscode.Disposable;

  /**
   * @param restore makes a model of a state that an earlier window kept, which may be of an older version of the
   * extension; undefined closes the panel. `adopt` takes care of the panel as the opener of a new one does.
   */
  constructor(
    kind: PanelKind<Message>,
    context: { readonly extensionUri: vscode.Uri; readonly log: vscode.LogOutputChannel },
    restore: (state: unknown) => PanelModel<Content> | undefined,
    adopt: (panel: Panel<Content, Message>) => void,
  ) {
    this.#kind = kind;
    this.#context = context;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(kind.viewType, {
      deserializeWebviewPanel: (webview: vscode.WebviewPanel, kept: unknown): Promise<void> => {
        const model = restore(readKeptState(kept).panel);
        if (model === undefined) webview.dispose();
        else adopt(this.#add(webview, model));
        return Promise.resolve();
      },
    });
  }

  get open(): ReadonlySet<Panel<Content, Message>> {
    return this.#open;
  }

  /** Opens a panel in the column the user works in, or beside it. */
  create(model: PanelModel<Content>, beside = false): Panel<Content, Message> {
    const column = beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const webview = vscode.window.createWebviewPanel(
      this.#kind.viewType,
      model.title,
      { viewColumn: column, preserveFocus: beside },
      { enableFindWidget: true },
    );
    return this.#add(webview, model);
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of [...this.#open]) panel.dispose();
  }

  #add(webview: vscode.WebviewPanel, model: PanelModel<Content>): Panel<Content, Message> {
    const panel = new Panel<Content, Message>(webview, this.#kind, model, this.#context);
    this.#open.add(panel);
    panel.onDidDispose(() => this.#open.delete(panel));
    return panel;
  }
}
