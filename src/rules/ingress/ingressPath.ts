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
      : insertFix({ title: 'Add pathType: Prefix', preferred: true }, path, 'pathType: Prefix', text, 'path');
    report(
      path.entry('pathType')?.key ?? path.entry('path')?.key ?? firstOf(path),
      'This path has no pathType: Prefix, Exact or ImplementationSpecific.',
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
        `A path of type ${type} must be written: "/" is everything.`,
        {
          fixes: path.has('path')
            ? []
            : insertFix({ title: 'Add path: /', preferred: true }, path, 'path: /', text),
        },
      );
    }
    return;
  }
  if (type === undefined || (!plain && type !== 'ImplementationSpecific')) return;
  const at = placeOf(path, 'path');
  if (!value.startsWith('/')) {
    report(at, `The path "${value}" must start with "/".`, {
      fixes: [replaceFix(`Write /${value}`, at, `/${value}`, true)],
    });
  }
  if (!plain) return;
  const sequence = ['//', '/./', '/../', '%2f', '%2F'].find((each) => value.includes(each));
  const suffix = ['/..', '/.'].find((each) => value.endsWith(each));
  if (sequence !== undefined)
    report(
      at,
      `A path of type ${type} may not have "${sequence}" in it: clients and proxies would not agree on what it means.`,
    );
  else if (suffix !== undefined) report(at, `A path of type ${type} may not end with "${suffix}".`);
}
