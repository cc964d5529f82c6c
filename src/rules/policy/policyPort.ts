import { t } from '../../base/l10n.ts';
import { removeFix, replaceFix } from '../edits.ts';
import { asPortName, isPortNumber, portProblem } from '../formats.ts';
import { integerOf, isSet, keyPlace, placeOf, textOf } from '../read.ts';
import type { FixDraft, Rule, RuleContext } from '../rule.ts';
import { policyView } from './policyView.ts';

/** The ports of a policy: a number or a name, and a range only of numbers. */
export const policyPort: Rule = {
  code: 'policy-port',
  title: 'A port or port range of a policy that is not possible',
  severity: 'error',
  kinds: ['NetworkPolicy'],
  check(context) {
    for (const port of policyView(context.object)?.rules.flatMap((rule) => rule.ports) ?? []) {
      const node = port.get('port');
      const value = integerOf(node) ?? textOf(node);
      const at = placeOf(port, 'port');
      const problem = isSet(node) && value !== undefined ? portProblem(value) : undefined;
      if (problem !== undefined && value !== undefined)
        context.report(
          at,
          typeof value === 'string'
            ? t('"{0}" cannot be a port name: it {1}.', value, problem)
            : `${value} ${problem}.`,
          { fixes: fixesFor(value, at) },
        );
      checkEnd(port, value, context);
    }
  },
};

function fixesFor(value: number | string, at: { start: number; end: number }): readonly FixDraft[] {
  if (typeof value === 'number') return [];
  if (/^\d+$/.test(value)) return [replaceFix(t('Write {0} without quotes', value), at, value, true)];
  const better = asPortName(value);
  return better === undefined ? [] : [replaceFix(t('Write {0}', better), at, better)];
}

function checkEnd(
  port: Parameters<typeof placeOf>[0],
  value: number | string | undefined,
  { report }: RuleContext,
): void {
  const end = integerOf(port.get('endPort'));
  if (end === undefined) return;
  const at = placeOf(port, 'endPort');
  if (!isSet(port.get('port'))) {
    report(keyPlace(port, 'endPort'), t('endPort ends a range that starts with port: add port.'), {
      fixes: removeFix(port, 'endPort'),
    });
  } else if (typeof value === 'string') {
    report(
      keyPlace(port, 'endPort'),
      t('A range needs numbers: port is a name here, so there can be no endPort.'),
      { fixes: removeFix(port, 'endPort') },
    );
  } else if (value !== undefined) {
    if (end < value) report(at, t('The range ends ({0}) before it starts ({1}).', end, value));
    else if (!isPortNumber(end)) report(at, t('{0} is not a port: ports go from 1 to 65535.', end));
  }
}
