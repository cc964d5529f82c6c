import { t } from '../../base/l10n.ts';
import { insertFix, replaceFix } from '../edits.ts';
import { asDnsLabel, dnsLabelProblem } from '../formats.ts';
import { filledText, firstOf, isSet, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** The name of a container: required, a DNS label, once in its pod. */
export const containerName: Rule = {
  code: 'container-name',
  title: 'A container name is missing, not allowed, or there twice',
  severity: 'error',
  kinds: 'pods',
  check({ pod, text, report }) {
    const first = new Map<string, { start: number; end: number }>();
    for (const { node, list, index } of pod?.containers ?? []) {
      const name = filledText(node.get('name'));
      if (name === undefined) {
        const written = node.get('name');
        if (isSet(written) && !(written.type === 'scalar' && written.value === '')) continue;
        const image = filledText(node.get('image'));
        const proposal = asDnsLabel(image?.split('/').at(-1)?.split(/[:@]/)[0] ?? '') ?? `c${index}`;
        report(
          node.entry('name')?.key ?? firstOf(node),
          t('The container {0}[{1}] has no name.', list, index),
          {
            fixes: node.has('name')
              ? []
              : insertFix(
                  { title: t('Add name: {0}', proposal), preferred: true },
                  node,
                  `name: ${proposal}`,
                  text,
                ),
          },
        );
        continue;
      }
      const at = placeOf(node, 'name');
      const problem = dnsLabelProblem(name);
      const better = asDnsLabel(name);
      if (problem !== undefined) {
        report(at, t('The container name "{0}" {1}.', name, problem), {
          fixes: better === undefined ? [] : [replaceFix(t('Rename to {0}', better), at, better, true)],
        });
      }
      const before = first.get(name);
      if (before === undefined) first.set(name, at);
      else
        report(at, t('Two containers of this pod are called "{0}".', name), {
          related: [{ at: before, message: t('The first "{0}"', name) }],
        });
    }
  },
};
