import { t } from '../../base/l10n.ts';
import type { ObjectFacts } from '../../manifest/facts.ts';
import type { Labels } from '../../model/objects.ts';
import { isPassingLabel } from '../../model/passingLabels.ts';
import { replaceFix, scalarText } from '../edits.ts';
import { entriesOf, mapOf, textOf, textsOf } from '../read.ts';
import type { FixDraft, RelatedDraft, Rule, RuleContext } from '../rule.ts';
import { sentences } from '../sentences.ts';
import { listed, selectedPods } from './selectedPods.ts';
import { serviceView } from './serviceView.ts';

/**
 * A Service whose selector matches no known pod. Said as a warning only when everything is known, or when a
 * workload comes so near that one of the two is misspelled; else, when there are pods at all, as a hint.
 */
export const selectorMatchesNothing: Rule = {
  code: 'selector-matches-nothing',
  title: 'The selector of the Service matches no pod',
  severity: 'warning',
  kinds: ['Service'],
  check(context) {
    const { object, neighbours, report } = context;
    const service = serviceView(object);
    if (service === undefined || service.type === 'ExternalName') return;
    const selector = Object.fromEntries(textsOf(service.spec.get('selector')));
    const written = mapOf(service.spec.get('selector'));
    const key = service.spec.entry('selector')?.key;
    const keys = Object.keys(selector);
    // Values of other types are said to be wrong; without a selector a Service gets its endpoints from elsewhere.
    if (key === undefined || keys.length === 0 || keys.length !== written?.entries.length) return;
    if (selectedPods(context).length > 0) return;
    if (keys.some(isPassingLabel) || hasOwnEndpoints(context)) return;
    const candidates = neighbours.withPods();
    const nearby = closest(selector, candidates);
    const complete = neighbours.isComplete('Pod');
    if (!complete && candidates.length === 0) return;
    const sure = complete || nearby !== undefined;
    const text = Object.entries(selector)
      .map(([key, value]) => `${key}=${value}`)
      .join(', ');
    const message = complete
      ? t('The selector {0} matches no pod: the Service has no endpoints.', text)
      : t(
          'The selector {0} matches none of the pods known here ({1}): the Service has no endpoints.',
          text,
          listed(candidates),
        );
    const near =
      nearby &&
      t('{0} comes near: its pods have {1}.', `${nearby.facts.kind} ${nearby.facts.name}`, nearby.difference);
    report(nearby?.place(written) ?? key, sentences(message, near), {
      severity: sure ? 'warning' : 'hint',
      fixes: nearby ? nearby.fixes(written) : [],
      related: related(nearby?.facts),
    });
  },
};

/** Endpoints of its own name make a Service work without pods of its selector's. */
function hasOwnEndpoints({ object, neighbours }: RuleContext): boolean {
  const isOwn = (facts: ObjectFacts): boolean =>
    facts.name === object.name || facts.labels['kubernetes.io/service-name'] === object.name;
  return [...neighbours.ofKind('Endpoints'), ...neighbours.ofKind('EndpointSlice')].some(isOwn);
}

interface Nearby {
  readonly facts: ObjectFacts;
  readonly difference: string;
  place(selector: NonNullable<ReturnType<typeof mapOf>>): { start: number; end: number } | undefined;
  fixes(selector: NonNullable<ReturnType<typeof mapOf>>): readonly FixDraft[];
}

interface Difference {
  readonly facts: ObjectFacts;
  /** The selector's key that fails. */
  readonly key: string;
  /** What the pods have instead. */
  readonly value: string;
  /** The pods' key with the wanted value, when the key is what differs. */
  readonly newKey: string | undefined;
}

function difference(selector: Labels, facts: ObjectFacts): Difference | undefined {
  const labels = facts.pods?.labels ?? {};
  const wrong = Object.keys(selector).filter((key) => labels[key] !== selector[key]);
  const key = wrong[0];
  if (wrong.length !== 1 || key === undefined) return undefined;
  const value = labels[key];
  if (value !== undefined) return { facts, key, value, newKey: undefined };
  const newKey = Object.keys(labels).find((other) => labels[other] === selector[key] && !(other in selector));
  return newKey === undefined ? undefined : { facts, key, value: labels[newKey] ?? '', newKey };
}

/** The workload whose labels differ in one value or one key only. */
function closest(selector: Labels, candidates: readonly ObjectFacts[]): Nearby | undefined {
  let only: Difference | undefined;
  for (const facts of candidates) {
    const found = difference(selector, facts);
    if (found === undefined) continue;
    // Two that come near are none: a Service of one app beside the workloads of others.
    if (only !== undefined) return undefined;
    only = found;
  }
  if (only === undefined) return undefined;
  const { facts, key, value, newKey } = only;
  return {
    facts,
    difference: `${newKey ?? key}=${value}`,
    place: (map) => {
      const entry = entriesOf(map).find((each) => each.key.value === key);
      return newKey === undefined ? entry?.value : entry?.key;
    },
    fixes: (map) => {
      const entry = entriesOf(map).find((each) => each.key.value === key);
      if (entry === undefined || textOf(entry.value) === undefined) return [];
      return newKey === undefined
        ? [replaceFix(t('Select {0}: {1}', key, value), entry.value, scalarText(value), true)]
        : [replaceFix(t('Select {0}: {1}', newKey, value), entry.key, scalarText(newKey), true)];
    },
  };
}

function related(facts: ObjectFacts | undefined): readonly RelatedDraft[] {
  return facts?.place ? [{ at: facts.place, message: `${facts.kind} ${facts.name}` }] : [];
}
