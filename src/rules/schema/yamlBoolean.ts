import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { pathText } from '../fields.ts';
import type { Rule } from '../rule.ts';
import { isBooleanForText } from './wrongType.ts';

/** `yes`, `off`, `n`, `true` without quotes where text belongs: YAML 1.1 reads a boolean, the server refuses it. */
export const yamlBoolean: Rule = {
  code: 'yaml-boolean',
  title: 'A boolean in the place of text, often yes, no, on, off, y or n',
  severity: 'error',
  check(context) {
    for (const issue of context.fieldIssues()) {
      if (issue.is !== 'type' || !isBooleanForText(issue.node, issue.expected)) continue;
      const { node, path } = issue;
      if (node.type !== 'scalar') continue;
      const values = [pathText(path), node.text, String(node.value)] as const;
      context.report(
        node,
        /^(?:true|false)$/i.test(node.text)
          ? t('{0} takes text, but {1} without quotes is the boolean {2}. Quote it.', ...values)
          : t(
              '{0} takes text, but {1} without quotes is the boolean {2} (the server reads YAML 1.1). Quote it.',
              ...values,
            ),
        {
          fixes: [replaceFix(t('Quote: "{0}"', node.text), node, `"${node.text}"`, true)],
        },
      );
    }
  },
};
