import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { Emitter, type Disposable } from '../../base/event.ts';
import { oneLine } from '../../base/hostileText.ts';
import { pageHtml } from './pageHtml.ts';
import { readFromPage, type ToPage } from './protocol/envelope.ts';

/** What all panels of a kind have in common. */
export interface PanelKind<Message> {
  /** From `panelTypes` of ui/host/ids.ts. */
  readonly viewType: string;
  /** The codicon on its tab. */
  readonly icon: string;
  /** A folder of panels/web; its bundle is dist/web/PAGE.js and PAGE.css. */
  readonly page: string;
  /** Translated texts for the page, by key; asked for when a page is made. */
  readonly strings: () => Readonly<Record<string, string>>;
  /** Checks what a page says. undefined: it is none of this kind's messages, and is dropped. */
  readonly readMessage: (message: unknown) => Message | undefined;
}

/** What one panel shows. */
export interface PanelModel<Content> {
  readonly title: string;
  readonly content: Content;
  /** Enough to make the panel again after a reload of the window; handed to the kind's `restore`. Plain JSON. */
  readonly state: unknown;
}

/**
 * One webview: a page of the extension's own that shows a model. VS Code drops a page that is hidden and loads it anew
 * when it is shown again, so the page is given all of the model each time.
 */
export class Panel<Content, Message> implements Disposable {
  readonly #webview: vscode.WebviewPanel;
  readonly #said = new Emitter<Message>();
  readonly #disposed = new Emitter<void>();
  readonly #visible = new Emitter<boolean>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #model: PanelModel<Content>;
  #isReady = false;
  #isDisposed = false;
  #wasVisible: boolean;

  /** What the page says, checked. */
  readonly onDidSay = this.#said.event;
  /** The user closed the panel, or it was disposed of. */
  readonly onDidDispose = this.#disposed.event;
  /** Fires when the panel comes to be seen, or no longer is. */
  readonly onDidChangeVisibility = this.#visible.event;

  /** @param webview a panel that VS Code restores, or a new one; it is disposed of with this. */
  constructor(
    webview: vscode.WebviewPanel,
    kind: PanelKind<Message>,
    model: PanelModel<Content>,
    context: { readonly extensionUri: vscode.Uri; readonly log: vscode.LogOutputChannel },
  ) {
    this.#webview = webview;
    this.#model = model;
    this.#wasVisible = webview.visible;
    const bundles = vscode.Uri.joinPath(context.extensionUri, 'dist', 'web');
    const { webview: frame } = webview;
    frame.options = { enableScripts: true, enableCommandUris: false, localResourceRoots: [bundles] };
    this.#subscriptions = [
      webview.onDidDispose(() => this.#close()),
      webview.onDidChangeViewState(() => {
        // A page that is hidden is gone; messages to it would be lost.
        if (!webview.visible) this.#isReady = false;
        if (webview.visible === this.#wasVisible) return;
        this.#wasVisible = webview.visible;
        this.#visible.fire(webview.visible);
      }),
      frame.onDidReceiveMessage((value: unknown) => {
        const heard = readFromPage(value);
        if (heard?.is === 'ready') {
          this.#isReady = true;
          this.#post(this.#all());
          return;
        }
        const message = heard && kind.readMessage(heard.message);
        if (message === undefined) {
          context.log.warn(`A page of ${kind.viewType} said something unknown: ${shortJson(value)}`);
        } else this.#said.fire(message);
      }),
    ];
    const address = (file: string): string =>
      frame.asWebviewUri(vscode.Uri.joinPath(bundles, file)).toString();
    webview.title = oneLine(model.title, 80);
    webview.iconPath = new vscode.ThemeIcon(kind.icon);
    frame.html = pageHtml({
      script: address(`${kind.page}.js`),
      style: address(`${kind.page}.css`),
      resources: frame.cspSource,
      nonce: randomBytes(24).toString('base64url'),
      title: oneLine(model.title),
      language: vscode.env.language,
      strings: kind.strings(),
    });
  }

  get model(): PanelModel<Content> {
    return this.#model;
  }

  get isVisible(): boolean {
    return this.#webview.visible;
  }

  /** Shows another model. */
  show(model: PanelModel<Content>): void {
    this.#model = model;
    if (this.#isDisposed) return;
    const title = oneLine(model.title, 80);
    if (this.#webview.title !== title) this.#webview.title = title;
    if (this.#isReady) this.#post(this.#all());
  }

  /** Tells the page something in passing; lost where no page is loaded. */
  note(note: unknown): void {
    if (this.#isReady && !this.#isDisposed) this.#post({ is: 'note', note });
  }

  reveal(): void {
    if (!this.#isDisposed) this.#webview.reveal(undefined, false);
  }

  dispose(): void {
    if (!this.#isDisposed) this.#webview.dispose();
  }

  #all(): ToPage {
    return { is: 'content', content: this.#model.content, state: this.#model.state };
  }

  #post(message: ToPage): void {
    // `false` only says that the page is not there any more: it asks again when it is.
    void this.#webview.webview.postMessage(message);
  }

  #close(): void {
    this.#isDisposed = true;
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#disposed.fire();
    this.#disposed.dispose();
    this.#visible.dispose();
    this.#said.dispose();
  }
}

function shortJson(value: unknown): string {
  // `undefined` has no JSON; a page may say anything.
  return oneLine(value === undefined ? 'undefined' : JSON.stringify(value), 200);
}
