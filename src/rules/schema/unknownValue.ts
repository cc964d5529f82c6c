import { t } from '../../base/l10n.ts';
import { replaceFix, scalarText } from '../edits.ts';
import { pathText } from '../fields.ts';
import { nearest, oneOf } from '../nearest.ts';
import type { FixDraft, Rule } from '../rule.ts';

/** What people write for another value, by the word in lower case. */
const mistaken: Readonly<Record<string, string>> = {
  http: 'TCP',
  https: 'TCP',
  headless: 'ClusterIP',
  loadbalanced: 'LoadBalancer',
  externalservice: 'ExternalName',
};

/** A value that is not among the ones the field takes. */
export const unknownValue: Rule = {
  code: 'unknown-value',
  title: 'A value that is not among the ones the field takes',
  severity: 'error',
  check(context) {
    for (const issue of context.fieldIssues()) {
      if (issue.is !== 'value') continue;
      const { node, values, path } = issue;
      const word = mistaken[node.text.toLowerCase()];
      const meant =
        nearest(node.text, values) ?? (word !== undefined && values.includes(word) ? word : undefined);
      const first: FixDraft[] =
        meant === undefined ? [] : [replaceFix(t('Write {0}', meant), node, scalarText(meant), true)];
      const others = values.length > 6 ? [] : values.filter((value) => value !== meant && value !== '');
      const text = node.text === '' ? t('an empty text') : `"${node.text}"`;
      context.report(node, t('{0} cannot be {1}: it takes {2}.', pathText(path), text, oneOf(values)), {
        fixes: [
          ...first,
          ...others.map((value) => replaceFix(t('Write {0}', value), node, scalarText(value))),
        ],
      });
    }
  },
};
