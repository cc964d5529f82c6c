/*
 * What a panel's page and the extension say to each other, whatever the panel shows. Pure: the page, which runs in a
 * browser frame, imports it too. Each side reads what arrives as if a stranger had sent it.
 */

/** From the extension to a page. `content` is all that the page shows; `note` a passing message about it. */
export type ToPage =
  | { readonly is: 'content'; readonly content: unknown; readonly state: unknown }
  | { readonly is: 'note'; readonly note: unknown };

/** From a page to the extension: `ready` each time the page is loaded, which VS Code does anew when it is shown. */
export type FromPage = { readonly is: 'ready' } | { readonly is: 'said'; readonly message: unknown };

/** What VS Code keeps of a page over a reload of the window: the panel's own state, and how the page was left. */
export interface KeptState {
  readonly panel: unknown;
  readonly page: unknown;
}

export function readToPage(value: unknown): ToPage | undefined {
  if (!isObject(value)) return undefined;
  if (value.is === 'content') return { is: 'content', content: value.content, state: value.state };
  return value.is === 'note' ? { is: 'note', note: value.note } : undefined;
}

export function readFromPage(value: unknown): FromPage | undefined {
  if (!isObject(value)) return undefined;
  if (value.is === 'ready') return { is: 'ready' };
  return value.is === 'said' ? { is: 'said', message: value.message } : undefined;
}

export function readKeptState(value: unknown): KeptState {
  return isObject(value) ? { panel: value.panel, page: value.page } : { panel: undefined, page: undefined };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
