import { t } from '../../base/l10n.ts';
import { insertFix, replaceFix } from '../edits.ts';
import { filledText, firstOf, isSet, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** The image of a container: required. */
export const containerImage: Rule = {
  code: 'container-image',
  title: 'A container has no image',
  severity: 'error',
  kinds: 'pods',
  check({ pod, text, report }) {
    for (const { node, title } of pod?.containers ?? []) {
      const image = filledText(node.get('image'));
      const written = node.get('image');
      if (image === undefined) {
        if (isSet(written) && !(written.type === 'scalar' && written.value === '')) continue;
        report(
          node.entry('image')?.key ?? node.entry('name')?.value ?? firstOf(node),
          t('Container {0} has no image.', title),
          {
            fixes: node.has('image')
              ? []
              : insertFix(t('Add image: IMAGE'), node, 'image: IMAGE', text, 'name'),
          },
        );
      } else if (image !== image.trim()) {
        const at = placeOf(node, 'image');
        // In templates the server lets it pass, but then refuses the pods.
        report(at, t('The image of container {0} begins or ends with a blank.', title), {
          severity: pod?.isPod === true ? 'error' : 'warning',
          fixes: [replaceFix(t('Remove the blanks'), at, image.trim(), true)],
        });
      }
    }
  },
};
