import type { Range } from '../manifest/position.ts';

/**
 * `error`: the API server refuses the object. `warning`: it is accepted, but broken, ignored or surprising.
 * `hint`: an opinion, or a remark that needs no action.
 */
export type Severity = 'error' | 'warning' | 'hint';

/** Replaces `range` of the finding's own file by `newText`. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A way out, as minimal edits that do not overlap. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one fix that is safe to apply unasked (`podnet fix`, "fix all"). */
  readonly preferred?: boolean;
}

/** Another place that has to do with the finding. `file` is missing for the finding's own file. */
export interface RelatedPlace {
  readonly file?: string;
  readonly range: Range;
  readonly message: string;
}

/** One thing to say about one range of one file. */
export interface Finding {
  readonly file: string;
  readonly range: Range;
  readonly severity: Severity;
  /** The rule's code; its page is docs/rules/CODE.md. */
  readonly code: string;
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related: readonly RelatedPlace[];
}
