import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { booleanOf, isSet, keyPlace, mapOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** A Job makes its own selector; one's own needs manualSelector, and a CronJob's template takes none. */
export const jobSelector: Rule = {
  code: 'job-selector',
  title: 'A Job with a selector of its own',
  severity: 'error',
  kinds: ['Job', 'CronJob'],
  check({ object, report }) {
    const cron = object.kind === 'CronJob';
    const spec = mapOf(object.at(cron ? ['spec', 'jobTemplate', 'spec'] : ['spec']));
    if (spec === undefined) return;
    const manual = booleanOf(spec.get('manualSelector')) === true;
    if (isSet(spec.get('selector')) && (cron || !manual)) {
      report(
        keyPlace(spec, 'selector'),
        t('A Job makes its own selector, so that it finds only its own pods. Remove the selector.'),
        { fixes: removeFix(spec, 'selector', true) },
      );
    }
    if (cron && manual) {
      report(
        keyPlace(spec, 'manualSelector'),
        t('The Jobs of a CronJob cannot have a selector of their own.'),
        {
          fixes: removeFix(spec, 'manualSelector', true),
        },
      );
    }
  },
};
