import { t } from '../../base/l10n.ts';
import { toJson } from '../../manifest/node.ts';
import { labelsMatch, readLabelSelector } from '../../model/labelSelector.ts';
import { booleanOf, filledText, integerOf, isSet, keyPlace, mapOf, placeOf, textsOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** How a Job counts what is done. */
export const jobCompletion: Rule = {
  code: 'job-completion',
  title: 'A Job whose settings contradict each other',
  severity: 'error',
  kinds: ['Job', 'CronJob'],
  check({ object, pod, report }) {
    const spec = mapOf(object.at(object.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec'] : ['spec']));
    if (spec === undefined) return;
    if (filledText(spec.get('completionMode')) === 'Indexed' && !isSet(spec.get('completions'))) {
      report(
        keyPlace(spec, 'completionMode'),
        t('completionMode: Indexed needs completions: how many indexes there are.'),
      );
    }
    const indexed = filledText(spec.get('completionMode')) === 'Indexed';
    if (isSet(spec.get('successPolicy')) && !indexed)
      report(keyPlace(spec, 'successPolicy'), t('successPolicy is only for completionMode: Indexed.'));
    const parallelism = integerOf(spec.get('parallelism'));
    if (indexed && parallelism !== undefined && parallelism > 100_000)
      report(placeOf(spec, 'parallelism'), t('An indexed Job has a parallelism of at most 100000.'));
    for (const key of ['backoffLimitPerIndex', 'maxFailedIndexes']) {
      if (isSet(spec.get(key)) && !indexed)
        report(keyPlace(spec, key), t('{0} is only for completionMode: Indexed.', key));
      const value = integerOf(spec.get(key));
      if (value !== undefined && value < 0) report(placeOf(spec, key), t('{0} cannot be negative.', key));
    }
    if (isSet(spec.get('podFailurePolicy')) && filledText(pod?.spec.get('restartPolicy')) === 'OnFailure') {
      report(keyPlace(spec, 'podFailurePolicy'), t('podFailurePolicy needs restartPolicy: Never.'));
    }
    const restart = filledText(pod?.spec.get('restartPolicy'));
    if (isSet(spec.get('backoffLimitPerIndex')) && restart === 'OnFailure')
      report(keyPlace(spec, 'backoffLimitPerIndex'), t('backoffLimitPerIndex needs restartPolicy: Never.'));
    if (isSet(spec.get('maxFailedIndexes')) && !isSet(spec.get('backoffLimitPerIndex')))
      report(keyPlace(spec, 'maxFailedIndexes'), t('maxFailedIndexes needs backoffLimitPerIndex.'));
    const manager = filledText(spec.get('managedBy'));
    if (manager !== undefined && !/^[^/]+\/[^/]/.test(manager))
      report(placeOf(spec, 'managedBy'), t('managedBy is a domain and a name: example.com/controller.'));
    if (object.kind !== 'Job' || booleanOf(spec.get('manualSelector')) !== true) return;
    const selector = readLabelSelector(toJson(spec.get('selector')));
    if (selector === undefined) {
      report(keyPlace(spec, 'manualSelector'), t('manualSelector: true needs a selector.'));
    } else if (pod && !labelsMatch(selector, Object.fromEntries(textsOf(pod.metadata?.get('labels'))))) {
      report(keyPlace(spec, 'selector'), t("The selector does not match the labels of the Job's template."));
    }
  },
};
