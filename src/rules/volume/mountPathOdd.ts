import { t } from '../../base/l10n.ts';
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
          t(
            'The mountPath "{0}" has a colon: the server accepts it, but container {1} does not start.',
            path,
            container.title,
          ),
        );
      else if (!path.startsWith('/')) {
        report(
          at,
          t(
            'The mountPath "{0}" is relative: the server accepts it, but what it means depends on the container runtime. Write /{0}.',
            path,
          ),
          {
            fixes: [replaceFix(t('Write /{0}', path), at, scalarText(`/${path}`), true)],
          },
        );
      }
    }
  },
};
