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
    report(variable.entry('name')?.key ?? firstOf(variable), 'This environment variable has no name.', {
      fixes: key ? [replaceFix('Rename key to name', key.key, 'name', true)] : [],
    });
  }
  const problem = name === undefined ? undefined : environmentNameProblem(name);
  if (problem !== undefined)
    report(placeOf(variable, 'name'), `The variable's name "${name ?? ''}" ${problem}.`);
  const from = mapOf(variable.get('valueFrom'));
  if (from === undefined) return;
  const title = name ?? 'this variable';
  const written = sources.filter((source) => isSet(from.get(source)));
  if (isFilled(variable.get('value')))
    report(keyPlace(variable, 'valueFrom'), `${title} has a value and a valueFrom; it can have one of them.`);
  if (written.length === 0)
    report(keyPlace(variable, 'valueFrom'), `valueFrom of ${title} names no source: ${sources.join(', ')}.`);
  for (const other of written.slice(1))
    report(
      keyPlace(from, other),
      `${title} has two sources, ${written[0] ?? ''} and ${other}; it can have one.`,
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
        ? `The reference does not name a ${kind}. Add "name:".`
        : `The name "${name}" ${problem}.`,
    );
  }
  const key = filledText(reference.get('key'));
  const wrong = key === undefined ? undefined : dataKeyProblem(key);
  if (wrong !== undefined) report(placeOf(reference, 'key'), `The key "${key ?? ''}" ${wrong}.`);
}

function checkSource(source: MapNode, { report }: RuleContext): void {
  const written = ['configMapRef', 'secretRef'].filter((key) => isSet(source.get(key)));
  if (written.length === 0)
    report(firstOf(source), 'This entry of envFrom names neither a configMapRef nor a secretRef.');
  if (written.length > 1)
    report(
      keyPlace(source, 'secretRef'),
      'This entry of envFrom has a configMapRef and a secretRef; make two entries.',
    );
  const prefix = filledText(source.get('prefix'));
  const problem = prefix === undefined ? undefined : environmentNameProblem(prefix);
  if (problem !== undefined) report(placeOf(source, 'prefix'), `The prefix "${prefix ?? ''}" ${problem}.`);
  for (const key of written) {
    const reference = mapOf(source.get(key));
    const name = textOf(reference?.get('name'));
    if (reference === undefined || (name === undefined && isSet(reference.get('name')))) continue;
    const wrong = subdomainProblem(name ?? '');
    if (wrong === undefined) continue;
    const at = reference.entries.length === 0 ? keyPlace(source, key) : placeOf(reference, 'name');
    report(
      at,
      name === undefined || name === '' ? `The ${key} has no name.` : `The name "${name}" ${wrong}.`,
    );
  }
}
