import { t } from '../../base/l10n.ts';
import { blockProblem, nearestBlock } from '../addresses.ts';
import { replaceFix } from '../edits.ts';
import { isFilled, itemsOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** The blocks that cluster IPs are taken from: one, or one of each IP family (ValidateServiceCIDR). */
export const serviceCidr: Rule = {
  code: 'service-cidr',
  title: 'A ServiceCIDR without blocks, or with wrong ones',
  severity: 'error',
  kinds: ['ServiceCIDR'],
  check({ object, report }) {
    const node = object.at(['spec', 'cidrs']);
    const at = object.entryAt(['spec', 'cidrs'])?.key ?? object.entryAt(['spec'])?.key ?? object.root;
    if (!isFilled(node)) {
      report(at, t('A ServiceCIDR needs one block of addresses, or one of each IP family.'));
      return;
    }
    const blocks = itemsOf(node);
    for (const item of blocks) {
      const block = textOf(item);
      const problem = block === undefined ? undefined : blockProblem(block);
      if (block === undefined || problem === undefined) continue;
      const better = nearestBlock(block);
      report(item, `"${block}" ${problem}.`, {
        fixes: better === undefined ? [] : [replaceFix(t('Write {0}', better), item, better)],
      });
    }
    const families = new Set(blocks.map((item) => textOf(item)?.includes(':')));
    if (blocks.length > 2 || families.size < blocks.length)
      report(at, t('There is at most one block of each IP family.'));
  },
};
