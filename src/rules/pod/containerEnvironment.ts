import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { dataKeyProblem, environmentNameProblem, subdomainProblem } from '../formats.ts';
import { replaceFix } from '../edits.ts';
import { filledText, firstOf, isFilled, isSet, keyPlace, mapOf, mapsOf, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

/** Environment variables: each a name, and a value from one place. */
export const containerEnvironment: Rule = {
  code: 'container-environment',
  title: 'An environment variable that is not allowed',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    for (const container of context.pod?.containers ?? []) {
      for (const variable of mapsOf(container.node.get('env'))) checkVariable(variable, context);
      for (const source of mapsOf(container.node.get('envFrom'))) checkSource(source, context);
    }
  },
};

function checkVariable(variable: MapNode, { report }: RuleContext): void {
  const name = filledText(variable.get('name'));
  if (name === undefined && (!isSet(variable.get('name')) || textOf(variable.get('name')) === '')) {
    const key = variable.entry('key');
    report(variable.entry('name')?.key ?? firstOf(variable), t('This environment variable has no name.'), {
      fixes: key ? [replaceFix(t('Rename key to name'), key.key, 'name', true)] : [],
    });
  }
  const problem = name === undefined ? undefined : environmentNameProblem(name);
  if (problem !== undefined)
    report(placeOf(variable, 'name'), t('The variable\'s name "{0}" {1}.', name ?? '', problem));
  const from = mapOf(variable.get('valueFrom'));
  if (from === undefined) return;
  const title = name ?? t('this variable');
  const written = sources.filter((source) => isSet(from.get(source)));
  if (isFilled(variable.get('value')))
    report(
      keyPlace(variable, 'valueFrom'),
      t('{0} has a value and a valueFrom; it can have one of them.', title),
    );
  if (written.length === 0)
    report(
      keyPlace(variable, 'valueFrom'),
      t('valueFrom of {0} names no source: {1}.', title, sources.join(', ')),
    );
  for (const other of written.slice(1))
    report(
      keyPlace(from, other),
      t('{0} has two sources, {1} and {2}; it can have one.', title, written[0] ?? '', other),
    );
  for (const source of ['configMapKeyRef', 'secretKeyRef']) {
    const reference = mapOf(from.get(source));
    if (reference) checkReference(reference, source === 'configMapKeyRef' ? 'ConfigMap' : 'Secret', report);
  }
}

function checkReference(reference: MapNode, kind: string, report: RuleContext['report']): void {
  const name = textOf(reference.get('name'));
  const problem =
    name === undefined && isSet(reference.get('name')) ? undefined : subdomainProblem(name ?? '');
  if (problem !== undefined) {
    report(
      placeOf(reference, 'name'),
      name === undefined || name === ''
        ? t('The reference does not name a {0}. Add "name:".', kind)
        : t('The name "{0}" {1}.', name, problem),
    );
  }
  const key = filledText(reference.get('key'));
  const wrong = key === undefined ? undefined : dataKeyProblem(key);
  if (wrong !== undefined) report(placeOf(reference, 'key'), t('The key "{0}" {1}.', key ?? '', wrong));
}

function checkSource(source: MapNode, { report }: RuleContext): void {
  const written = ['configMapRef', 'secretRef'].filter((key) => isSet(source.get(key)));
  if (written.length === 0)
    report(firstOf(source), t('This entry of envFrom names neither a configMapRef nor a secretRef.'));
  if (written.length > 1)
    report(
      keyPlace(source, 'secretRef'),
      t('This entry of envFrom has a configMapRef and a secretRef; make two entries.'),
    );
  const prefix = filledText(source.get('prefix'));
  const problem = prefix === undefined ? undefined : environmentNameProblem(prefix);
  if (problem !== undefined)
    report(placeOf(source, 'prefix'), t('The prefix "{0}" {1}.', prefix ?? '', problem));
  for (const key of written) {
    const reference = mapOf(source.get(key));
    const name = textOf(reference?.get('name'));
    if (reference === undefined || (name === undefined && isSet(reference.get('name')))) continue;
    const wrong = subdomainProblem(name ?? '');
    if (wrong === undefined) continue;
    const at = reference.entries.length === 0 ? keyPlace(source, key) : placeOf(reference, 'name');
    report(
      at,
      name === undefined || name === ''
        ? t('The {0} has no name.', key)
        : t('The name "{0}" {1}.', name, wrong),
    );
  }
}
