import { Memo, type ManifestObject } from '../manifest/object.ts';
import type { Span } from '../manifest/position.ts';
import { builtInSchema, type Schema } from '../manifest/schema/schema.ts';
import { fieldIssues, type FieldIssue } from './fields.ts';
import type { Neighbours } from './neighbours.ts';
import { isFlattened, lostIndentation } from './object/lostIndentation.ts';
import type { LintOptions } from './options.ts';
import { podView } from './podView.ts';
import type { ReportExtras, Rule, RuleContext } from './rule.ts';

/** What a rule said of an object; places are relative to the object's document. */
export interface Draft {
  readonly rule: Rule;
  readonly at: Span;
  readonly message: string;
  readonly extras: ReportExtras;
}

/** What was said without a look at other objects, which stays true as long as the object's text stays. */
interface Remembered {
  readonly settings: string;
  readonly schema: Schema | undefined;
  readonly drafts: readonly Draft[];
  /** The rules that looked at other objects, and so must look again. */
  readonly looking: readonly Rule[];
}

const memo = new Memo<Remembered>('findings');
const builtIn: Schema = builtInSchema();

/** Checks objects by one set of rules and options. */
export class ObjectChecker {
  readonly #options: LintOptions;
  readonly #active: readonly Rule[];
  readonly #settings: string;
  readonly #schemas: readonly Schema[];
  /** The rules for each kind, with and without pods. */
  readonly #byKind = new Map<string, readonly Rule[]>();

  /** @param active the rules that are on */
  constructor(active: readonly Rule[], options: LintOptions) {
    this.#active = active;
    this.#options = options;
    this.#settings = JSON.stringify([options.cluster, options.rules]);
    this.#schemas = options.schema ? [options.schema, builtIn] : [builtIn];
  }

  /**
   * Runs the rules over one object. Only those that look at other objects run again while its text stays.
   * @param text of the object's document
   */
  check(object: ManifestObject, text: string, neighbours: Neighbours): readonly Draft[] {
    const known = object.recall(memo);
    if (known?.settings === this.#settings && known.schema === this.#options.schema) {
      if (known.looking.length === 0) return known.drafts;
      return [...known.drafts, ...this.#run(object, known.looking, text, neighbours).drafts];
    }
    const pod = podView(object);
    const rules = this.#rulesFor(object.kind, pod !== undefined);
    const { drafts, looking } = this.#run(object, rules, text, neighbours, pod);
    const lasting = drafts.filter((draft) => !looking.includes(draft.rule));
    object.remember(memo, {
      settings: this.#settings,
      schema: this.#options.schema,
      drafts: lasting,
      looking,
    });
    return drafts;
  }

  #rulesFor(kind: string, hasPod: boolean): readonly Rule[] {
    const key = `${kind} ${hasPod}`;
    const known = this.#byKind.get(key);
    if (known) return known;
    const found = this.#active.filter(({ kinds }) =>
      kinds === 'pods' ? hasPod : kinds?.includes(kind) !== false,
    );
    this.#byKind.set(key, found);
    return found;
  }

  #run(
    object: ManifestObject,
    rules: readonly Rule[],
    text: string,
    neighbours: Neighbours,
    pod = podView(object),
  ): { readonly drafts: readonly Draft[]; readonly looking: readonly Rule[] } {
    const drafts: Draft[] = [];
    const looking = new Set<Rule>();
    const schemas = this.#schemas;
    let issues: readonly FieldIssue[] | undefined;
    // One context serves all rules, one after the other; it knows whose turn it is.
    let current: Rule = lostIndentation;
    const context: RuleContext = {
      object,
      text,
      pod,
      cluster: this.#options.cluster ?? {},
      schemas,
      fieldIssues: () => (issues ??= fieldIssues(object, schemas)),
      get neighbours() {
        looking.add(current);
        return neighbours;
      },
      report: (at, message, extras = {}) => drafts.push({ rule: current, at, message, extras }),
    };
    const flattened = isFlattened(object, context);
    for (const rule of rules) {
      if (flattened && rule !== lostIndentation) continue;
      current = rule;
      rule.check(context);
    }
    return { drafts, looking: [...looking] };
  }
}
