import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { isSet, itemsOf, keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';
import { policyView } from './policyView.ts';

/** A peer: selectors, or a block of addresses; not nothing, and not both. */
export const policyPeer: Rule = {
  code: 'policy-peer',
  title: 'A peer that is empty, or mixes addresses and selectors',
  severity: 'error',
  kinds: ['NetworkPolicy'],
  check({ object, report }) {
    for (const rule of policyView(object)?.rules ?? []) {
      const key = rule.direction === 'ingress' ? 'from' : 'to';
      for (const item of itemsOf(rule.node.get(key))) {
        const empty =
          item.type === 'map'
            ? !['podSelector', 'namespaceSelector', 'ipBlock'].some((field) => isSet(item.get(field)))
            : item.type === 'scalar' && item.value === null;
        if (!empty) continue;
        report(
          item.start === item.end ? keyPlace(rule.node, key) : item,
          t(
            'This peer says nothing. Write podSelector: {} for every pod of the namespace, or leave "{0}" out for everyone.',
            key,
          ),
          {
            fixes:
              item.type === 'map' && item.flow && item.entries.length === 0
                ? [
                    {
                      title: t('Write podSelector: {}'),
                      edits: [{ start: item.start, end: item.end, newText: 'podSelector: {}' }],
                    },
                  ]
                : [],
          },
        );
      }
      for (const peer of rule.peers) {
        if (!isSet(peer.get('ipBlock'))) continue;
        for (const field of ['podSelector', 'namespaceSelector']) {
          if (!isSet(peer.get(field))) continue;
          report(
            keyPlace(peer, field),
            t('A peer is either an ipBlock or selectors. Make two peers of it.'),
            {
              fixes: removeFix(peer, field),
            },
          );
        }
      }
    }
  },
};
