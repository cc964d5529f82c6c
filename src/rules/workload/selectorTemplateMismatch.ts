import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { toJson } from '../../manifest/node.ts';
import { labelsMatch, readLabelSelector } from '../../model/labelSelector.ts';
import { insertFix, replaceFix, scalarText } from '../edits.ts';
import { entriesOf, isFilled, isSet, keyPlace, mapOf, textOf, textsOf } from '../read.ts';
import type { FixDraft, Rule, RuleContext } from '../rule.ts';

/** The selector of a workload: required, not empty, and it matches the labels of its own template. */
export const selectorTemplateMismatch: Rule = {
  code: 'selector-template-mismatch',
  title: 'The selector of a workload is missing, or does not match its template',
  severity: 'error',
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController'],
  check(context) {
    const { object, report } = context;
    const spec = mapOf(object.at(['spec']));
    if (spec === undefined) {
      if (!isSet(object.at(['spec'])))
        report(
          object.entryAt(['spec'])?.key ?? object.entryAt(['kind']) ?? object.root,
          t('The {0} has no spec: add its selector and its template.', object.kind),
        );
      return;
    }
    if (object.kind === 'ReplicationController') checkController(spec, context);
    else checkSelector(spec, context);
  },
};

function templateLabels(spec: MapNode): MapNode | undefined {
  return mapOf(mapOf(mapOf(spec.get('template'))?.get('metadata'))?.get('labels'));
}

function checkSelector(spec: MapNode, context: RuleContext): void {
  const { object, text, report } = context;
  const node = spec.get('selector');
  const selector = mapOf(node);
  const labels = templateLabels(spec);
  if (!isSet(node)) {
    const pairs = [...textsOf(labels)].map(([key, value]) => `    ${scalarText(key)}: ${scalarText(value)}`);
    const fixes =
      pairs.length === 0 || spec.has('selector')
        ? []
        : insertFix(
            { title: t("Add a selector of the template's labels"), preferred: true },
            spec,
            `selector:\n  matchLabels:\n${pairs.join('\n')}`,
            text,
          );
    report(
      keyPlace(spec, 'selector'),
      t('A {0} needs a selector that matches the labels of its template.', object.kind),
      { fixes },
    );
    return;
  }
  if (selector === undefined) return;
  if (!isFilled(selector.get('matchLabels')) && !isFilled(selector.get('matchExpressions'))) {
    const stray = selector.entries.some(
      ({ key }) => !['matchLabels', 'matchExpressions'].includes(key.value),
    );
    if (!stray)
      report(
        keyPlace(spec, 'selector'),
        t(
          "The selector of a {0} may not be empty: it would match every pod. Write the template's labels under matchLabels.",
          object.kind,
        ),
      );
    return;
  }
  if (!isReadable(selector)) return;
  const parsed = readLabelSelector(toJson(selector));
  if (parsed === undefined || labelsMatch(parsed, Object.fromEntries(textsOf(labels)))) return;
  mismatch(mapOf(selector.get('matchLabels')), spec, context);
}

/** Whether all of the selector is of the right types; what is not has rules of its own. */
function isReadable(selector: MapNode): boolean {
  const labels = entriesOf(selector.get('matchLabels'));
  const expressions = selector.get('matchExpressions');
  return (
    labels.every((entry) => textOf(entry.value) !== undefined) &&
    (!isSet(expressions) || expressions.type === 'list')
  );
}

function checkController(spec: MapNode, context: RuleContext): void {
  const selector = mapOf(spec.get('selector'));
  // Without a selector the server takes the template's labels.
  if (selector === undefined || selector.entries.length === 0) return;
  const labels = textsOf(templateLabels(spec));
  const wrong = selector.entries.some(
    (entry) => textOf(entry.value) !== undefined && labels.get(entry.key.value) !== textOf(entry.value),
  );
  if (wrong) mismatch(selector, spec, context);
}

function mismatch(selector: MapNode | undefined, spec: MapNode, { object, text, report }: RuleContext): void {
  const labels = templateLabels(spec);
  const have = textsOf(labels);
  const wrong = entriesOf(selector).filter((entry) => have.get(entry.key.value) !== textOf(entry.value));
  const shown =
    have.size === 0 ? t('no labels') : [...have].map(([key, value]) => `${key}=${value}`).join(', ');
  const at = wrong[0]?.value ?? keyPlace(spec, 'selector');
  const fixes: FixDraft[] = [];
  for (const entry of wrong) {
    const key = entry.key.value;
    const wanted = textOf(entry.value) ?? '';
    const label = labels?.entry(key);
    if (label) {
      fixes.push(
        replaceFix(
          t('Give the template {0}: {1}', key, wanted),
          label.value,
          scalarText(wanted),
          wrong.length === 1,
        ),
      );
      const value = textOf(label.value);
      if (value !== undefined)
        fixes.push(replaceFix(t('Select {0}: {1}', key, value), entry.value, scalarText(value)));
    } else if (labels && labels.entries.length > 0) {
      fixes.push(
        ...insertFix(
          { title: t('Give the template {0}: {1}', key, wanted), preferred: wrong.length === 1 },
          labels,
          `${scalarText(key)}: ${scalarText(wanted)}`,
          text,
        ),
      );
    }
  }
  report(
    at,
    t(
      'The selector does not match the template: its pods have {0}. The {1} would not find its own pods, so the server refuses it.',
      shown,
      object.kind,
    ),
    {
      fixes,
      related: labels ? [{ at: labels, message: t("The template's labels") }] : [],
    },
  );
}
