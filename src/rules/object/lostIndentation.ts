import { t } from '../../base/l10n.ts';
import type { ManifestObject } from '../../manifest/object.ts';
import { typeOfObject } from '../fields.ts';
import { isSet } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** A manifest copied from a web page that lost its indentation: everything stands at the margin. */
export const lostIndentation: Rule = {
  code: 'lost-indentation',
  title: 'The indentation is lost: nested fields stand at the margin',
  severity: 'error',
  check(context) {
    const stray = strayKeys(context.object, context);
    const [first] = stray;
    if (first === undefined) return;
    const names = stray.slice(0, 4).map((entry) => entry.key.value);
    context.report(
      first.key,
      t(
        'The indentation is lost: {0} stand at the margin, but metadata and spec above them are empty. Indent what belongs to them by two blanks.',
        names.join(', ') + (stray.length > names.length ? ' …' : ''),
      ),
    );
  },
};

/** Whether the object is flat in this way; nothing else is said about such an object. */
export function isFlattened(object: ManifestObject, context: Pick<RuleContext, 'schemas'>): boolean {
  return strayKeys(object, context).length > 0;
}

function strayKeys(
  object: ManifestObject,
  context: Pick<RuleContext, 'schemas'>,
): ManifestObject['root']['entries'] {
  const { root } = object;
  const empty = ['metadata', 'spec'].filter((key) => root.has(key) && !isSet(root.get(key)));
  if (empty.length === 0) return [];
  const type = typeOfObject(object, context.schemas)?.type;
  if (type === undefined) return [];
  return root.entries.filter((entry) => !type.fields.has(entry.key.value));
}
