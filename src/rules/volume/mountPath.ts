import { t } from '../../base/l10n.ts';
import { firstOf, isSet, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { mountsOf } from './volumeViews.ts';

/** Where a volume is mounted: a path, once in its container. */
export const mountPath: Rule = {
  code: 'mount-path',
  title: 'A mountPath is missing, or there twice in a container',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const container of pod?.containers ?? []) {
      const first = new Map<string, { start: number; end: number }>();
      for (const { node, path, volume } of mountsOf(container)) {
        if (path === undefined) {
          const written = node.get('mountPath');
          const empty = !isSet(written) || (written.type === 'scalar' && written.value === '');
          if (empty) {
            report(
              node.entry('mountPath')?.key ?? node.entry('name')?.value ?? firstOf(node),
              t(
                'Container {0} does not say where volume {1} is mounted. Add "mountPath:".',
                container.title,
                volume ?? '',
              ),
            );
          }
          continue;
        }
        const at = placeOf(node, 'mountPath');
        const before = first.get(path);
        if (before === undefined) first.set(path, at);
        else
          report(at, t('Container {0} mounts two volumes at {1}.', container.title, path), {
            related: [{ at: before, message: t('The first mount') }],
          });
      }
    }
  },
};
