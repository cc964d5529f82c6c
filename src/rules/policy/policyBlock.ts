import { t } from '../../base/l10n.ts';
import type { Node } from '../../manifest/node.ts';
import { blockProblem, isStrictlyInside, nearestBlock, parseBlock } from '../addresses.ts';
import { replaceFix } from '../edits.ts';
import { filledText, isSet, itemsOf, keyPlace, mapOf, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { policyView } from './policyView.ts';

/** ipBlock: a CIDR block, and exceptions strictly inside of it. */
export const policyBlock: Rule = {
  code: 'policy-block',
  title: 'An ipBlock that is no CIDR block, or an except outside of it',
  severity: 'error',
  kinds: ['NetworkPolicy'],
  check(context) {
    for (const peer of policyView(context.object)?.rules.flatMap((rule) => rule.peers) ?? []) {
      const block = mapOf(peer.get('ipBlock'));
      if (block === undefined) continue;
      const cidr = filledText(block.get('cidr'));
      if (cidr === undefined) {
        if (!isSet(block.get('cidr')) || textOf(block.get('cidr')) === '')
          context.report(
            block.entry('cidr')?.key ?? keyPlace(peer, 'ipBlock'),
            t('This ipBlock has no cidr, such as 10.9.8.0/24.'),
          );
        continue;
      }
      checkBlock(cidr, placeOf(block, 'cidr'), context);
      for (const item of itemsOf(block.get('except'))) checkExcept(item, cidr, context);
    }
  },
};

function checkBlock(text: string, at: { start: number; end: number }, { report }: RuleContext): boolean {
  const problem = blockProblem(text);
  if (problem === undefined) return true;
  const better = nearestBlock(text);
  report(at, `"${text}" ${problem}.`, {
    fixes: better === undefined ? [] : [replaceFix(t('Write {0}', better), at, better, true)],
  });
  return false;
}

function checkExcept(item: Node, cidr: string, context: RuleContext): void {
  const text = textOf(item);
  if (text === undefined || !checkBlock(text, item, context)) return;
  const outer = parseBlock(cidr);
  const inner = parseBlock(text);
  if (outer && inner && !isStrictlyInside(inner, outer)) {
    context.report(item, t('The exception {0} must lie inside of {1} and be smaller.', text, cidr));
  }
}
