import { t } from '../../base/l10n.ts';
import { isFilled, itemsOf, mapOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { policyView } from './policyView.ts';

/** namespaceSelector and podSelector as two peers: each alone is allowed. With one dash less, both must match. */
export const policyPeerList: Rule = {
  code: 'policy-peer-list',
  title: 'namespaceSelector and podSelector are two peers: probably one was meant',
  severity: 'warning',
  kinds: ['NetworkPolicy'],
  check({ object, report }) {
    for (const rule of policyView(object)?.rules ?? []) {
      const items = itemsOf(rule.node.get(rule.direction === 'ingress' ? 'from' : 'to'));
      items.forEach((item, index) => {
        const next = mapOf(items[index + 1]);
        const first = mapOf(item);
        if (first === undefined || next === undefined || first.flow || next.flow) return;
        const alone = (node: typeof first, key: string): boolean =>
          node.entries.length === 1 && isFilled(node.get(key));
        if (!alone(first, 'namespaceSelector') || !alone(next, 'podSelector') || items.length !== 2) return;
        const dash = next.entries[0];
        if (dash === undefined) return;
        report(
          dash.key,
          t(
            'These are two peers: every pod of those namespaces, and also these pods of the own namespace. If only these pods of those namespaces are meant, remove the dash.',
          ),
          {
            fixes: [
              {
                title: t('Make it one peer (both must match)'),
                edits: [{ start: dash.start - 2, end: dash.start, newText: '  ' }],
              },
            ],
          },
        );
      });
    }
  },
};
