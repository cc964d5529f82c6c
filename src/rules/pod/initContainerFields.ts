import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { isFilled, isSet, itemsOf, keyPlace, mapOf, mapsOf, textOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** What only containers that keep running have: probes and hooks. And restartPolicy of single containers. */
export const initContainerFields: Rule = {
  code: 'init-container-fields',
  title: 'A field that this kind of container cannot have',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const container of pod?.containers ?? []) {
      const { node } = container;
      if (container.list === 'initContainers' && !container.sidecar) {
        for (const key of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
          if (!isSet(node.get(key))) continue;
          report(
            keyPlace(node, key),
            t(
              'Init container {0} runs once and ends, so it cannot have {1}. Only one with restartPolicy: Always (a sidecar) can.',
              container.title,
              key,
            ),
            { fixes: removeFix(node, key) },
          );
        }
      }
      const policy = textOf(node.get('restartPolicy'));
      const known = ['Always', 'OnFailure', 'Never'];
      if (policy !== undefined && policy !== '' && !known.includes(policy)) {
        report(keyPlace(node, 'restartPolicy'), t('restartPolicy cannot be "{0}".', policy), {
          fixes: removeFix(node, 'restartPolicy'),
        });
      } else if (isFilled(node.get('restartPolicyRules')) && (policy === undefined || policy === '')) {
        report(
          keyPlace(node, 'restartPolicyRules'),
          t('restartPolicyRules need a restartPolicy of the container.'),
        );
      } else if (
        policy === 'Always' &&
        container.list === 'containers' &&
        isSet(node.get('restartPolicyRules'))
      ) {
        report(
          keyPlace(node, 'restartPolicyRules'),
          t('restartPolicyRules have no use with restartPolicy: Always.'),
        );
      }
      for (const rule of mapsOf(node.get('restartPolicyRules'))) {
        const codes = mapOf(rule.get('exitCodes'));
        if (codes && itemsOf(codes.get('values')).length === 0)
          report(keyPlace(codes, 'values'), t('A rule for exit codes names at least one.'));
      }
    }
  },
};
