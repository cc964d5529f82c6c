import { t } from '../../base/l10n.ts';
import type { MapNode, Path } from '../../manifest/node.ts';
import { replaceFix, scalarText } from '../edits.ts';
import { pathText } from '../fields.ts';
import { labelValueProblem, qualifiedNameProblem, subdomainProblem } from '../formats.ts';
import { entriesOf, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { FixDraft, Rule, RuleContext } from '../rule.ts';
import { templatePaths } from '../../manifest/facts.ts';

/** Labels, annotations, node selectors: keys and values that the server does not take; namespaces likewise. */
export const labelSyntax: Rule = {
  code: 'label-syntax',
  title: 'A label or annotation that is not allowed',
  severity: 'error',
  check(context) {
    const { object } = context;
    const places: (Path | undefined)[] = [
      [],
      templatePaths[object.kind],
      object.kind === 'CronJob' ? ['spec', 'jobTemplate'] : undefined,
    ];
    for (const place of places) {
      if (place === undefined) continue;
      checkMetadata(mapOf(object.at([...place, 'metadata'])), [...place, 'metadata'], context);
    }
    if (context.pod) labels(mapOf(context.pod.spec.get('nodeSelector')), 'nodeSelector', context);
    mapsOf(object.at(['spec', 'volumeClaimTemplates'])).forEach((claim, index) => {
      const path = ['spec', 'volumeClaimTemplates', index, 'metadata'];
      checkMetadata(mapOf(claim.get('metadata')), path, context);
    });
    namespace(context);
  },
};

function checkMetadata(metadata: MapNode | undefined, path: Path, context: RuleContext): void {
  if (metadata === undefined) return;
  labels(mapOf(metadata.get('labels')), `${pathText(path)}.labels`, context);
  for (const entry of entriesOf(metadata.get('annotations'))) {
    // The server compares annotation keys in lower case.
    const problem = qualifiedNameProblem(entry.key.value.toLowerCase());
    if (problem !== undefined)
      context.report(entry.key, t('The annotation\'s name "{0}" {1}.', entry.key.value, problem));
  }
}

function labels(map: MapNode | undefined, path: string, context: RuleContext): void {
  for (const entry of entriesOf(map)) {
    checkKey(entry.key, entry.key.value, context);
    const value = textOf(entry.value);
    const problem = value === undefined ? undefined : labelValueProblem(value);
    if (problem === undefined || value === undefined) continue;
    context.report(
      entry.value,
      t('{0}: the value "{1}" of "{2}" {3}.', path, value, entry.key.value, problem),
      {
        fixes: valueFixes(value, entry.value),
      },
    );
  }
}

function checkKey(at: { start: number; end: number }, key: string, context: RuleContext): void {
  const problem = qualifiedNameProblem(key);
  if (problem !== undefined) context.report(at, t('The label\'s name "{0}" {1}.', key, problem));
}

function valueFixes(value: string, at: { start: number; end: number }): readonly FixDraft[] {
  const better = value
    .replace(/[^-A-Za-z0-9_.]+/g, '-')
    .slice(0, 63)
    .replace(/^[-_.]+|[-_.]+$/g, '');
  return better === '' ? [] : [replaceFix(t('Write {0}', better), at, scalarText(better))];
}

function namespace({ object, report }: RuleContext): void {
  const metadata = mapOf(object.at(['metadata']));
  const value = textOf(metadata?.get('namespace'));
  if (metadata === undefined || value === undefined || value === '') return;
  const problem = subdomainProblem(value) ?? (value.includes('.') ? t('may not have dots') : undefined);
  if (problem !== undefined)
    report(placeOf(metadata, 'namespace'), t('The namespace "{0}" {1}.', value, problem));
}
