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
          report(placeOf(node, key), `${key} "${path}" ${problem}: it is a path inside of the volume.`, {
            fixes:
              path.startsWith('/') && relative !== '' && pathProblem(relative) === undefined
                ? [replaceFix(`Write ${relative}`, placeOf(node, key), relative, true)]
                : [],
          });
        }
        if (container.list === 'ephemeralContainers')
          report(keyPlace(node, key), `An ephemeral container cannot have ${key}.`);
      }
      if (written.length > 1)
        report(keyPlace(node, 'subPathExpr'), 'A mount has subPath or subPathExpr, not both.', {
          fixes: removeFix(node, 'subPathExpr'),
        });
    }
  },
};
