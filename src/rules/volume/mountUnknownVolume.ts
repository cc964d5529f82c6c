import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { insert, indentOf, replaceFix } from '../edits.ts';
import { nearest } from '../nearest.ts';
import { firstOf, isSet, mapsOf, placeOf } from '../read.ts';
import type { FixDraft, Rule, RuleContext } from '../rule.ts';
import { mountableNames, mountsOf, volumesOf } from './volumeViews.ts';

/** A mount of a volume that the pod does not have. */
export const mountUnknownVolume: Rule = {
  code: 'mount-unknown-volume',
  title: 'A mount of a volume that the pod does not have',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    const { pod, object, report } = context;
    if (pod === undefined) return;
    const names = mountableNames(pod, object);
    for (const { node, container, volume } of pod.containers.flatMap(mountsOf)) {
      if (volume === undefined) {
        const written = node.get('name');
        const empty = !isSet(written) || (written.type === 'scalar' && written.value === '');
        if (empty)
          report(
            node.entry('name')?.key ?? firstOf(node),
            t('This mount of container {0} does not name a volume. Add "name:".', container.title),
          );
        continue;
      }
      if (names.has(volume)) continue;
      const at = placeOf(node, 'name');
      const meant = nearest(volume, names) ?? (names.size === 1 ? [...names][0] : undefined);
      const known =
        names.size === 0 ? t('The pod has no volumes.') : t('The pod has {0}.', [...names].join(', '));
      const fixes: FixDraft[] =
        meant === undefined
          ? []
          : [replaceFix(t('Mount {0}', meant), at, meant, nearest(volume, names) !== undefined)];
      report(
        at,
        t(
          'Container {0} mounts volume "{1}", which the pod does not have. {2}',
          container.title,
          volume,
          known,
        ),
        {
          fixes: [...fixes, ...addVolume(pod.spec, volume, context)],
        },
      );
    }
  },
};

/** Adds an emptyDir of that name to the pod's volumes. */
function addVolume(spec: MapNode, volume: string, { text, pod }: RuleContext): readonly FixDraft[] {
  const title = t('Add an emptyDir volume "{0}"', volume);
  const first = pod ? volumesOf(pod)[0] : undefined;
  const list = spec.get('volumes');
  if (first && list?.type === 'list' && !list.flow && !first.node.flow) {
    const indent = indentOf(first.node, text);
    const dash = indent.slice(0, -2);
    return [
      {
        title,
        edits: [
          {
            start: first.node.start,
            end: first.node.start,
            newText: `name: ${volume}\n${indent}emptyDir: {}\n${dash}- `,
          },
        ],
      },
    ];
  }
  if (isSet(list) || mapsOf(list).length > 0 || spec.has('volumes')) return [];
  const edit = insert(spec, `volumes:\n  - name: ${volume}\n    emptyDir: {}`, text);
  return edit ? [{ title, edits: [edit] }] : [];
}
