import { t } from '../../base/l10n.ts';
import { integerOf, isFilled, isSet, keyPlace, mapOf, placeOf } from '../read.ts';
import { removeFix } from '../edits.ts';
import type { Rule } from '../rule.ts';

const handlers = ['exec', 'httpGet', 'tcpSocket', 'sleep'];

/** Hooks of a container: one handler each, and a sleep that the pod has the time for. */
export const lifecycleHandler: Rule = {
  code: 'lifecycle-handler',
  title: 'A hook with no handler, with several, or with too long a sleep',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    if (pod === undefined) return;
    const grace = integerOf(pod.spec.get('terminationGracePeriodSeconds')) ?? 30;
    for (const container of pod.containers) {
      const lifecycle = mapOf(container.node.get('lifecycle'));
      for (const hook of ['postStart', 'preStop']) {
        const node = mapOf(lifecycle?.get(hook));
        if (lifecycle === undefined || node === undefined) continue;
        const written = handlers.filter((handler) => isSet(node.get(handler)));
        if (written.length === 0)
          report(
            keyPlace(lifecycle, hook),
            t('The {0} of container {1} does nothing: add exec, httpGet or sleep.', hook, container.title),
          );
        for (const other of written.slice(1))
          report(
            keyPlace(node, other),
            t('A hook has one handler; this one has {0} and {1}.', written[0] ?? '', other),
            { fixes: removeFix(node, other) },
          );
        const exec = mapOf(node.get('exec'));
        if (exec && !isFilled(exec.get('command')))
          report(
            keyPlace(node, 'exec'),
            t('The {0} of container {1} has no command to run.', hook, container.title),
          );
        const sleep = mapOf(node.get('sleep'));
        const seconds = integerOf(sleep?.get('seconds'));
        if (sleep && seconds !== undefined && (seconds < 0 || seconds > grace)) {
          report(
            placeOf(sleep, 'seconds'),
            t("A sleep goes from 0 to the pod's terminationGracePeriodSeconds, which is {0}.", grace),
          );
        }
      }
    }
  },
};
