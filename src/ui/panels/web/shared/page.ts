import { readKeptState, readToPage, type FromPage } from '../../protocol/envelope.ts';

/** What VS Code gives to a page, once. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** What a page does with what it is told. */
export interface PageOptions<Content> {
  /** Checks what the extension sent. undefined: drop it. */
  readonly readContent: (content: unknown) => Content | undefined;
  /** Draws all of it anew; focus and scroll positions are kept where elements have an `id`. */
  readonly show: (content: Content, root: HTMLElement) => void;
  readonly hear?: (note: unknown) => void;
}

/** The page's side of a panel. */
export interface Page<Message> {
  say(message: Message): void;
  /** A translated text, by the key under which the panel handed it over. */
  text(key: string, ...values: readonly (string | number)[]): string;
  /** How the page was left: plain JSON of its own making, kept over hiding and over a reload of the window. */
  kept(): unknown;
  keep(state: unknown): void;
}

/** Starts the page: asks the extension for its content, and draws it whenever it comes. */
export function startPage<Content, Message>(options: PageOptions<Content>): Page<Message> {
  const api = acquireVsCodeApi();
  const strings = stringsOf(document.body.dataset.strings ?? '');
  const root = document.getElementById('page');
  if (root === null) throw new Error('The page has no main element.');
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const told = readToPage(event.data);
    if (told === undefined) return;
    if (told.is === 'note') {
      options.hear?.(told.note);
      return;
    }
    api.setState({ ...readKeptState(api.getState()), panel: told.state });
    const content = options.readContent(told.content);
    if (content !== undefined) keepPlace(() => options.show(content, root));
  });
  api.postMessage({ is: 'ready' });
  return {
    say: (message) => api.postMessage({ is: 'said', message }),
    text: (key, ...values) =>
      (strings[key] ?? key).replace(/\{(\d)\}/g, (whole, index: string) =>
        String(values[Number(index)] ?? whole),
      ),
    kept: () => readKeptState(api.getState()).page,
    keep: (page) => api.setState({ ...readKeptState(api.getState()), page }),
  };
}

function stringsOf(json: string): Readonly<Record<string, string>> {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Draws, and puts focus and scroll position back to where they were. */
function keepPlace(draw: () => void): void {
  const focused = document.activeElement?.id ?? '';
  const { scrollX, scrollY } = window;
  draw();
  if (focused !== '' && document.activeElement?.id !== focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
  window.scrollTo(scrollX, scrollY);
}
