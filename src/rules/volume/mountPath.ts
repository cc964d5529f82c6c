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
              `Container ${container.title} does not say where volume ${volume ?? ''} is mounted. Add "mountPath:".`,
            );
          }
          continue;
        }
        const at = placeOf(node, 'mountPath');
        const before = first.get(path);
        if (before === undefined) first.set(path, at);
        else
          report(at, `Container ${container.title} mounts two volumes at ${path}.`, {
            related: [{ at: before, message: 'The first mount' }],
          });
      }
    }
  },
};
