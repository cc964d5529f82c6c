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
          `Volume ${volume.name ?? volume.index} has two sources: ${first?.key.value ?? ''} and ${other.key.value}. A volume has one; make two volumes of it.`,
          {
            fixes: removeFix(volume.node, other.key.value),
            related: first ? [{ at: first.key, message: 'The first source' }] : [],
          },
        );
      }
    }
  },
};
