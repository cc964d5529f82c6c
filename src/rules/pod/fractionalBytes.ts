import { t } from '../../base/l10n.ts';
import { parseQuantity } from '../quantity.ts';
import { entriesOf, mapOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

const inBytes = new Set(['memory', 'ephemeral-storage', 'storage']);

/** Parts of a byte: mostly `m`, which is a thousandth, where `M` or `Mi` was meant. */
export const fractionalBytes: Rule = {
  code: 'fractional-bytes',
  title: 'An amount of memory or storage that is no whole number of bytes',
  severity: 'warning',
  check(context) {
    const { object, pod } = context;
    for (const { node } of pod?.containers ?? []) check(node.get('resources'), context);
    if (object.kind === 'PersistentVolumeClaim') check(object.at(['spec', 'resources']), context);
  },
};

function check(resources: Parameters<typeof mapOf>[0], { report }: RuleContext): void {
  for (const list of ['requests', 'limits']) {
    for (const { key, value } of entriesOf(mapOf(resources)?.get(list))) {
      const amount = value.type === 'scalar' ? parseQuantity(value.text) : undefined;
      // parseQuantity counts billionths.
      if (!inBytes.has(key.value) || amount === undefined || amount % 1_000_000_000n === 0n) continue;
      report(value, t('This is a part of a byte: "m" is a thousandth. M or Mi is a million.'));
    }
  }
}
