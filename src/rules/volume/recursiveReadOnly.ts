import { t } from '../../base/l10n.ts';
import { insertFix, removeFix, replaceFix } from '../edits.ts';
import { booleanOf, filledText, keyPlace, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { mountsOf } from './volumeViews.ts';

/** recursiveReadOnly: only on read-only mounts without propagation. */
export const recursiveReadOnly: Rule = {
  code: 'recursive-read-only',
  title: 'recursiveReadOnly on a mount that is not read-only, or that propagates',
  severity: 'error',
  kinds: 'pods',
  check({ pod, text, report }) {
    for (const { node } of pod?.containers.flatMap(mountsOf) ?? []) {
      const mode = filledText(node.get('recursiveReadOnly'));
      if (mode !== 'Enabled' && mode !== 'IfPossible') continue;
      if (booleanOf(node.get('readOnly')) !== true) {
        const fixes = node.has('readOnly')
          ? [replaceFix(t('Write readOnly: true'), placeOf(node, 'readOnly'), 'true')]
          : insertFix(t('Add readOnly: true'), node, 'readOnly: true', text, 'mountPath');
        report(
          keyPlace(node, 'recursiveReadOnly'),
          t('recursiveReadOnly: {0} needs readOnly: true on the same mount.', mode),
          { fixes },
        );
      }
      const propagation = filledText(node.get('mountPropagation'));
      if (propagation !== undefined && propagation !== 'None') {
        report(
          keyPlace(node, 'mountPropagation'),
          t('A mount with recursiveReadOnly: {0} cannot propagate.', mode),
          { fixes: removeFix(node, 'mountPropagation') },
        );
      }
    }
  },
};
