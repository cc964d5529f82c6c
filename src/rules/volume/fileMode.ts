import { t } from '../../base/l10n.ts';
import { MapNode, type Entry, type Node } from '../../manifest/node.ts';
import { replaceFix } from '../edits.ts';
import { integerOf, mapsOf } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';
import { sentences } from '../sentences.ts';

/** 0400, 0444, 0600, 0644, 0755 and 0777: modes that people do write in decimal, as JSON needs it. */
const usual = new Set([0o400, 0o444, 0o600, 0o644, 0o755, 0o777]);

/** The modes of files in a volume: 0 to 0777. A mode in decimals is told by its size. */
export const fileMode: Rule = {
  code: 'file-mode',
  title: 'A file mode above 0777',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const entry of mapsOf(pod?.spec.get('volumes')).flatMap((volume) => [...modesIn(volume)])) {
      const mode = integerOf(entry.value);
      if (mode === undefined || entry.value.type !== 'scalar') continue;
      const { text } = entry.value;
      // 644 without the zero is decimal, and means 01204.
      const meant = /^[1-7][0-7]{2}$/.test(text) ? `0${text}` : undefined;
      const fixes: FixDraft[] =
        meant === undefined ? [] : [replaceFix(t('Write {0}', meant), entry.value, meant, true)];
      if (mode < 0 || mode > 0o777) {
        report(
          entry.value,
          sentences(
            t('{0} {1} is not a mode: modes go from 0 to 0777.', entry.key.value, text),
            meant === undefined
              ? undefined
              : t('Without a leading zero the number is decimal; did you mean {0}?', meant),
          ),
          { fixes },
        );
      } else if (meant !== undefined && !usual.has(mode)) {
        report(
          entry.value,
          t(
            '{0} {1} is decimal and means 0{2}. Did you mean {3}?',
            entry.key.value,
            text,
            mode.toString(8),
            meant,
          ),
          { severity: 'warning', fixes },
        );
      }
    }
  },
};

function* modesIn(node: Node): Generator<Entry> {
  if (node.type === 'list') for (const item of node.items) yield* modesIn(item);
  if (!(node instanceof MapNode)) return;
  for (const entry of node.entries) {
    if (entry.key.value === 'mode' || entry.key.value === 'defaultMode') yield entry;
    else yield* modesIn(entry.value);
  }
}
