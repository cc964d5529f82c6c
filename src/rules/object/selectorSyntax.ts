import { t } from '../../base/l10n.ts';
import { MapNode, type Node } from '../../manifest/node.ts';
import type { ObjectType, Schema, Type } from '../../manifest/schema/schema.ts';
import { removeFix, replaceFix } from '../edits.ts';
import { typeOfObject } from '../fields.ts';
import { labelValueProblem, qualifiedNameProblem } from '../formats.ts';
import { nearest } from '../nearest.ts';
import {
  entriesOf,
  filledText,
  isFilled,
  itemsOf,
  keyPlace,
  mapOf,
  mapsOf,
  placeOf,
  textOf,
} from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** Label selectors anywhere in an object: labels, operators and values that the server does not take. */
export const selectorSyntax: Rule = {
  code: 'selector-syntax',
  title: 'A selector that the server cannot read',
  severity: 'error',
  check(context) {
    const known = typeOfObject(context.object, context.schemas);
    if (known) visit(context.object.root, known.type, known.schema, context);
    if (context.object.kind === 'Service') labels(mapOf(context.object.at(['spec', 'selector'])), context);
  },
};

function visit(map: MapNode, type: ObjectType, schema: Schema, context: RuleContext): void {
  if (type.name === 'meta.v1.LabelSelector') {
    checkSelector(map, context);
    return;
  }
  for (const entry of map.entries) {
    const field = type.fields.get(entry.key.value);
    if (field && field.name !== 'status') descend(entry.value, field.type, schema, context);
  }
}

function descend(node: Node, type: Type, schema: Schema, context: RuleContext): void {
  if (type.is === 'list') for (const item of itemsOf(node)) descend(item, type.of, schema, context);
  if (type.is !== 'object' || !(node instanceof MapNode)) return;
  const inner = schema.type(type.name);
  if (inner) visit(node, inner, schema, context);
}

function checkSelector(selector: MapNode, context: RuleContext): void {
  labels(mapOf(selector.get('matchLabels')), context);
  for (const expression of mapsOf(selector.get('matchExpressions'))) checkExpression(expression, context);
}

function labels(map: MapNode | undefined, { report }: RuleContext): void {
  for (const entry of entriesOf(map)) {
    const keyProblem = qualifiedNameProblem(entry.key.value);
    if (keyProblem !== undefined)
      report(entry.key, t('The label\'s name "{0}" {1}.', entry.key.value, keyProblem));
    const value = textOf(entry.value);
    const problem = value === undefined ? undefined : labelValueProblem(value);
    if (problem !== undefined)
      report(entry.value, t('The label\'s value "{0}" {1}: no pod can have it.', value ?? '', problem));
  }
}

function checkExpression(expression: MapNode, { report }: RuleContext): void {
  const key = textOf(expression.get('key')) ?? '';
  const keyProblem = qualifiedNameProblem(key);
  if (keyProblem !== undefined && (key !== '' || !isFilled(expression.get('key')))) {
    report(
      placeOf(expression, 'key'),
      key === ''
        ? t('The expression has no key: add the name of a label.')
        : t('The label\'s name "{0}" {1}.', key, keyProblem),
    );
  }
  const operator = textOf(expression.get('operator'));
  const values = itemsOf(expression.get('values'));
  if (operator === undefined || !operators.includes(operator)) {
    // A wrong operator that is a text has the rule unknown-value; a missing one is said here.
    if (filledText(expression.get('operator')) === undefined) {
      const meant = nearest(operator ?? '', operators);
      report(
        placeOf(expression, 'operator'),
        t('The expression has no operator: In, NotIn, Exists or DoesNotExist.'),
        {
          fixes:
            meant === undefined
              ? []
              : [replaceFix(t('Write {0}', meant), placeOf(expression, 'operator'), meant)],
        },
      );
    }
    return;
  }
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      report(
        keyPlace(expression, expression.has('values') ? 'values' : 'operator'),
        t('The operator {0} needs at least one value.', operator),
      );
  } else if (values.length > 0) {
    report(keyPlace(expression, 'values'), t('The operator {0} takes no values.', operator), {
      fixes: removeFix(expression, 'values', true),
    });
  }
  for (const value of values) {
    const text = textOf(value);
    const problem = text === undefined ? undefined : labelValueProblem(text);
    if (problem !== undefined)
      report(value, t('The label\'s value "{0}" {1}: no pod can have it.', text ?? '', problem));
  }
}
