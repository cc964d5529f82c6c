import { t } from '../../base/l10n.ts';
import { isServed, kindsByName } from '../../manifest/schema/kinds.ts';
import { removeFix } from '../edits.ts';
import { filledText, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A namespace on a kind that has none: the server drops it. */
export const namespaceIgnored: Rule = {
  code: 'namespace-ignored',
  title: 'A namespace on a kind that has none',
  severity: 'warning',
  check({ object, report }) {
    const metadata = mapOf(object.at(['metadata']));
    if (metadata === undefined || filledText(metadata.get('namespace')) === undefined) return;
    if (
      !isServed(object.apiVersion, object.kind) ||
      kindsByName.get(object.kind.toLowerCase())?.namespaced !== false
    )
      return;
    report(
      placeOf(metadata, 'namespace'),
      t('A {0} belongs to the whole cluster: its namespace is ignored.', object.kind),
      {
        fixes: removeFix(metadata, 'namespace', true),
      },
    );
  },
};
