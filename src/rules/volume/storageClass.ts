import { t } from '../../base/l10n.ts';
import { qualifiedNameProblem } from '../formats.ts';
import { entriesOf, filledText, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A StorageClass (pkg/apis/storage/validation). */
export const storageClass: Rule = {
  code: 'storage-class',
  title: 'A StorageClass with a provisioner, policy or parameter that is not allowed',
  severity: 'error',
  kinds: ['StorageClass'],
  check({ object, report }) {
    const { root } = object;
    const provisioner = filledText(root.get('provisioner'));
    const problem = provisioner === undefined ? undefined : qualifiedNameProblem(provisioner.toLowerCase());
    if (problem !== undefined)
      report(placeOf(root, 'provisioner'), t('The provisioner "{0}" {1}.', provisioner ?? '', problem));
    const policy = filledText(root.get('reclaimPolicy'));
    // A volume may still say Recycle, a class may not.
    if (policy === 'Recycle')
      report(placeOf(root, 'reclaimPolicy'), t('The reclaimPolicy of a class is Delete or Retain.'));
    for (const { key } of entriesOf(root.get('parameters'))) {
      if (key.value === '') report(key, t('A parameter needs a name.'));
    }
  },
};
