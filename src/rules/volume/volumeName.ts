import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { asDnsLabel, dnsLabelProblem } from '../formats.ts';
import { firstOf, isSet, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { volumesOf } from './volumeViews.ts';

/** The name of a volume: a DNS label, once in its pod. */
export const volumeName: Rule = {
  code: 'volume-name',
  title: 'A volume name is missing, not allowed, or there twice',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    const first = new Map<string, { start: number; end: number }>();
    for (const { node, name } of volumesOf(pod)) {
      if (name === undefined) {
        const written = node.get('name');
        const empty = !isSet(written) || (written.type === 'scalar' && written.value === '');
        if (empty)
          report(
            node.entry('name')?.key ?? firstOf(node),
            t('This volume has no name. Add "name:", so that containers can mount it.'),
          );
        continue;
      }
      const at = placeOf(node, 'name');
      const problem = dnsLabelProblem(name);
      const better = asDnsLabel(name);
      if (problem !== undefined) {
        report(at, t('The volume name "{0}" {1}.', name, problem), {
          fixes: better === undefined ? [] : [replaceFix(t('Rename to {0}', better), at, better)],
        });
      }
      const before = first.get(name);
      if (before === undefined) first.set(name, at);
      else
        report(at, t('Two volumes of this pod are called "{0}".', name), {
          related: [{ at: before, message: t('The first "{0}"', name) }],
        });
    }
  },
};
