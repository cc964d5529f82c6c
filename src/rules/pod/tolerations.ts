import { t } from '../../base/l10n.ts';
import { labelValueProblem, qualifiedNameProblem } from '../formats.ts';
import { filledText, isPlaceholder, isSet, keyPlace, mapsOf, placeOf } from '../read.ts';
import { removeFix } from '../edits.ts';
import type { Rule } from '../rule.ts';

/** Tolerations: key, operator, value and effect that go together. */
export const tolerations: Rule = {
  code: 'toleration',
  title: 'A toleration that contradicts itself',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const toleration of mapsOf(pod?.spec.get('tolerations'))) {
      const key = filledText(toleration.get('key'));
      const operator = filledText(toleration.get('operator')) ?? 'Equal';
      const value = filledText(toleration.get('value'));
      const effect = filledText(toleration.get('effect'));
      const problem = key === undefined ? undefined : qualifiedNameProblem(key);
      if (problem !== undefined)
        report(placeOf(toleration, 'key'), t('The taint\'s name "{0}" {1}.', key ?? '', problem));
      if (key === undefined && operator !== 'Exists' && !isPlaceholder(toleration.get('key'))) {
        report(
          keyPlace(toleration, 'operator'),
          t('A toleration without key is for every taint: it needs operator: Exists.'),
        );
      }
      if (operator === 'Exists' && value !== undefined) {
        report(keyPlace(toleration, 'value'), t('With operator: Exists there is no value.'), {
          fixes: removeFix(toleration, 'value', true),
        });
      }
      const wrong = operator === 'Equal' && value !== undefined ? labelValueProblem(value) : undefined;
      if (wrong !== undefined)
        report(placeOf(toleration, 'value'), t('The taint\'s value "{0}" {1}.', value ?? '', wrong));
      if (isSet(toleration.get('tolerationSeconds')) && effect !== 'NoExecute') {
        report(
          keyPlace(toleration, 'tolerationSeconds'),
          t('tolerationSeconds is only for effect: NoExecute.'),
          { fixes: removeFix(toleration, 'tolerationSeconds') },
        );
      }
    }
  },
};
