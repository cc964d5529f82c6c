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

/** What an object is checked with. */
export interface CheckInput {
  /** The text of the object's document. */
  readonly text: string;
  readonly neighbours: Neighbours;
  readonly active: readonly Rule[];
  readonly options: LintOptions;
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

/** Runs the rules over one object. Only those that look at other objects run again while its text stays. */
export function checkObject(object: ManifestObject, input: CheckInput): readonly Draft[] {
  const { options, active } = input;
  const settings = JSON.stringify([options.cluster, active.length, options.rules]);
  const known = object.recall(memo);
  if (known?.settings === settings && known.schema === options.schema) {
    return [...known.drafts, ...run(object, known.looking, input).drafts];
  }
  const { drafts, looking } = run(object, active, input);
  const lasting = drafts.filter((draft) => !looking.includes(draft.rule));
  object.remember(memo, { settings, schema: options.schema, drafts: lasting, looking });
  return drafts;
}

function run(
  object: ManifestObject,
  rules: readonly Rule[],
  { text, neighbours, options }: CheckInput,
): { readonly drafts: readonly Draft[]; readonly looking: readonly Rule[] } {
  const drafts: Draft[] = [];
  const looking = new Set<Rule>();
  const pod = podView(object);
  const schemas = options.schema ? [options.schema, builtIn] : [builtIn];
  let issues: readonly FieldIssue[] | undefined;
  const shared = {
    object,
    text,
    pod,
    cluster: options.cluster ?? {},
    schemas,
    fieldIssues: () => (issues ??= fieldIssues(object, schemas)),
  };
  const flattened = isFlattened(object, shared);
  for (const rule of rules) {
    if (flattened && rule !== lostIndentation) continue;
    if (rule.kinds === 'pods' ? pod === undefined : rule.kinds?.includes(object.kind) === false) continue;
    const context: RuleContext = {
      ...shared,
      get neighbours() {
        looking.add(rule);
        return neighbours;
      },
      report: (at, message, extras = {}) => drafts.push({ rule, at, message, extras }),
    };
    rule.check(context);
  }
  return { drafts, looking: [...looking] };
}
