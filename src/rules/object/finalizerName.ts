import { t } from '../../base/l10n.ts';
import { isForeignGroup } from '../../manifest/schema/kinds.ts';
import { qualifiedNameProblem } from '../formats.ts';
import { itemsOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** The finalizers without a domain that the server knows (ValidateFinalizerName, validateKubeFinalizerName). */
const standard = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** A finalizer that the server refuses on its own kinds. */
export const finalizerName: Rule = {
  code: 'finalizer-name',
  title: 'A finalizer that is not allowed',
  severity: 'error',
  check({ object, report }) {
    if (isForeignGroup(object.group)) return;
    const names: string[] = [];
    for (const item of itemsOf(object.at(['metadata', 'finalizers']))) {
      const name = textOf(item);
      if (name === undefined) continue;
      const problem = qualifiedNameProblem(name);
      if (problem !== undefined) report(item, t('The finalizer "{0}" {1}.', name, problem));
      else if (!name.includes('/') && !standard.has(name))
        report(item, t('The finalizer "{0}" needs a domain, as in example.com/{0}.', name));
      const opposite = name === 'orphan' ? 'foregroundDeletion' : 'orphan';
      if (standard.has(name) && name !== 'kubernetes' && names.includes(opposite))
        report(item, t('The finalizers {0} and {1} cannot stand together.', name, opposite));
      names.push(name);
    }
  },
};
