import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import type { Rule } from '../rule.ts';
import { volumesOf } from './volumeViews.ts';

/** A volume with two sources. */
export const volumeSource: Rule = {
  code: 'volume-source',
  title: 'A volume with more than one source',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    for (const volume of volumesOf(pod)) {
      const [first, ...others] = volume.sources;
      for (const other of others) {
        report(
          other.key,
          t(
            'Volume {0} has two sources: {1} and {2}. A volume has one; make two volumes of it.',
            volume.name ?? volume.index,
            first?.key.value ?? '',
            other.key.value,
          ),
          {
            fixes: removeFix(volume.node, other.key.value),
            related: first ? [{ at: first.key, message: t('The first source') }] : [],
          },
        );
      }
    }
  },
};
