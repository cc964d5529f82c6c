import type { Span } from './position.ts';

/** Something wrong with the text itself, found while reading it. `span` is relative to the document's start. */
export interface Problem {
  readonly code:
    | 'yaml-syntax'
    | 'duplicate-key'
    | 'lesson-arrow'
    | 'lost-line-breaks'
    | 'yaml-too-deep'
    | 'yaml-too-large'
    | 'yaml-boolean-key';
  readonly message: string;
  readonly span: Span;
  readonly severity: 'error' | 'warning' | 'hint';
  /** Replaces `span` of the text, which cures the problem. */
  readonly fix?: { readonly title: string; readonly edits: readonly (Span & { readonly newText: string })[] };
  /** Another place that belongs to it, such as the first of two equal keys. */
  readonly related?: Span & { readonly message: string };
}
