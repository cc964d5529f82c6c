import { t } from '../../base/l10n.ts';
import { MapNode, type Node } from '../../manifest/node.ts';
import { replaceFix } from '../edits.ts';
import { typeOfObject } from '../fields.ts';
import type { Rule } from '../rule.ts';

/** A number with a leading zero outside of file modes: YAML 1.1 reads it as octal. */
export const octalNumber: Rule = {
  code: 'octal-number',
  title: 'A number with a leading zero is octal',
  severity: 'warning',
  check(context) {
    if (typeOfObject(context.object, context.schemas) === undefined) return;
    visit(context.object.root, '', (node, key) => {
      if (node.type !== 'scalar' || typeof node.value !== 'number' || node.style !== 'plain') return;
      if (/mode$/i.test(key) || !/^-?0[0-7_]+$/.test(node.text)) return;
      const decimal = node.text.replace(/^(-?)0+(?=\d)/, '$1').replaceAll('_', '');
      if (String(node.value) === decimal) return;
      context.report(
        node,
        t(
          '{0} is octal (the server reads YAML 1.1) and means {1}. Write it without the leading zero.',
          node.text,
          node.value,
        ),
        {
          fixes: [
            replaceFix(t('Write {0}', decimal), node, decimal),
            replaceFix(t('Write {0}', node.value), node, String(node.value)),
          ],
        },
      );
    });
  },
};

function visit(node: Node, key: string, look: (node: Node, key: string) => void): void {
  look(node, key);
  if (node instanceof MapNode) for (const entry of node.entries) visit(entry.value, entry.key.value, look);
  else if (node.type === 'list') for (const item of node.items) visit(item, key, look);
}
