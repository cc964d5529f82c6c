import { t } from '../../base/l10n.ts';
import { insertFix, removeFix, replaceFix } from '../edits.ts';
import { filledText, isSet, keyPlace, placeOf } from '../read.ts';
import type { FixDraft, Rule } from '../rule.ts';

const always = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController']);
const known = ['Always', 'OnFailure', 'Never'];

/** restartPolicy of a template: Always for what keeps running, OnFailure or Never for jobs. */
export const restartPolicy: Rule = {
  code: 'restart-policy',
  title: 'A restartPolicy that the workload cannot have',
  severity: 'error',
  kinds: [...always, 'Job', 'CronJob'],
  check({ object, pod, text, report }) {
    if (pod === undefined) return;
    const { spec } = pod;
    const node = spec.get('restartPolicy');
    const policy = filledText(node);
    if (
      (policy === undefined && isSet(node) && !(node.type === 'scalar' && node.value === '')) ||
      (policy !== undefined && !known.includes(policy))
    )
      return;
    if (always.has(object.kind)) {
      if (isSet(spec.get('activeDeadlineSeconds'))) {
        report(
          keyPlace(spec, 'activeDeadlineSeconds'),
          t('The pods of a {0} keep running, so they have no activeDeadlineSeconds.', object.kind),
          { fixes: removeFix(spec, 'activeDeadlineSeconds') },
        );
      }
      if (policy === undefined || policy === 'Always') return;
      const fixes: FixDraft[] = [
        replaceFix(t('Write Always'), placeOf(spec, 'restartPolicy'), 'Always', true),
        ...removeFix(spec, 'restartPolicy'),
      ];
      report(
        placeOf(spec, 'restartPolicy'),
        t(
          'The pods of a {0} keep running: restartPolicy must be Always, not {1}. For pods that end, write a Job.',
          object.kind,
          policy,
        ),
        { fixes },
      );
    } else if (policy === undefined || policy === 'Always') {
      const values = ['OnFailure', 'Never'];
      const fixes = spec.has('restartPolicy')
        ? values.map((value) => replaceFix(t('Write {0}', value), placeOf(spec, 'restartPolicy'), value))
        : values.flatMap((value) =>
            insertFix(t('Add restartPolicy: {0}', value), spec, `restartPolicy: ${value}`, text),
          );
      report(
        keyPlace(spec, 'restartPolicy'),
        policy === undefined
          ? t(
              'The pods of a {0} end: restartPolicy must be OnFailure or Never (the default is Always).',
              object.kind,
            )
          : t('The pods of a {0} end: restartPolicy must be OnFailure or Never.', object.kind),
        { fixes },
      );
    }
  },
};
