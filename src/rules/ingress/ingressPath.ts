import { t } from '../../base/l10n.ts';
import { insertFix, replaceFix } from '../edits.ts';
import { filledText, firstOf, isSet, keyPlace, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';
import type { MapNode } from '../../manifest/node.ts';
import { ingressSpec, pathsOf } from './ingressView.ts';

/** pathType is required, and paths are absolute; Exact and Prefix take them only in their plain form. */
export const ingressPath: Rule = {
  code: 'ingress-path',
  title: 'A path of an Ingress without pathType, or not plain and absolute',
  severity: 'error',
  kinds: ['Ingress'],
  check(context) {
    const spec = ingressSpec(context.object);
    for (const path of spec ? pathsOf(spec) : []) checkPath(path, context);
  },
};

function checkPath(path: MapNode, { text, report }: RuleContext): void {
  const type = textOf(path.get('pathType'));
  if (!isSet(path.get('pathType'))) {
    const fixes = path.has('pathType')
      ? []
      : insertFix(
          { title: t('Add pathType: Prefix'), preferred: true },
          path,
          'pathType: Prefix',
          text,
          'path',
        );
    report(
      path.entry('pathType')?.key ?? path.entry('path')?.key ?? firstOf(path),
      t('This path has no pathType: Prefix, Exact or ImplementationSpecific.'),
      { fixes },
    );
    return;
  }
  const value = filledText(path.get('path'));
  const plain = type === 'Exact' || type === 'Prefix';
  if (value === undefined) {
    if (plain && (!isSet(path.get('path')) || textOf(path.get('path')) === '')) {
      report(
        keyPlace(path, path.has('path') ? 'path' : 'pathType'),
        t('A path of type {0} must be written: "/" is everything.', type),
        {
          fixes: path.has('path')
            ? []
            : insertFix({ title: t('Add path: /'), preferred: true }, path, 'path: /', text),
        },
      );
    }
    return;
  }
  if (type === undefined || (!plain && type !== 'ImplementationSpecific')) return;
  const at = placeOf(path, 'path');
  if (!value.startsWith('/')) {
    report(at, t('The path "{0}" must start with "/".', value), {
      fixes: [replaceFix(t('Write /{0}', value), at, `/${value}`, true)],
    });
  }
  if (!plain) return;
  const sequence = ['//', '/./', '/../', '%2f', '%2F'].find((each) => value.includes(each));
  const suffix = ['/..', '/.'].find((each) => value.endsWith(each));
  if (sequence !== undefined)
    report(
      at,
      t(
        'A path of type {0} may not have "{1}" in it: clients and proxies would not agree on what it means.',
        type,
        sequence,
      ),
    );
  else if (suffix !== undefined) report(at, t('A path of type {0} may not end with "{1}".', type, suffix));
}
