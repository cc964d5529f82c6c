import { t } from '../../base/l10n.ts';
import {
  filledText,
  firstOf,
  integerOf,
  isFilled,
  isSet,
  itemsOf,
  keyPlace,
  mapOf,
  mapsOf,
  placeOf,
} from '../read.ts';
import type { Rule } from '../rule.ts';

/** The rules by which a Job takes a failed pod for something else (validatePodFailurePolicyRule). */
export const podFailurePolicy: Rule = {
  code: 'pod-failure-policy',
  title: 'A rule of a podFailurePolicy that is not possible',
  severity: 'error',
  kinds: ['Job', 'CronJob'],
  check({ object, pod, report }) {
    const spec = mapOf(object.at(object.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec'] : ['spec']));
    for (const rule of mapsOf(mapOf(spec?.get('podFailurePolicy'))?.get('rules'))) {
      const codes = mapOf(rule.get('onExitCodes'));
      const conditions = isFilled(rule.get('onPodConditions'));
      if (!isSet(rule.get('onExitCodes')) && !conditions)
        report(firstOf(rule), t('The rule needs onExitCodes or onPodConditions.'));
      if (codes && conditions)
        report(
          keyPlace(rule, 'onPodConditions'),
          t('The rule has onExitCodes and onPodConditions; it can have one.'),
        );
      if (codes === undefined) continue;
      const name = filledText(codes.get('containerName'));
      const known = pod?.containers.some((container) => container.name === name) === true;
      if (name !== undefined && pod && !known)
        report(placeOf(codes, 'containerName'), t('The pod has no container "{0}".', name));
      const values = itemsOf(codes.get('values'));
      if (values.length === 0)
        report(keyPlace(codes, 'values'), t('A rule for exit codes names at least one.'));
      let last = -1;
      for (const item of values) {
        const code = integerOf(item);
        if (code === undefined) continue;
        if (code === 0 && filledText(codes.get('operator')) === 'In')
          report(item, t('0 is success: no failed container has it.'));
        else if (code <= last) report(item, t('The exit codes stand in ascending order, each once.'));
        last = code;
      }
    }
  },
};
