import { t } from '../../base/l10n.ts';
import { removeItem } from '../edits.ts';
import { itemsOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { mountsOf, volumesOf } from './volumeViews.ts';

/** A volume that no container mounts. */
export const unusedVolume: Rule = {
  code: 'unused-volume',
  title: 'A volume that no container mounts',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, text, report }) {
    if (pod === undefined) return;
    const used = new Set<string | undefined>(pod.containers.flatMap(mountsOf).map((mount) => mount.volume));
    for (const container of pod.containers) {
      for (const device of mapsOf(container.node.get('volumeDevices'))) used.add(textOf(device.get('name')));
      for (const name of fileSources(container.node.get('env'))) used.add(name);
    }
    const items = itemsOf(pod.spec.get('volumes'));
    for (const { node, name } of volumesOf(pod)) {
      if (name === undefined || used.has(name)) continue;
      const edit = removeItem(items, items.indexOf(node), text);
      report(
        placeOf(node, 'name'),
        t('No container mounts volume "{0}". Mount it with volumeMounts, or remove it.', name),
        {
          fixes: edit ? [{ title: t('Remove volume {0}', name), edits: [edit] }] : [],
        },
      );
    }
  },
};

/** Volumes that variables are read from (fileKeyRef) need not be mounted. */
function fileSources(env: Parameters<typeof mapsOf>[0]): readonly string[] {
  return mapsOf(env).flatMap((variable) => {
    const from = variable.get('valueFrom');
    const file = from?.type === 'map' ? from.get('fileKeyRef') : undefined;
    return (file?.type === 'map' ? textOf(file.get('volumeName')) : undefined) ?? [];
  });
}
