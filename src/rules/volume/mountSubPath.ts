import { t } from '../../base/l10n.ts';
import { removeFix, replaceFix } from '../edits.ts';
import { filledText, keyPlace, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { pathProblem } from './paths.ts';
import { mountsOf } from './volumeViews.ts';

/** subPath and subPathExpr: relative, without "..", and only one of them. */
export const mountSubPath: Rule = {
  code: 'mount-sub-path',
  title: 'A subPath is absolute, leaves the volume, or is there twice',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const { node, container } of pod?.containers.flatMap(mountsOf) ?? []) {
      const written = ['subPath', 'subPathExpr'].filter((key) => filledText(node.get(key)) !== undefined);
      for (const key of written) {
        const path = filledText(node.get(key)) ?? '';
        const problem = pathProblem(path);
        const relative = path.replace(/^\/+/, '');
        if (problem !== undefined) {
          report(
            placeOf(node, key),
            t('{0} "{1}" {2}: it is a path inside of the volume.', key, path, problem),
            {
              fixes:
                path.startsWith('/') && relative !== '' && pathProblem(relative) === undefined
                  ? [replaceFix(t('Write {0}', relative), placeOf(node, key), relative, true)]
                  : [],
            },
          );
        }
        if (container.list === 'ephemeralContainers')
          report(keyPlace(node, key), t('An ephemeral container cannot have {0}.', key));
      }
      if (written.length > 1)
        report(keyPlace(node, 'subPathExpr'), t('A mount has subPath or subPathExpr, not both.'), {
          fixes: removeFix(node, 'subPathExpr'),
        });
    }
  },
};
