import { t } from '../../base/l10n.ts';
import { mapOf, mapsOf, placeOf } from '../read.ts';
import { parseQuantity } from '../quantity.ts';
import type { Rule } from '../rule.ts';

/** The size limit of an emptyDir. */
export const emptyDirSize: Rule = {
  code: 'empty-dir-size',
  title: 'The sizeLimit of an emptyDir is negative',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const volume of mapsOf(pod?.spec.get('volumes'))) {
      const source = mapOf(volume.get('emptyDir'));
      const limit = source?.get('sizeLimit');
      const size = limit?.type === 'scalar' ? parseQuantity(limit.text) : undefined;
      if (source && size !== undefined && size < 0n)
        report(placeOf(source, 'sizeLimit'), t('sizeLimit cannot be negative.'));
    }
  },
};
