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
          `Container ${title} has no image.`,
          {
            fixes: node.has('image') ? [] : insertFix('Add image: IMAGE', node, 'image: IMAGE', text, 'name'),
          },
        );
      } else if (image !== image.trim()) {
        const at = placeOf(node, 'image');
        // In templates the server lets it pass, but then refuses the pods.
        report(at, `The image of container ${title} begins or ends with a blank.`, {
          severity: pod?.isPod === true ? 'error' : 'warning',
          fixes: [replaceFix('Remove the blanks', at, image.trim(), true)],
        });
      }
    }
  },
};
