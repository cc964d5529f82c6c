import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { firstOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** An object that has an apiVersion but does not say its kind. */
export const missingKind: Rule = {
  code: 'missing-kind',
  title: 'kind is missing',
  severity: 'error',
  check({ object, report }) {
    if (object.kind !== '') return;
    const { root } = object;
    const misspelled = root.entries.find(
      (entry) => /^kind$/i.test(entry.key.value) && entry.key.value !== 'kind',
    );
    if (misspelled) {
      report(misspelled.key, t('"{0}" must be written kind.', misspelled.key.value), {
        fixes: [replaceFix(t('Rename to kind'), misspelled.key, 'kind', true)],
      });
      return;
    }
    const at = root.entry('kind')?.key ?? root.entry('apiVersion') ?? firstOf(root);
    report(
      at,
      t(
        'kind is missing: the server cannot know what this object is. Add "kind: Pod", "kind: Service" or the like.',
      ),
    );
  },
};
