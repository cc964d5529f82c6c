import { t } from '../../base/l10n.ts';
import type { Path } from '../../manifest/node.ts';
import { integerOf, isSet, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** Numbers that count something, by kind. */
const fields: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'],
  StatefulSet: ['replicas', 'minReadySeconds'],
  DaemonSet: ['minReadySeconds', 'revisionHistoryLimit'],
  ReplicaSet: ['replicas', 'minReadySeconds'],
  ReplicationController: ['replicas', 'minReadySeconds'],
  Job: ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'],
  CronJob: ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'],
};

/** A number of replicas, seconds or the like below 0. */
export const negativeNumber: Rule = {
  code: 'negative-number',
  title: 'A number that cannot be negative',
  severity: 'error',
  check({ object, pod, report }) {
    const check = (path: Path, names: readonly string[]): void => {
      const map = mapOf(object.at(path));
      for (const name of names) {
        const value = integerOf(map?.get(name));
        if (map && value !== undefined && value < 0)
          report(placeOf(map, name), t('{0} cannot be negative.', name));
      }
    };
    check(['spec'], fields[object.kind] ?? []);
    if (object.kind === 'StatefulSet') check(['spec', 'ordinals'], ['start']);
    const stateful = object.kind === 'StatefulSet' ? mapOf(object.at(['spec'])) : undefined;
    // Unlike the other kinds (ValidateStatefulSetSpec).
    if (stateful && (integerOf(stateful.get('revisionHistoryLimit')) ?? 0) < 0)
      report(
        placeOf(stateful, 'revisionHistoryLimit'),
        t('A negative revisionHistoryLimit keeps all revisions of a StatefulSet.'),
        { severity: 'warning' },
      );
    if (object.kind === 'CronJob') check(['spec', 'jobTemplate', 'spec'], fields.Job ?? []);
    if (pod === undefined) return;
    const seconds = integerOf(pod.spec.get('activeDeadlineSeconds'));
    if (seconds !== undefined && (seconds < 1 || seconds > 2_147_483_647))
      report(
        placeOf(pod.spec, 'activeDeadlineSeconds'),
        t('activeDeadlineSeconds goes from 1 to 2147483647.'),
      );
    // A negative grace period is taken for 1 second (core/v1 defaults and pod strategy).
    const grace = integerOf(pod.spec.get('terminationGracePeriodSeconds'));
    if (grace !== undefined && grace < 0)
      report(
        placeOf(pod.spec, 'terminationGracePeriodSeconds'),
        t('A negative terminationGracePeriodSeconds is taken for 1.'),
        { severity: 'warning' },
      );
    // Not written, the deadline is 600 seconds.
    const written = object.at(['spec', 'progressDeadlineSeconds']);
    const progress = isSet(written) ? integerOf(written) : 600;
    const ready = integerOf(object.at(['spec', 'minReadySeconds'])) ?? 0;
    const spec = mapOf(object.at(['spec']));
    if (
      object.kind === 'Deployment' &&
      spec &&
      progress !== undefined &&
      progress >= 0 &&
      progress <= ready
    ) {
      report(
        placeOf(spec, isSet(written) ? 'progressDeadlineSeconds' : 'minReadySeconds'),
        t('progressDeadlineSeconds ({0}) must be more than minReadySeconds ({1}).', progress, ready),
      );
    }
  },
};
