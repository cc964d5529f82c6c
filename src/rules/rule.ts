import type { ManifestObject } from '../manifest/object.ts';
import type { Range, Span } from '../manifest/position.ts';
import type { Schema } from '../manifest/schema/schema.ts';
import type { FieldIssue } from './fields.ts';
import type { Severity } from './finding.ts';
import type { Neighbours } from './neighbours.ts';
import type { ClusterTraits } from './options.ts';
import type { PodView } from './podView.ts';

/** An edit of the object's document; spans are relative to the document, like those of nodes. */
export interface Edit extends Span {
  readonly newText: string;
}

/** A way out, before its places are translated to lines. */
export interface FixDraft {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly preferred?: boolean;
}

/** Another place of the same file, or what is known of another object. */
export interface RelatedDraft {
  readonly at: Span | { readonly file: string; readonly range: Range };
  readonly message: string;
}

export interface ReportExtras {
  /** Instead of the rule's severity. */
  readonly severity?: Severity;
  readonly fixes?: readonly FixDraft[];
  readonly related?: readonly RelatedDraft[];
}

/** What a rule gets to see: one object and its surroundings. */
export interface RuleContext {
  readonly object: ManifestObject;
  /** The text of the object's document: spans of nodes are offsets into it. */
  readonly text: string;
  /** The pod that the object is or makes; undefined when it makes none, or says nothing of it. */
  readonly pod: PodView | undefined;
  readonly neighbours: Neighbours;
  readonly cluster: ClusterTraits;
  /** The types of the object's kind and of what is in it; the first that knows a kind wins. */
  readonly schemas: readonly Schema[];
  /** Where the object does not fit its type; found out once, when first asked. */
  readonly fieldIssues: () => readonly FieldIssue[];
  /** Says something of a place; the smallest that shows what is meant. */
  readonly report: (at: Span, message: string, extras?: ReportExtras) => void;
}

/** One thing that can be wrong with a manifest. Its page is docs/rules/CODE.md. */
export interface Rule {
  /** Kebab-case, and never changed again: people switch rules off by it. */
  readonly code: string;
  /** What the rule finds, in a line. */
  readonly title: string;
  /** `error` exactly where the API server refuses the object. */
  readonly severity: Severity;
  /** The kinds it looks at; missing = every kind. `pods` = Pod and every kind with a template of pods. */
  readonly kinds?: readonly string[] | 'pods';
  /** A matter of taste: off unless it is switched on. */
  readonly opinion?: true;
  check(context: RuleContext): void;
}
