import { replaceFix, scalarText } from '../edits.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { mountsOf } from './volumeViews.ts';

/** A mountPath that the server takes and the container runtime does not. */
export const mountPathOdd: Rule = {
  code: 'mount-path-odd',
  title: 'A mountPath that is relative or has a colon',
  severity: 'warning',
  kinds: 'pods',
  check({ pod, report }) {
    for (const { node, path, container } of pod?.containers.flatMap(mountsOf) ?? []) {
      if (path === undefined || /^[A-Za-z]:[\\/]/.test(path)) continue;
      const at = placeOf(node, 'mountPath');
      if (path.includes(':'))
        report(
          at,
          `The mountPath "${path}" has a colon: the server accepts it, but container ${container.title} does not start.`,
        );
      else if (!path.startsWith('/')) {
        report(
          at,
          `The mountPath "${path}" is relative: the server accepts it, but what it means depends on the container runtime. Write /${path}.`,
          {
            fixes: [replaceFix(`Write /${path}`, at, scalarText(`/${path}`), true)],
          },
        );
      }
    }
  },
};
