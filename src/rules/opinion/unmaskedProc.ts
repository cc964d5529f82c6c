import { t } from '../../base/l10n.ts';
import { filledText, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A container that sees all of /proc. */
export const unmaskedProc: Rule = {
  code: 'unmasked-proc',
  title: 'A container that sees all of /proc',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ pod, report }) {
    for (const container of pod?.containers ?? []) {
      const settings = mapOf(container.node.get('securityContext'));
      if (settings && filledText(settings.get('procMount')) === 'Unmasked')
        report(
          placeOf(settings, 'procMount'),
          t('Container {0} sees the parts of /proc that are hidden for safety.', container.title),
        );
    }
  },
};
