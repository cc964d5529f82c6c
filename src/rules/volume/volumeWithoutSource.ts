import { t } from '../../base/l10n.ts';
import { insertFix, replaceFix } from '../edits.ts';
import { firstOf } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { volumesOf, volumeSources } from './volumeViews.ts';

/** A volume without a source: the server makes an emptyDir of it, whatever was meant. */
export const volumeWithoutSource: Rule = {
  code: 'volume-without-source',
  title: 'A volume without a source becomes an emptyDir',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, text, report }) {
    if (pod === undefined) return;
    for (const volume of volumesOf(pod)) {
      if (volume.sources.length > 0) continue;
      const empty = volume.node.entries.find((entry) => volumeSources.has(entry.key.value));
      // Another field than a source is unknown, and said to be.
      if (empty === undefined && volume.node.entries.some((entry) => entry.key.value !== 'name')) continue;
      const at = empty?.key ?? volume.node.entry('name')?.value ?? firstOf(volume.node);
      let fixes: readonly FixDraft[] = [];
      if (empty?.key.value === 'emptyDir')
        fixes = [
          replaceFix(
            t('Write emptyDir: {}'),
            { start: empty.start, end: Math.max(empty.value.end, empty.key.end + 1) },
            'emptyDir: {}',
            true,
          ),
        ];
      else if (empty === undefined)
        fixes = insertFix(t('Add emptyDir: {}'), volume.node, 'emptyDir: {}', text, 'name');
      const name = volume.name ?? volume.index;
      report(
        at,
        empty === undefined
          ? t(
              'Volume {0} has no source: the server takes an emptyDir. Write "emptyDir: {}" if that is meant.',
              name,
            )
          : t(
              'Volume {0} has nothing behind "{1}:": the server takes an emptyDir. Write "emptyDir: {}" if that is meant.',
              name,
              empty.key.value,
            ),
        { fixes },
      );
    }
  },
};
