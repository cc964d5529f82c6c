import { t } from '../../base/l10n.ts';
import { kindsByName } from '../../manifest/schema/kinds.ts';
import { insertFix, replaceFix } from '../edits.ts';
import { firstOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { sentences } from '../sentences.ts';

/** An object that has a kind but does not say its apiVersion. */
export const missingApiVersion: Rule = {
  code: 'missing-api-version',
  title: 'apiVersion is missing',
  severity: 'error',
  check({ object, text, report }) {
    if (object.apiVersion !== '') return;
    const { root } = object;
    const apiVersion = kindsByName.get(object.kind.toLowerCase())?.apiVersions[0];
    const line = `apiVersion: ${apiVersion ?? ''}`;
    const entry = root.entry('apiVersion');
    const misspelled = root.entries.find(
      (other) => /^api_?version$/i.test(other.key.value) && other !== entry,
    );
    if (misspelled) {
      report(misspelled.key, t('"{0}" must be written apiVersion.', misspelled.key.value), {
        fixes: [replaceFix(t('Rename to apiVersion'), misspelled.key, 'apiVersion', true)],
      });
      return;
    }
    const way = apiVersion === undefined ? t('Add apiVersion.') : t('A {0} has "{1}".', object.kind, line);
    report(entry?.key ?? root.entry('kind') ?? firstOf(root), sentences(t('apiVersion is missing.'), way), {
      fixes:
        apiVersion === undefined
          ? []
          : entry
            ? [
                replaceFix(
                  t('Write {0}', line),
                  { start: entry.start, end: Math.max(entry.value.end, entry.key.end + 1) },
                  line,
                  true,
                ),
              ]
            : insertFix({ title: t('Add {0}', line), preferred: true }, root, line, text),
    });
  },
};
