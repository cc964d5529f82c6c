import { replaceFix } from '../edits.ts';
import { pathText } from '../fields.ts';
import type { Rule } from '../rule.ts';
import { isBooleanForText } from './wrongType.ts';

/** `yes`, `off`, `n`, `true` without quotes where text belongs: YAML 1.1 reads a boolean, the server refuses it. */
export const yamlBoolean: Rule = {
  code: 'yaml-boolean',
  title: 'A boolean in the place of text, often yes, no, on, off, y or n',
  severity: 'error',
  check(context) {
    for (const issue of context.fieldIssues()) {
      if (issue.is !== 'type' || !isBooleanForText(issue.node, issue.expected)) continue;
      const { node, path } = issue;
      if (node.type !== 'scalar') continue;
      const why = /^(?:true|false)$/i.test(node.text) ? '' : ' (the server reads YAML 1.1)';
      context.report(
        node,
        `${pathText(path)} takes text, but ${node.text} without quotes is the boolean ${String(node.value)}${why}. Quote it.`,
        {
          fixes: [replaceFix(`Quote: "${node.text}"`, node, `"${node.text}"`, true)],
        },
      );
    }
  },
};
