import { t } from '../../base/l10n.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { mountsOf, volumesOf } from './volumeViews.ts';

/** Directories that images need, so that a volume over them hides what the program is made of. */
const vital = [
  '/',
  '/bin',
  '/sbin',
  '/usr',
  '/usr/bin',
  '/usr/local',
  '/usr/local/bin',
  '/usr/lib',
  '/lib',
  '/lib64',
  '/etc',
  '/dev',
  '/proc',
  '/sys',
];

/** A mount inside of another mount, or over a directory that the image needs. */
export const nestedMount: Rule = {
  code: 'nested-mount',
  title: 'A mount hides a directory of the image, or lies inside of another mount',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    // Agents show themselves the node's own /dev or /sys at the same place, and mean it.
    const ofNode = new Set(
      volumesOf(pod)
        .filter((volume) => volume.sources[0]?.key.value === 'hostPath')
        .map((volume) => volume.name),
    );
    for (const container of pod.containers) {
      const mounts = mountsOf(container);
      for (const mount of mounts) {
        if (mount.path?.startsWith('/') !== true) continue;
        const path = trimmed(mount.path);
        const isFile = mount.node.has('subPath') || mount.node.has('subPathExpr');
        if (vital.includes(path) && !isFile && !ofNode.has(mount.volume)) {
          report(
            placeOf(mount.node, 'mountPath'),
            t(
              'A volume at {0} hides everything that the image has there: the program may not start. Mount it deeper, or a single file with subPath.',
              path,
            ),
          );
        }
        const outer = mounts.find(
          (other) =>
            other !== mount &&
            other.path !== undefined &&
            other.volume === mount.volume &&
            path.startsWith(`${trimmed(other.path)}/`) &&
            !isFile,
        );
        if (outer) {
          report(
            placeOf(mount.node, 'mountPath'),
            t(
              '{0} lies inside of {1}, and both show volume {2}: the inner one hides part of the outer one.',
              path,
              outer.path ?? '',
              mount.volume ?? '',
            ),
            {
              severity: 'hint',
              related: [{ at: placeOf(outer.node, 'mountPath'), message: t('The outer mount') }],
            },
          );
        }
      }
    }
  },
};

function trimmed(path: string): string {
  return path.replace(/\/+$/, '') || '/';
}
