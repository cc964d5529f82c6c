import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { pathText } from '../fields.ts';
import { nearestQuantity } from '../quantity.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { withGuess } from '../sentences.ts';

/** A quantity that the server cannot read, such as 1GB. */
export const badQuantity: Rule = {
  code: 'bad-quantity',
  title: 'A quantity that cannot be read',
  severity: 'error',
  check(context) {
    for (const issue of context.fieldIssues()) {
      if (issue.is !== 'quantity') continue;
      const meant = nearestQuantity(issue.node.text);
      const fixes: FixDraft[] =
        meant === undefined ? [] : [replaceFix(t('Write {0}', meant), issue.node, meant, true)];
      context.report(
        issue.node,
        withGuess(
          t(
            '{0}: "{1}" is not a quantity. Write a number with k, M, G, Ki, Mi, Gi … or m, such as 500m or 1Gi.',
            pathText(issue.path),
            issue.node.text,
          ),
          meant,
        ),
        { fixes },
      );
    }
  },
};
