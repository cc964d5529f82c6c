import { t } from '../../base/l10n.ts';
import type { Node } from '../../manifest/node.ts';
import { filledText, mapOf, mapsOf, placeOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Files of one volume that stand in each other's place; the server warns (warningsForOverlappingVirtualPaths). */
export const overlappingPaths: Rule = {
  code: 'overlapping-paths',
  title: 'Two files of a volume have the same path, or one lies within the other',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, report }) {
    for (const volume of mapsOf(pod?.spec.get('volumes'))) {
      for (const source of ['configMap', 'secret', 'downwardAPI'])
        check([mapOf(volume.get(source))?.get('items')], true, report);
      const lists = mapsOf(mapOf(volume.get('projected'))?.get('sources')).flatMap((source) =>
        ['configMap', 'secret', 'downwardAPI'].map((kind) => mapOf(source.get(kind))?.get('items')),
      );
      // The same path twice is an error there, which is said elsewhere.
      check(lists, false, report);
    }
  },
};

function check(lists: readonly (Node | undefined)[], same: boolean, report: RuleContext['report']): void {
  const seen: string[] = [];
  for (const item of lists.flatMap((list) => mapsOf(list))) {
    const path = filledText(item.get('path'))?.replace(/\/+$/, '');
    if (path === undefined) continue;
    const other = seen.find((known) =>
      known === path ? same : known.startsWith(`${path}/`) || path.startsWith(`${known}/`),
    );
    if (other !== undefined)
      report(
        placeOf(item, 'path'),
        t('The path "{0}" is in the place of "{1}" of the same volume.', path, other),
      );
    seen.push(path);
  }
}
