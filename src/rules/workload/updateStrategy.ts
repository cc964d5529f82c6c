import { t } from '../../base/l10n.ts';
import type { MapNode, Node } from '../../manifest/node.ts';
import { removeFix } from '../edits.ts';
import { filledText, integerOf, isSet, keyPlace, mapOf, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** How a workload replaces its pods: the numbers must leave room for progress. */
export const updateStrategy: Rule = {
  code: 'update-strategy',
  title: 'An update strategy that contradicts itself',
  severity: 'error',
  kinds: ['Deployment', 'DaemonSet', 'StatefulSet'],
  check(context) {
    const { object, report } = context;
    const field = object.kind === 'Deployment' ? 'strategy' : 'updateStrategy';
    const strategy = mapOf(object.at(['spec', field]));
    if (strategy === undefined) return;
    const type = filledText(strategy.get('type')) ?? 'RollingUpdate';
    const rolling = mapOf(strategy.get('rollingUpdate'));
    if (!isSet(strategy.get('rollingUpdate'))) return;
    // A DaemonSet's settings for another type are ignored, the others' are refused.
    if (type !== 'RollingUpdate' && object.kind !== 'DaemonSet') {
      report(keyPlace(strategy, 'rollingUpdate'), t('rollingUpdate has no place beside type: {0}.', type), {
        fixes: removeFix(strategy, 'rollingUpdate', true),
      });
      return;
    }
    if (rolling && type === 'RollingUpdate') checkNumbers(rolling, context);
  },
};

function checkNumbers(rolling: MapNode, { object, report }: RuleContext): void {
  const partition = integerOf(rolling.get('partition'));
  if (partition !== undefined && partition < 0)
    report(placeOf(rolling, 'partition'), t('partition cannot be negative.'));
  for (const key of ['maxUnavailable', 'maxSurge']) {
    const problem = amountProblem(rolling.get(key), key === 'maxUnavailable');
    if (problem !== undefined) report(placeOf(rolling, key), `${key} ${problem}.`);
  }
  const unavailable = rolling.get('maxUnavailable');
  const surge = rolling.get('maxSurge');
  if (object.kind === 'Deployment' && isZero(unavailable) && isZero(surge)) {
    report(
      keyPlace(rolling, 'maxUnavailable'),
      t('maxUnavailable and maxSurge are both 0: no pod could ever be replaced. Let one be 1 or more.'),
    );
  } else if (object.kind === 'DaemonSet') {
    // Not written, maxUnavailable is 1 and maxSurge 0.
    if (isZero(unavailable) && (!isSet(surge) || isZero(surge)))
      report(keyPlace(rolling, 'maxUnavailable'), t('maxUnavailable cannot be 0 when maxSurge is 0.'));
    else if (isSet(surge) && !isZero(surge) && !isZero(unavailable))
      report(
        keyPlace(rolling, 'maxSurge'),
        t('A DaemonSet has maxSurge or maxUnavailable: with maxSurge, write maxUnavailable: 0.'),
      );
  } else if (object.kind === 'StatefulSet' && isSet(unavailable) && isZero(unavailable)) {
    report(placeOf(rolling, 'maxUnavailable'), t('maxUnavailable cannot be 0.'));
  }
}

function isZero(node: Node | undefined): boolean {
  return integerOf(node) === 0 || /^0+%$/.test(textOf(node) ?? '');
}

/** What is wrong with a number or percentage of pods. */
export function amountProblem(node: Node | undefined, upTo100: boolean): string | undefined {
  const number = integerOf(node);
  if (number !== undefined) return number < 0 ? t('cannot be negative') : undefined;
  const text = textOf(node);
  if (text === undefined) return undefined;
  if (!/^\d+%$/.test(text)) return t('"{0}" is neither a number nor a percentage such as 25%', text);
  return upTo100 && Number(text.slice(0, -1)) > 100 ? t('cannot be more than 100%') : undefined;
}
